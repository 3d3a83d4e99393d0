import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { readSecret } from '#database'

/** Keys of the mail room, each for one use, made from the secret of the data directory: a copy of the database opens nothing. */
export function mailKey(directory: string, use: 'settings' | 'tokens'): Buffer {
	return Buffer.from(hkdfSync('sha256', readSecret(directory), '', `throughline mail ${use}`, 32))
}

/** AES-256-GCM: initialisation vector, tag and text, as base64url. */
export function seal(key: Buffer, text: string): string {
	const vector = randomBytes(12)
	const cipher = createCipheriv('aes-256-gcm', key, vector)
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
	return Buffer.concat([vector, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** What was sealed, or undefined where another key sealed it. */
export function unseal(key: Buffer, sealed: string): string | undefined {
	const bytes = Buffer.from(sealed, 'base64url')
	try {
		const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
		decipher.setAuthTag(bytes.subarray(12, 28))
		return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
	} catch {
		return undefined
	}
}

/** Who a token is for: a person, and one topic or all of theirs. */
export interface TokenScope {
	person: string
	/** E.g. `body:b-abc`; undefined for everything. */
	topic?: string
}

const signatureOf = (key: Buffer, named: string) => createHmac('sha256', key).update(named).digest().subarray(0, 18).toString('base64url')

/** The token by which somebody reaches their choices without signing in; it does nothing else. */
export function writeToken(key: Buffer, { person, topic }: TokenScope): string {
	const named = topic ? `${person}.${topic.replace(':', '~')}` : person
	return `${named}.${signatureOf(key, named)}`
}

/** Whom a token is for, or undefined for one that nobody here gave out. */
export function readToken(key: Buffer, token: string): TokenScope | undefined {
	const cut = token.lastIndexOf('.')
	if (cut < 1) return undefined
	const [named, given] = [token.slice(0, cut), Buffer.from(token.slice(cut + 1))]
	const right = Buffer.from(signatureOf(key, named))
	if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
	const [person, topic] = named.split('.') as [string, string | undefined]
	return { person, topic: topic?.replace('~', ':') }
}
