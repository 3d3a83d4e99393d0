import { ReadRefusal } from '../read-refusal.ts'
import { openDelimited, type DelimitedOptions } from './delimited.ts'
import { gunzipStream } from './gunzip.ts'
import { openParquet } from './parquet.ts'
import type { Table } from './table.ts'
import { openXlsx } from './xlsx.ts'

export interface ReadTableOptions extends DelimitedOptions {
	/** Recognised from the first bytes when absent. */
	format?: 'delimited' | 'xlsx' | 'parquet'
	/** Which sheet of a workbook (default: the first). */
	sheet?: string
	/** Bytes of a workbook or Parquet file at most, which are held in memory (default 50 MB). */
	maxBytes?: number
	/** Bytes at most that a packed file may unpack to (default 2 GB for gzip, 300 MB for workbooks and Parquet). */
	maxOutputBytes?: number
}

/** The first bytes of a stream, and the whole stream again. */
async function peek(stream: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
	const pieces = stream[Symbol.asyncIterator]()
	const taken: Uint8Array[] = []
	let length = 0
	while (length < 4) {
		const piece = await pieces.next()
		if (piece.done) break
		taken.push(piece.value)
		length += piece.value.length
	}
	async function* whole(): AsyncGenerator<Uint8Array, void> {
		try {
			yield* taken
			for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value
		} finally {
			await pieces.return?.()
		}
	}
	return { head: Buffer.concat(taken.map((piece) => piece.subarray(0, 4))), whole: whole() }
}

function formatOf(head: Uint8Array): 'gzip' | 'xlsx' | 'parquet' | 'delimited' {
	if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
	if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return 'xlsx'
	return head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31 ? 'parquet' : 'delimited'
}

/**
 * Opens a table from the bytes of its file: CSV, TSV and the like are streamed (gzip is unpacked on the way), XLSX and Parquet are
 * gathered first. Throws the refusals of the reader of each format, and `file_too_large`.
 */
export async function readTable(stream: AsyncIterable<Uint8Array>, options: ReadTableOptions): Promise<Table> {
	const { head, whole } = await peek(stream)
	const found = formatOf(head)
	const { fileName, maxOutputBytes } = options
	if (found === 'gzip') return readTable(gunzipStream(whole, { fileName, maxBytes: maxOutputBytes }), options)
	const format = options.format ?? found
	if (format === 'delimited') return openDelimited(whole, options)
	const bytes = await gather(whole, fileName, options.maxBytes ?? 50_000_000)
	return format === 'xlsx' ? openXlsx(bytes, { ...options, maxBytes: undefined }) : openParquet(bytes, options)
}

/** All bytes of a stream. Throws `file_too_large`. */
export async function gather(stream: AsyncIterable<Uint8Array>, fileName: string, maxBytes: number): Promise<Uint8Array> {
	const pieces: Uint8Array[] = []
	let length = 0
	for await (const piece of stream) {
		length += piece.length
		if (length > maxBytes) throw new ReadRefusal('file_too_large', { file: fileName, megabytes: Math.floor(maxBytes / 1e6) })
		pieces.push(piece)
	}
	return Buffer.concat(pieces)
}
