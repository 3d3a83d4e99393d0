/** A run of data rows: `rows[i]` has one text per column; `rowNumbers[i]` is its row as a spreadsheet shows it (header = 1). */
export interface TableBatch {
	rows: string[][]
	rowNumbers: number[]
}

/** A table that is read once, from front to back. */
export interface Table {
	fileName: string
	columns: string[]
	/** How the bytes were understood; absent for formats that say it themselves. */
	encoding?: string
	delimiter?: string
	batches: AsyncIterable<TableBatch>
}

/** Limits of a table; each may be raised by the caller who knows the file. */
export interface TableLimits {
	maxColumns: number
	maxRows: number
	maxCellCharacters: number
}

export const TABLE_LIMITS: TableLimits = { maxColumns: 500, maxRows: 1_000_000, maxCellCharacters: 65_536 }
