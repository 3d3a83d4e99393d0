import { createHash } from 'node:crypto'

/** A column of numbers as bytes: Float64, little-endian, NaN for missing. */
export function encodeColumn(values: Float64Array): Buffer {
	return Buffer.from(values.buffer, values.byteOffset, values.byteLength)
}

/** The column that `encodeColumn` packed. Copies, because a buffer from the network need not be aligned to 8 bytes. */
export function decodeColumn(bytes: Buffer): Float64Array {
	const copy = new Float64Array(bytes.byteLength / 8)
	new Uint8Array(copy.buffer).set(bytes)
	return copy
}

/** SHA-256 over the columns in order; absent columns count as such. */
export function hashColumns(columns: readonly (Float64Array | null)[]): Buffer {
	const hash = createHash('sha256')
	for (const column of columns) hash.update(column ? encodeColumn(column) : 'absent').update('|')
	return hash.digest()
}
