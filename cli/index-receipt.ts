import type { IndexResult, Recipe } from '@throughline/stats'
import type { IndexTableFile } from './index-table.ts'
import { sentence } from './sentence.ts'

/** CDC's shares by name, but for income per person, which is an amount under the same prefix. */
const SHARE = /^EP_(?!PCI$)/

/** What somebody should look at before they use the ranks: places without a total, and shares that cannot be. One sentence each. */
export function noticesOf(recipe: Recipe, table: IndexTableFile, result: IndexResult): string[] {
	return [...impossibleShares(table), ...placesWithoutTotal(recipe, table, result)]
}

function* impossibleShares(table: IndexTableFile): Generator<string> {
	for (const [column, values] of table.columns) {
		if (!SHARE.test(column)) continue
		const odd = indicesWhere(values, (value) => value > 100 || (value < 0 && value > -100))
		if (odd.length === 0) continue
		const first = odd[0]!
		yield sentence('index_notice_share', { column, place: table.keys[first]!, row: table.rowOfIndex(first), value: values[first]!, count: odd.length })
	}
}

function* placesWithoutTotal(recipe: Recipe, table: IndexTableFile, result: IndexResult): Generator<string> {
	const total = result.columns.find(({ name }) => name === recipe.total?.output)
	if (total?.kind !== 'number') return
	const without = indicesWhere(total.values, (value, i) => Number.isNaN(value) && !result.excluded[i])
	if (without.length === 0) return
	const first = without[0]!
	const missing = result.columns.flatMap((column) => (column.kind === 'number' && column.role === 'normalised' && Number.isNaN(column.values[first]!) ? [column.name] : []))
	yield sentence('index_notice_no_total', { count: without.length, place: table.keys[first]!, row: table.rowOfIndex(first), columns: missing.join(', ') || '–' })
}

function indicesWhere(values: Float64Array, test: (value: number, index: number) => boolean): number[] {
	const found: number[] = []
	values.forEach((value, index) => void (test(value, index) && found.push(index)))
	return found
}
