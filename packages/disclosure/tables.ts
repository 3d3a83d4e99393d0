import type { TableNumber } from './suppress.ts'
import { exactly, sumOf, type Statement } from './statements.ts'

/** The numbers of a row of cells. */
export const oneWay = (cells: readonly string[]): TableNumber[] => cells.map((cell) => ({ name: cell, terms: sumOf([cell]) }))

/** The name of the sum of a row or column of a two-way table. */
export const sumName = (line: 'row' | 'column', index: number): string => `${line} ${index + 1}`

/** The numbers of a table of rows and columns: its cells, and the sums of its rows and columns, which may be hidden like any other. */
export function twoWay(cells: readonly (readonly string[])[]): TableNumber[] {
	const columns = cells[0]?.map((_, c) => cells.map((row) => row[c]!)) ?? []
	const sums = (lines: readonly (readonly string[])[], line: 'row' | 'column') => lines.map((cellsOfLine, n) => ({ name: sumName(line, n), terms: sumOf(cellsOfLine), importance: 1 }))
	return [...cells.flatMap((row) => oneWay(row)), ...sums(cells, 'row'), ...sums(columns, 'column')]
}

/** The sum of all cells, published whatever else is hidden. */
export function grandTotal(cells: Iterable<string>, counts: ReadonlyMap<string, number>): Statement {
	const all = [...cells]
	return exactly(sumOf(all), all.reduce((sum, cell) => sum + (counts.get(cell) ?? 0), 0))
}
