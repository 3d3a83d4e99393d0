import { ByteWriter, parquetWrite } from 'hyparquet-writer'
import { takeTurns } from '#atlas/server'
import type { MapColumn } from './map-columns.ts'

/** Rows written before others get their turn: some milliseconds of work. */
const ROWS_AT_ONCE = 200

/** Columns as a Parquet file, written a few rows at a time so that nobody waits for a large region. Numbers may be null. */
export async function parquetOf(columns: readonly MapColumn[]): Promise<Uint8Array<ArrayBuffer>> {
	const pause = takeTurns(5)
	const writer = Object.assign(new ByteWriter(), { flush: () => pause() })
	const columnData = columns.map((column) => ({ ...column, nullable: column.type === 'DOUBLE' }))
	await parquetWrite({ writer, columnData, createdBy: 'throughline', rowGroupSize: ROWS_AT_ONCE })
	return writer.getBytes()
}
