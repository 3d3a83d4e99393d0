import { randomInt } from 'node:crypto'

/** Without the signs that look like one another, in print or read aloud. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** An identifier that nobody can guess by counting: a prefix and so many of 31 signs. */
export function newId(prefix: string, signs = 10): string {
	return `${prefix}-${Array.from({ length: signs }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
}
