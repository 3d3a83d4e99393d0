/** The faces of a sheet: the serif of titles, the sans, and its bold. */
export type Face = 'serif' | 'sans' | 'bold'

/** Widths in thousandths of the size, from the fonts' own tables and rounded up; other signs count as wide ones do. */
const NARROW = /[ijlt.,:;'’|!()[\]Ifr\u00a0 ]/
const WIDE = /[mwMW@%—…]/
const UPPER = /[A-ZÀ-Þ&0-9±+=<>–]/
const WIDTHS: Record<Face, [narrow: number, usual: number, upper: number, wide: number]> = {
	serif: [300, 545, 650, 900],
	sans: [305, 580, 670, 920],
	bold: [325, 600, 690, 940],
}

/** Width of a line in the units of `size`, a little more than it will have. */
export function widthOfText(text: string, face: Face, size: number): number {
	const [narrow, usual, upper, wide] = WIDTHS[face]
	const widthOf = (sign: string) => (NARROW.test(sign) ? narrow : WIDE.test(sign) ? wide : UPPER.test(sign) ? upper : usual)
	return ([...text].reduce((sum, sign) => sum + widthOf(sign), 0) * size) / 1000
}

/** Lines of at most the width; a word that is longer, such as an address, is cut. */
export function wrapText(text: string, face: Face, size: number, width: number): string[] {
	const lines: string[] = []
	let line = ''
	for (const word of text.split(' ').flatMap((part) => cutWord(part, face, size, width))) {
		const longer = line ? `${line} ${word}` : word
		if (line && widthOfText(longer, face, size) > width) {
			lines.push(line)
			line = word
		} else line = longer
	}
	return line ? [...lines, line] : lines
}

function cutWord(word: string, face: Face, size: number, width: number): string[] {
	const pieces: string[] = []
	let piece = ''
	for (const sign of word) {
		if (piece && widthOfText(piece + sign, face, size) > width) {
			pieces.push(piece)
			piece = ''
		}
		piece += sign
	}
	return [...pieces, piece]
}
