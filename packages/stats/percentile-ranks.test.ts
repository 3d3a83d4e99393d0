import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PERCENTILE_RULES, percentileRanks, type PercentileRule } from './percentile-ranks.ts'
import { ascendingOrder } from './sort-order.ts'

const column = fc.array(fc.oneof(fc.integer({ min: -5, max: 30 }), fc.constant(NaN)), { maxLength: 40 }).map((list) => Float64Array.from(list))
const rule = fc.constantFrom(...PERCENTILE_RULES)
const top = (name: PercentileRule) => (name === 'ejscreen' ? 100 : 1)

test('the four rules differ on the same values as their publishers do', () => {
	const values = Float64Array.of(10, 20, 20, 30, NaN)
	assert.deepEqual([...percentileRanks(values, 'svi')], [0, 1 / 3, 1 / 3, 1, NaN])
	assert.deepEqual([...percentileRanks(values, 'dplyr')], [0, 1 / 3, 1 / 3, 1, NaN])
	assert.deepEqual([...percentileRanks(values, 'cejst')], [1 / 4, 2.5 / 4, 2.5 / 4, 1, NaN])
	assert.deepEqual([...percentileRanks(values, 'ejscreen')], [0, 34, 34, 100, NaN])
})

test('EJScreen: a value that is met by several percentiles takes the lowest of them', () => {
	assert.deepEqual([...percentileRanks(Float64Array.of(0, 0, 0, 5), 'ejscreen')], [0, 0, 0, 100])
	assert.deepEqual([...percentileRanks(Float64Array.of(4, 0, 1, 2, 3), 'ejscreen')], [100, 0, 25, 50, 75])
})

test('one value ranks at the bottom for SVI and at the top for CEJST; none at all gives nothing', () => {
	assert.deepEqual([...percentileRanks(Float64Array.of(7), 'svi')], [0])
	assert.deepEqual([...percentileRanks(Float64Array.of(7), 'cejst')], [1])
	for (const name of PERCENTILE_RULES) assert.deepEqual([...percentileRanks(Float64Array.of(NaN, NaN), name)], [NaN, NaN])
})

test('rows outside the reference set are neither ranked nor counted', () => {
	const ranks = percentileRanks(Float64Array.of(1, 2, 3, 100), 'svi', { among: Uint8Array.of(1, 1, 1, 0) })
	assert.deepEqual([...ranks], [0, 0.5, 1, NaN])
	assert.throws(() => percentileRanks(Float64Array.of(1), 'svi', { among: new Uint8Array(2) }), RangeError)
})

test('rows of a group are ranked as if they were alone', () => {
	const group = fc.integer({ min: -1, max: 2 })
	fc.assert(fc.property(fc.array(fc.tuple(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN)), group), { maxLength: 40 }), rule, (rows, name) => {
		const values = Float64Array.from(rows, ([value]) => value)
		const within = percentileRanks(values, name, { groupOfRow: Int32Array.from(rows, ([, of]) => of) })
		for (const wanted of [-1, 0, 1, 2]) {
			const members = rows.flatMap(([, of], row) => (of === wanted ? [row] : []))
			const alone = wanted < 0 ? members.map(() => NaN) : [...percentileRanks(Float64Array.from(members, (row) => values[row]!), name)]
			assert.deepEqual(members.map((row) => within[row]), alone)
		}
	}))
})

test('ranks lie between 0 and the top, missing stays missing, and order is kept', () => {
	fc.assert(fc.property(column, rule, (values, name) => {
		const ranks = percentileRanks(values, name)
		for (let a = 0; a < values.length; a++) {
			assert.equal(Number.isNaN(ranks[a]), Number.isNaN(values[a]))
			if (!Number.isNaN(ranks[a])) assert.ok(ranks[a]! >= 0 && ranks[a]! <= top(name))
			for (let b = 0; b < values.length; b++) {
				if (values[a]! < values[b]!) assert.ok(ranks[a]! <= ranks[b]!)
				if (values[a] === values[b]) assert.equal(ranks[a], ranks[b])
			}
		}
	}))
})

test('rank rules do not change when the scale does', () => {
	fc.assert(fc.property(column, fc.constantFrom('svi' as const, 'cejst' as const, 'dplyr' as const), (values, name) => {
		assert.deepEqual(percentileRanks(values.map((value) => value ** 3 + 2 * value), name), percentileRanks(values, name))
	}))
})

test('rows in another order get the same ranks', () => {
	fc.assert(fc.property(column, rule, fc.integer(), (values, name, seed) => {
		const order = Array.from(values.keys()).sort((a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101))
		const ranks = percentileRanks(values, name)
		assert.deepEqual(percentileRanks(Float64Array.from(order, (row) => values[row]!), name), Float64Array.from(order, (row) => ranks[row]!))
	}))
})

test('the radix sort of a long column is the stable ascending order', () => {
	let state = 7
	const values = Float64Array.from({ length: 12000 }, () => {
		state = (state * 48271) % 2147483647
		return state % 11 === 0 ? NaN : ((state % 2001) - 1000) * 10 ** ((state % 9) - 4)
	})
	for (let row = 0; row < 5000; row++) values[row] = 1e9 + (row % 7) * 1e-6
	values.set([-0, 0, Infinity, -Infinity, 5e-324, -5e-324, 1e308])
	const expected = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row])).sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b))
	assert.deepEqual([...ascendingOrder(values)], expected)
})
