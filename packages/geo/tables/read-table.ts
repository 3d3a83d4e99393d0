import { openDelimited, type DelimitedOptions } from './delimited.ts'
import { gunzipStream } from './gunzip.ts'
import type { Table } from './table.ts'

export interface ReadTableOptions extends DelimitedOptions {}

/** The first bytes of a stream, and the whole stream again. */
export async function peek(stream: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
	const pieces = stream[Symbol.asyncIterator]()
	let first = await pieces.next()
	while (!first.done && first.value.length === 0) first = await pieces.next()
	async function* whole(): AsyncGenerator<Uint8Array, void> {
		try {
			for (let piece = first; !piece.done; piece = await pieces.next()) yield piece.value
		} finally {
			await pieces.return?.()
		}
	}
	return { head: first.done ? new Uint8Array(0) : first.value, whole: whole() }
}

/** Opens a table from the bytes of its file. Gzip is unpacked on the way. */
export async function readTable(stream: AsyncIterable<Uint8Array>, options: ReadTableOptions): Promise<Table> {
	const { head, whole } = await peek(stream)
	if (head[0] === 0x1f && head[1] === 0x8b) return readTable(gunzipStream(whole, { fileName: options.fileName }), options)
	return openDelimited(whole, options)
}
