/** Signs around a found word, and between two pieces of a text, that no text has. */
export const FOUND_BEGINS = '\u0002'
export const FOUND_ENDS = '\u0003'
export const PIECE_ENDS = '\u0004'

export interface ExcerptPiece {
	text: string
	found: boolean
}

const SHORTEST = 200

/**
 * An excerpt of the text as it was written, from one that PostgreSQL made of the same text without accents, sign by sign. A text whose
 * excerpt cannot be found again gives its beginning, without marks.
 */
export function excerptOf(original: string, folded: string, marked: string): ExcerptPiece[] {
	const pieces: ExcerptPiece[] = []
	for (const [n, fragment] of marked.split(PIECE_ENDS).entries()) {
		const plain = fragment.replaceAll(FOUND_BEGINS, '').replaceAll(FOUND_ENDS, '')
		let at = folded.indexOf(plain)
		if (at < 0 || original.length !== folded.length) return [{ text: original.slice(0, SHORTEST) + (original.length > SHORTEST ? ' …' : ''), found: false }]
		if (n > 0 || at > 0) pieces.push({ text: n > 0 ? ' … ' : '… ', found: false })
		for (const [i, part] of fragment.split(/[\u0002\u0003]/).entries()) {
			if (part) pieces.push({ text: original.slice(at, at + part.length), found: i % 2 === 1 })
			at += part.length
		}
		if (n === marked.split(PIECE_ENDS).length - 1 && at < original.length) pieces.push({ text: ' …', found: false })
	}
	return pieces
}
