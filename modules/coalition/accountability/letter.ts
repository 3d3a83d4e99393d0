/** What somebody writes to an office in their own words, in plain text. */
export interface Letter {
	email: string
	subject: string
	text: string
}

// Mail programs and browsers cut or refuse longer addresses; 2,000 signs is what all of them take.
const LONGEST = 2000

/** The address that opens somebody's own mail program with the letter (RFC 6068); undefined where there is no e-mail address or it would be cut. */
export function mailtoOf({ email, subject, text }: Letter): string | undefined {
	if (!email) return undefined
	const lines = text.replace(/\r\n?|\n/g, '\r\n')
	const href = `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`
	return href.length <= LONGEST ? href : undefined
}
