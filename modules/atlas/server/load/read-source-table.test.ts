import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ManifestSource } from './manifest.ts'
import { readMeasures } from './read-source-table.ts'

/** Constructed: 20 places of one table of mobile homes, its percent as the Bureau would round it, or of something else. */
function csv(percentOf: (homes: number, all: number) => number): string {
	const stems = ['DP04_0001', 'DP04_0014', 'DP04_0014P']
	const header = ['GEOID', ...stems.flatMap((stem) => ['E', 'EA', 'M', 'MA'].map((part) => stem + part))]
	const rows = Array.from({ length: 20 }, (_, i) => {
		const [all, homes] = [1000 + 37 * i, 11 * i]
		return [`100010401${String(i).padStart(2, '0')}`, all, '', 40, '', homes, '', 12, '', percentOf(homes, all), '', 1.2, '']
	})
	return [header, ...rows].map((row) => row.join(',')).join('\n') + '\n'
}

const source = { file: 'acs.csv', table: { geography: 'tract-2020', key: 'GEOID', missing: [], measures: 'acs-5-year', counts: {}, shares: {}, amounts: {}, ratios: {}, complements: {} } } as unknown as ManifestSource
const read = (text: string) => readMeasures(source, { size: () => text.length, open: async function* () { yield Buffer.from(text) } })

test('only the measures whose variables are there are read, with the universe they have', async () => {
	const { table, columns } = await read(csv((homes, all) => Math.round((1000 * homes) / all) / 10))
	assert.deepEqual(table.shares, { 'mobile-homes': { code: 'MOBILE', universe: 'E_HU', universe_margin: 'M_HU' } })
	assert.equal(columns.get('EP_MOBILE')![3], 3)
})

test('a percent that is not that of its own count and universe is taken for a renumbered table and refused', async () => {
	await assert.rejects(read(csv((_, all) => all % 50)), (cause: { code?: string; parameters?: Record<string, unknown> }) =>
		cause.code === 'acs_numbers_disagree' && cause.parameters!.indicator === 'mobile-homes' && cause.parameters!.column === 'DP04_0014PE' && cause.parameters!.compared === 20)
})

test('a text that is neither number nor code is named with row and column', async () => {
	await assert.rejects(read(csv((homes, all) => Math.round((1000 * homes) / all) / 10).replace('1074,', 'many,')), (cause: { code?: string; parameters?: Record<string, unknown> }) =>
		cause.code === 'not_a_number' && cause.parameters!.row === 4 && cause.parameters!.column === 'DP04_0001E')
})
