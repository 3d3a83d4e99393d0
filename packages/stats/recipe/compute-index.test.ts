import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { computeIndex, type IndexOptions, type IndexResult } from './compute-index.ts'
import { readRecipe } from './read-recipe.ts'
import { stateOfKey } from './reference-groups.ts'
import type { Recipe } from './types.ts'

function recipeOf(value: object): Recipe {
	const { recipe, problems } = readRecipe({ name: 'test', ...value })
	assert.deepEqual(problems, [])
	return recipe!
}

function run(value: object, columns: Record<string, number[]>, keys?: string[], options?: IndexOptions): IndexResult {
	const table = new Map(Object.entries(columns).map(([name, list]) => [name, Float64Array.from(list)]))
	return computeIndex(recipeOf(value), { keys: keys ?? Object.values(columns)[0]!.map((_, row) => String(row)), columns: table }, options)
}

function column(result: IndexResult, name: string): number[] | string[] {
	const found = result.columns.find((candidate) => candidate.name === name)
	assert.ok(found, `${name} is not among ${result.columns.map((candidate) => candidate.name).join(', ')}`)
	return Array.from<never>(found.values as never)
}

const two = { indicators: [{ id: 'A', column: 'x' }, { id: 'B', column: 'y' }] }

test('a theme is missing when any member is, unless the recipe says how many suffice', () => {
	const columns = { x: [1, 2, 3], y: [1, NaN, 3] }
	const themes = [{ id: 'T', members: ['A', 'B'], aggregate: 'mean', missing: 'T_MISSING' }]
	assert.deepEqual(column(run({ ...two, themes }, columns), 'T_SCORE'), [0, NaN, 1])
	assert.deepEqual(column(run({ ...two, themes, missing: { 'minimum-present': 1 } }, columns), 'T_SCORE'), [0, 0.5, 1])
	assert.deepEqual(column(run({ ...two, themes }, columns), 'T_MISSING'), [0, 1, 0])
})

test('weights, sums and geometric means do what they say', () => {
	const raw = { normalise: { method: 'none' }, indicators: [{ id: 'A', column: 'x', weight: 3 }, { id: 'B', column: 'y' }] }
	const of = (aggregate: string) => column(run({ ...raw, total: { aggregate } }, { x: [2, 0], y: [8, 5] }), 'TOTAL_SCORE')
	assert.deepEqual(of('mean'), [3.5, 1.25])
	assert.deepEqual(of('sum'), [14, 5])
	assert.ok(Math.abs((of('geometric')[0] as number) - (8 * 8) ** 0.25) < 1e-12)
	assert.equal(of('geometric')[1], 0)
})

test('less can mean more need: SVI takes 1 − rank, CEJST ranks the negated values', () => {
	const of = (rule: string) => column(run({ normalise: { method: 'percentile', rule }, indicators: [{ id: 'A', column: 'x', direction: 'less', output: 'N' }] }, { x: [1, 1, 5] }), 'N')
	assert.deepEqual(of('svi'), [1, 1, 0])
	assert.deepEqual(of('cejst'), [2.5 / 3, 2.5 / 3, 1 / 3])
})

test('every normalisation can be reversed, and then prefers the low values', () => {
	const methods = [
		{ method: 'z-score' }, { method: 'min-max' }, { method: 'goalposts', from: 0, to: 10 }, { method: 'standard-deviation-classes' }, { method: 'rank' }, { method: 'none' },
		{ method: 'percentile', rule: 'ejscreen' }, { method: 'percentile', rule: 'dplyr' },
	]
	for (const normalise of methods) {
		const values = column(run({ normalise, indicators: [{ id: 'A', column: 'x', direction: 'less', output: 'N' }] }, { x: [1, 4, 9] }), 'N') as number[]
		assert.ok(values[0]! > values[2]!, JSON.stringify(normalise))
	}
})

test('states are ranked by themselves, a list is ranked alone, and excluded rows are neither ranked nor counted', () => {
	const keys = ['01001', '01003', '02001', '02003']
	const value = { ...two, total: { aggregate: 'sum' }, exclude: [{ column: 'people', equals: 0 }] }
	const columns = { x: [1, 2, 30, 10], y: [0, 1, 0, 1], people: [5, 5, 5, 5] }
	assert.deepEqual(column(run(value, columns, keys, { reference: 'state' }), 'A_NORMALISED'), [0, 1, 1, 0])
	assert.deepEqual(column(run(value, columns, keys, { reference: new Set(['01003', '02001']) }), 'A_NORMALISED'), [NaN, 0, 1, NaN])
	const result = run(value, { ...columns, people: [5, 0, 5, 5] }, keys)
	assert.deepEqual(column(result, 'A_NORMALISED'), [0, NaN, 1, 0.5])
	assert.deepEqual([...result.excluded], [0, 1, 0, 0])
	assert.throws(() => run(value, columns, ['Fulton', '1', '2', '3'], { reference: 'state' }), RangeError)
})

