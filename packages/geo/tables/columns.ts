import { NumberList } from '../number-list.ts'
import { ReadRefusal, shownList, shownValue } from '../read-refusal.ts'
import { MISSING_CODES, isJamValue, missingTest, parseNumber } from './numbers.ts'
import type { Table } from './table.ts'

export interface ColumnOptions {
	/** The column whose texts name the rows. Keys stay text: "01003" keeps its zero. */
	keyColumn: string
	/** Columns read as numbers. */
	columns: readonly string[]
	/** Columns read as text. */
	texts?: readonly string[]
	/** Cells that mean "no value" and become NaN. */
	missing?: readonly string[]
	/** What to do with the jam values of the ACS in number columns: NaN and counted (default), kept, or refused. */
	jamValues?: 'missing' | 'keep' | 'refuse'
	decimal?: '.' | ','
	/** Rows to take, by key; all when absent. Rows left out are still counted and checked for duplicate keys. */
	wants?: (key: string) => boolean
}

export interface ColumnTable {
	keys: string[]
	columns: Map<string, Float64Array>
	texts: Map<string, string[]>
	/** Column → how many jam values became NaN, columns without any left out. */
	jamCounts: Map<string, number>
	/** Data rows in the file, those left out by `wants` included. */
	rowCount: number
}

/** A column of numbers that grows. */
class NumberColumn extends NumberList {
	readonly name: string
	readonly index: number

	constructor(name: string, index: number) {
		super()
		this.name = name
		this.index = index
	}
}

/** Where a named column stands. Throws `column_missing` (with the list of those there are) or `column_twice`. */
export function findColumn(table: Pick<Table, 'fileName' | 'columns'>, name: string): number {
	const index = table.columns.indexOf(name)
	const available = shownList(table.columns)
	if (index < 0) throw new ReadRefusal('column_missing', { file: table.fileName, column: name, available })
	if (table.columns.indexOf(name, index + 1) >= 0) throw new ReadRefusal('column_twice', { file: table.fileName, column: name })
	return index
}

/** A text that no longer holds on to the piece of file it was cut from (V8 cuts from 13 characters on). */
function detached(text: string): string {
	return text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8')
}

/**
 * Reads named columns of a table into arrays in row order; the table is used up.
 * Throws `key_column_missing`, `column_missing`, `column_twice`, `key_empty`, `key_twice`, `not_a_number`, `jam_value`.
 */
export async function readColumns(table: Table, options: ColumnOptions): Promise<ColumnTable> {
	const keyIndex = findKeyColumn(table, options.keyColumn)
	const numbers = options.columns.map((name) => new NumberColumn(name, findColumn(table, name)))
	const texts = new Map((options.texts ?? []).map((name) => [name, { index: findColumn(table, name), values: [] as string[] }]))
	const jamCounts = new Map<string, number>()
	const read = numberReader(table.fileName, options, jamCounts)
	const keys: string[] = []
	const rowOfKey = new Map<string, number>()
	for await (const { rows, rowNumbers } of table.batches) {
		for (let i = 0; i < rows.length; i++) {
			const row = rows[i]!
			const key = detached(row[keyIndex]!.trim())
			checkKey(table.fileName, options.keyColumn, key, rowNumbers[i]!, rowOfKey)
			if (options.wants && !options.wants(key)) continue
			keys.push(key)
			for (const column of numbers) column.push(read(row[column.index]!, column.name, rowNumbers[i]!))
			for (const column of texts.values()) column.values.push(detached(row[column.index]!))
		}
	}
	return {
		keys,
		columns: new Map(numbers.map((column) => [column.name, column.view().slice()])),
		texts: new Map([...texts].map(([name, column]) => [name, column.values])),
		jamCounts,
		rowCount: rowOfKey.size,
	}
}

function findKeyColumn(table: Table, name: string): number {
	if (table.columns.includes(name)) return findColumn(table, name)
	throw new ReadRefusal('key_column_missing', { file: table.fileName, column: name, available: shownList(table.columns) })
}

function checkKey(file: string, column: string, key: string, row: number, rowOfKey: Map<string, number>): void {
	if (key === '') throw new ReadRefusal('key_empty', { file, row, column })
	const first = rowOfKey.get(key)
	if (first !== undefined) throw new ReadRefusal('key_twice', { file, row, column, value: shownValue(key), first })
	rowOfKey.set(key, row)
}

function numberReader(file: string, options: ColumnOptions, jamCounts: Map<string, number>) {
	const isMissing = missingTest(options.missing ?? MISSING_CODES)
	const jam = options.jamValues ?? 'missing'
	return (cell: string, column: string, row: number): number => {
		const text = cell.trim()
		const value = parseNumber(text, options.decimal)
		if (isMissing(text, value ?? NaN)) return NaN
		if (value === undefined) throw new ReadRefusal('not_a_number', { file, row, column, value: shownValue(text) })
		if (jam === 'keep' || !isJamValue(value)) return value
		if (jam === 'refuse') throw new ReadRefusal('jam_value', { file, row, column, value: text })
		jamCounts.set(column, (jamCounts.get(column) ?? 0) + 1)
		return NaN
	}
}
