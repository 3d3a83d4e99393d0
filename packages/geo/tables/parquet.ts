import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { parquetMetadata, parquetRead, type Compressors, type FileMetaData } from 'hyparquet'
import { ReadRefusal } from '../read-refusal.ts'
import { TABLE_LIMITS, type Table, type TableBatch, type TableLimits } from './table.ts'

export interface ParquetOptions extends Partial<TableLimits> {
	fileName: string
	/** Bytes at most that the columns declare to unpack to (default 300 MB). */
	maxOutputBytes?: number
}

const COMPRESSORS: Compressors = {
	GZIP: (input, outputLength) => gunzipSync(input, { maxOutputLength: Math.max(1, outputLength) }),
	ZSTD: (input, outputLength) => zstdDecompressSync(input, { maxOutputLength: Math.max(1, outputLength) }),
}

/**
 * Opens a Parquet file of flat columns (plain, Snappy, gzip or Zstandard). Rows are numbered as if under a header row; numbers,
 * dates (ISO) and truth values become text, null an empty text, lists and structures their JSON.
 * Throws `parquet_damaged`, `too_many_columns`, `too_many_rows`, `unpacked_too_large`, `table_empty`.
 */
export function openParquet(bytes: Uint8Array, options: ParquetOptions): Table {
	const file = options.fileName
	const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
	const metadata = readMetadata(buffer, file)
	const columns = columnNames(metadata)
	checkLimits(metadata, columns, options)
	return { fileName: file, columns, batches: readGroups(buffer, metadata, file) }
}

function readMetadata(buffer: ArrayBuffer, file: string): FileMetaData {
	try {
		return parquetMetadata(buffer)
	} catch (cause) {
		throw new ReadRefusal('parquet_damaged', { file }, { cause })
	}
}

/** The children of the root, which stands first in the schema. */
function columnNames(metadata: FileMetaData): string[] {
	const names: string[] = []
	let at = 1
	const skip = (): void => {
		const children = metadata.schema[at++]?.num_children ?? 0
		for (let i = 0; i < children; i++) skip()
	}
	while (at < metadata.schema.length) {
		names.push(metadata.schema[at]!.name)
		skip()
	}
	return names
}

function checkLimits(metadata: FileMetaData, columns: string[], options: ParquetOptions): void {
	const file = options.fileName
	const { maxColumns = TABLE_LIMITS.maxColumns, maxRows = TABLE_LIMITS.maxRows, maxOutputBytes = 300_000_000 } = options
	if (columns.length === 0) throw new ReadRefusal('table_empty', { file })
	if (columns.length > maxColumns) throw new ReadRefusal('too_many_columns', { file, columns: columns.length, limit: maxColumns })
	if (Number(metadata.num_rows) > maxRows) throw new ReadRefusal('too_many_rows', { file, limit: maxRows })
	const sizes = metadata.row_groups.flatMap((group) => group.columns.map(({ meta_data: column }) => Number(column?.total_uncompressed_size ?? 0)))
	if (sizes.reduce((sum, size) => sum + size, 0) > maxOutputBytes) {
		throw new ReadRefusal('unpacked_too_large', { file, megabytes: Math.floor(maxOutputBytes / 1e6) })
	}
}

async function* readGroups(buffer: ArrayBuffer, metadata: FileMetaData, file: string): AsyncGenerator<TableBatch, void> {
	const source = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) }
	let rowStart = 0
	for (const group of metadata.row_groups) {
		const rowEnd = rowStart + Number(group.num_rows)
		let rows: unknown[][] = []
		try {
			await parquetRead({
				file: source, metadata, rowStart, rowEnd, compressors: COMPRESSORS, rowFormat: 'array',
				onComplete: (read: unknown) => {
					rows = read as unknown[][]
				},
			})
		} catch (cause) {
			throw new ReadRefusal('parquet_damaged', { file }, { cause })
		}
		const first = rowStart + 2
		yield { rows: rows.map((row) => row.map(textOf)), rowNumbers: rows.map((_, i) => first + i) }
		rowStart = rowEnd
	}
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return ''
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
	if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '')
	if (typeof value === 'object') return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
	return String(value)
}
