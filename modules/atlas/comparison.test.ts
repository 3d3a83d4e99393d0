import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { boundsOf, compare, standingOf, valueOfArea, type SeriesValues } from './comparison.ts'

const series = (given: Partial<SeriesValues> & Pick<SeriesValues, 'kind' | 'estimates'>): SeriesValues => ({
	margins: null, numerators: null, numeratorMargins: null, universes: null, universeMargins: null, ...given,
})

test('a count of an area is the sum, with margins in quadrature', () => {
	const value = valueOfArea(series({ kind: 'count', estimates: Float64Array.of(100, 200, NaN), margins: Float64Array.of(30, 40, NaN) }), [0, 1, 2])
	assert.deepEqual(value, { estimate: 300, moe: 50, how: 'sum', present: 2, places: 3 })
})

test('a share of an area is people over people, never a mean of percents', () => {
	const value = valueOfArea(
		series({ kind: 'share', estimates: Float64Array.of(50, 10), numerators: Float64Array.of(50, 100), universes: Float64Array.of(100, 1000), numeratorMargins: Float64Array.of(3, 4) }),
		[0, 1],
	)
	assert.equal(value.how, 'rate')
	assert.ok(Math.abs(value.estimate - 150 / 11) < 1e-12)
	assert.ok(Math.abs(value.moe - 500 / 1100) < 1e-12)
})

test('without a universe an area gets no rate, only its middle place', () => {
	const value = valueOfArea(series({ kind: 'share', estimates: Float64Array.of(5, 1, 30, NaN) }), [0, 1, 2, 3])
	assert.deepEqual(value, { estimate: 5, moe: NaN, how: 'middle', present: 3, places: 4 })
})

test('an area in which nothing is known is missing, not zero', () => {
	assert.ok(Number.isNaN(valueOfArea(series({ kind: 'count', estimates: Float64Array.of(NaN, NaN) }), [0, 1]).estimate))
})

test('a difference within the margins is said to be so', () => {
	assert.equal(compare({ estimate: 20, moe: 5 }, { estimate: 16, moe: 1 }), 'within_margins')
	assert.equal(compare({ estimate: 30, moe: 5 }, { estimate: 16, moe: 1 }), 'higher')
	assert.equal(compare({ estimate: 3, moe: 2 }, { estimate: 16, moe: 1 }), 'lower')
	assert.equal(compare({ estimate: 30, moe: NaN }, { estimate: 16, moe: 1 }), 'unknown')
})

test('rank and percentile count only places with a value, and ties share the better rank', () => {
	const estimates = Float64Array.of(4, 9, 9, 1, NaN)
	assert.deepEqual(standingOf(estimates, 1, [0, 1, 2, 3, 4]), { rank: 1, percentile: (100 * 2) / 3, of: 4 })
	assert.deepEqual(standingOf(estimates, 3, [0, 1, 2, 3, 4]), { rank: 4, percentile: 0, of: 4 })
	assert.equal(standingOf(estimates, 4, [0, 1, 2, 3, 4]), undefined)
})

test('a place that is none of the others has no rank among them, and so no percentile above 100', () => {
	assert.equal(standingOf(Float64Array.of(1, 2, 99), 2, [0, 1]), undefined)
})

test('rank and percentile are those of counting one by one, for any numbers', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(NaN)), { minLength: 1, maxLength: 30 }), (values) => {
			const others = values.filter((value) => !Number.isNaN(value))
			const standing = standingOf(Float64Array.from(values), 0, values.map((_, i) => i))
			if (Number.isNaN(values[0]!)) return standing === undefined
			const lower = others.filter((value) => value < values[0]!).length
			assert.deepEqual(standing, { rank: 1 + others.filter((value) => value > values[0]!).length, percentile: others.length > 1 ? (100 * lower) / (others.length - 1) : NaN, of: others.length })
			return standing!.percentile <= 100 || others.length === 1
		}),
	)
})

test('the range of a share stays between 0 and 100 percent, that of people at or above none', () => {
	assert.deepEqual(boundsOf({ estimate: 96, moe: 9 }, 'percent'), [87, 100])
	assert.deepEqual(boundsOf({ estimate: 3, moe: 5 }, 'percent_of_adults'), [0, 8])
	assert.deepEqual(boundsOf({ estimate: 10, moe: 12 }, 'people'), [0, 22])
	assert.deepEqual(boundsOf({ estimate: 98, moe: 5 }, 'score'), [93, 103])
	assert.ok(boundsOf({ estimate: 50, moe: NaN }, 'percent').every(Number.isNaN))
})

test('a rate of an area lies between its lowest and highest place', () => {
	fc.assert(
		fc.property(fc.array(fc.record({ universe: fc.integer({ min: 1, max: 5000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 30 }), (places) => {
			const universes = Float64Array.from(places, ({ universe }) => universe)
			const numerators = Float64Array.from(places, ({ universe, share }) => universe * share)
			const estimates = numerators.map((value, i) => (100 * value) / universes[i]!)
			const { estimate } = valueOfArea(series({ kind: 'share', estimates, numerators, universes }), places.map((_, i) => i))
			return estimate >= Math.min(...estimates) - 1e-9 && estimate <= Math.max(...estimates) + 1e-9
		}),
	)
})