test('the state is read from the shapes that FIPS codes take', () => {
	assert.deepEqual(['13', '13121', '13121001100', '131210011001', '1400000US13121001100', '1001', '1001020100', '10001.0', 'Fulton', ''].map(stateOfKey),
		['13', '13', '13', '13', '13', '01', '01', '10', undefined, undefined])
})

test('a missing input is named with what would do instead, and no column is printed', () => {
	const value = { derive: [{ column: 'x', share: 'part', of: 'whole' }], ...two }
	const result = run(value, { part: [1], z: [1] })
	assert.deepEqual(result.columns, [])
	assert.deepEqual(result.missing, [{ column: 'x', alternatives: [['whole']] }, { column: 'y', alternatives: [] }])
})

test('a derived column never replaces one that the table has; the first possible alternative is used', () => {
	const derive = [{ column: 'x', copy: 'a' }, { column: 'x', copy: 'b' }]
	const indicators = [{ id: 'A', column: 'x', normalise: { method: 'none' }, output: 'N' }]
	assert.deepEqual(column(run({ derive, indicators }, { b: [7] }), 'N'), [7])
	assert.deepEqual(column(run({ derive, indicators }, { a: [3], b: [7] }), 'N'), [3])
	assert.deepEqual(column(run({ derive, indicators }, { x: [1], a: [3] }), 'N'), [1])
})

test('margins: sums are floored, shares use the printed share, controlled and blank margins are 0, other codes missing', () => {
	const derive = [
		{ column: 'E', sum: ['S1E', 'S2E'] },
		{ column: 'M', 'margin-sum': ['S1', 'S2'], whole: 'floor', zeros: 'all' },
		{ column: 'EP', share: 'E', of: 'UE', decimals: 1, 'when-zero': 0 },
		{ column: 'MP', 'margin-share': 'M', share: 'EP', of: 'UE', 'of-margin': 'U', cap: 100, decimals: 1 },
	]
	const result = run({ derive, indicators: [{ id: 'A', column: 'EP' }] }, {
		S1E: [10, 10, 10, 0], S1M: [3, NaN, -555555555, 3], S2E: [20, 20, 20, 0], S2M: [5, 5, -333333333, 5], UE: [300, 300, 300, 0], UM: [30, NaN, 30, 12],
	})
	assert.deepEqual(column(result, 'M'), [5, 5, NaN, 5])
	assert.deepEqual(column(result, 'EP'), [10, 10, 10, 0])
	assert.deepEqual(column(result, 'MP'), [1.3, 1.7, NaN, NaN])
})

test('a jam value in an estimate is missing and reaches no result', () => {
	const result = run({ ...two, total: { aggregate: 'sum' } }, { x: [1, -666666666, 3], y: [1, 2, 3] })
	assert.deepEqual(column(result, 'TOTAL_SCORE'), [0, NaN, 2])
})

test('flags count thresholds that are reached, and are missing with their value', () => {
	const indicators = [{ id: 'A', column: 'x', flag: { 'at-least': 0.5, output: 'F_A' } }]
	const result = run({ indicators, themes: [{ id: 'T', members: ['A'], flags: 'F_T' }], total: { flags: 'F_ALL' } }, { x: [1, 2, 3, NaN] })
	for (const name of ['F_A', 'F_T', 'F_ALL']) assert.deepEqual(column(result, name), [0, 1, 1, NaN])
})

test('a threshold rule needs burden and socioeconomic condition, tells its reasons and counts what is unknown', () => {
	const value = {
		normalise: { method: 'none' },
		indicators: [{ id: 'SMOKE', column: 'smoke' }, { id: 'POOR', column: 'poor' }],
		thresholds: { categories: [{ id: 'AIR', label: 'Air', burden: [{ indicator: 'SMOKE', 'at-least': 0.9, reason: 'smoke' }], socioeconomic: [{ indicator: 'POOR', 'at-least': 0.65, reason: 'low income' }] }] },
	}
	const result = run(value, { smoke: [0.9, 0.9, 0.89, NaN], poor: [0.65, 0.64, 1, 1] })
	assert.deepEqual(column(result, 'FLAG'), [1, 0, 0, 0])
	assert.deepEqual(column(result, 'REASONS'), ['Air: smoke and low income', '', '', ''])
	assert.deepEqual(column(result, 'UNKNOWN_COUNT'), [0, 0, 0, 1])
})

test('places in another order get the same results', () => {
	const value = { ...two, total: { aggregate: 'sum', rank: { output: 'R' } } }
	const cell = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN))
	fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 25 }), (rows) => {
		const of = (list: [number, number][]) => column(run(value, { x: list.map(([x]) => x), y: list.map(([, y]) => y) }), 'R')
		assert.deepEqual(of(rows.toReversed()), of(rows).toReversed())
	}))
})

test('a region as reference set must be given by the caller', () => {
	assert.throws(() => run({ ...two, reference: 'region' }, { x: [1], y: [1] }), RangeError)
})
