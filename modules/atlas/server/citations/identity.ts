import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '#database'

/** SHA-256 of a text. */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** 60 bits of the hash: the identifier says what it cites, and nobody can guess their way through them by counting. */
export const idOf = (hash: Buffer): string => `c-${BigInt(`0x${hash.subarray(0, 8).toString('hex')}`).toString(36).padStart(13, '0').slice(0, 12)}`

/** Whether a citation still says what was frozen: its content gives its hash, and its hash its identifier. */
export function isIntact(row: { id: string; frozen: unknown; content_hash: Buffer }): boolean {
	const hash = hashOf(canonicalJson(row.frozen as Json))
	return hash.equals(row.content_hash) && idOf(hash) === row.id
}
