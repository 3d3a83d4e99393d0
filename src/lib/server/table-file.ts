import { ReadRefusal, readTable, type TableLimits } from '@throughline/geo'
import { Refusal } from '#database'

/** A table as a form brought it. */
export interface TableFile {
	columns: string[]
	rows: string[][]
}

/** Reads a whole table of modest size (CSV and the like, XLSX). Errors: those of the tables' readers, as refusals. */
export async function readTableFile(fileName: string, bytes: Uint8Array, limits: Partial<TableLimits> & { maxOutputBytes: number }): Promise<TableFile> {
	try {
		const table = await readTable((async function* () { yield bytes })(), { fileName, ...limits })
		const rows: string[][] = []
		for await (const batch of table.batches) rows.push(...batch.rows)
		return { columns: table.columns, rows }
	} catch (cause) {
		if (cause instanceof ReadRefusal) throw new Refusal(cause.code, cause.parameters)
		throw cause
	}
}
