export interface TextPiece {
	text: string
	/** Where it leads; only http and https. */
	href?: string
}

const ADDRESS = /https?:\/\/[^\s<>"']+/g

/** A plain text cut into words and addresses; marks that end a sentence do not belong to an address. */
export function cutLinks(text: string): TextPiece[] {
	const pieces: TextPiece[] = []
	let at = 0
	for (const { 0: match, index } of text.matchAll(ADDRESS)) {
		const address = match.replace(/[.,;:!?)\]]+$/, '')
		if (!URL.canParse(address)) continue
		if (index > at) pieces.push({ text: text.slice(at, index) })
		pieces.push({ text: address, href: address })
		at = index + address.length
	}
	if (at < text.length) pieces.push({ text: text.slice(at) })
	return pieces
}
