import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { MISSING_CODES, readColumns, readTable, type Table, type TableBatch } from '@throughline/geo'
import { Refusal } from '#database'
import { systemReason } from './system-reason.ts'

export interface IndexTableFile {
	keys: string[]
	columns: Map<string, Float64Array>
	/** The row of the file, as a spreadsheet counts (header = 1), in which an entry of `keys` stands. */
	rowOfIndex(index: number): number
}

/** Annotations of the Census Bureau for "no estimate"; codes such as −666666666 stay in for the engine, which knows margins from estimates. */
const ANNOTATIONS = ['*****', '***', '**', '-', 'N', '(X)', '250,000+', '2,500-']
const ROW_LIMIT = 5_000_000

/**
 * Reads the columns that `choose` picks from the names in the header, as numbers in row order. The file is streamed; only those
 * columns are kept. Errors: Refusal or ReadRefusal with file, row and column.
 */
export async function openIndexTable(
	file: string, keyColumn: string, choose: (columns: string[]) => string[], onRows: (rows: number) => void, missingCode?: number,
): Promise<IndexTableFile> {
	await requireFile(file)
	const table = await readTable(createReadStream(file), { fileName: file, maxColumns: 5_000, maxRows: ROW_LIMIT })
	const names = choose(table.columns)
	const rowNumbers: number[] = []
	const missing = [...MISSING_CODES, ...ANNOTATIONS, ...(missingCode === undefined ? [] : [String(missingCode)])]
	const { keys, columns } = await readColumns({ ...table, batches: counted(table, rowNumbers, onRows) }, { keyColumn, columns: names, missing, jamValues: 'keep' })
	if (keys.length === 0) throw new Refusal('index_table_without_rows', { file })
	return { keys, columns, rowOfIndex: (index) => rowNumbers[index]! }
}

async function requireFile(file: string): Promise<void> {
	try {
		if ((await stat(file)).isFile()) return
	} catch (cause) {
		throw new Refusal('index_file_unreadable', { file, reason: systemReason(cause) }, { cause })
	}
	throw new Refusal('index_not_a_file', { file })
}

async function* counted(table: Table, rowNumbers: number[], onRows: (rows: number) => void): AsyncGenerator<TableBatch, void> {
	for await (const batch of table.batches) {
		for (const row of batch.rowNumbers) rowNumbers.push(row)
		onRows(rowNumbers.length)
		yield batch
	}
}
