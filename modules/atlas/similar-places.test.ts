import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { momentsOf } from '@throughline/stats'
import { findSimilarPlaces, type SimilarityMeasure } from './similar-places.ts'

const measure = (key: string, ...values: number[]): SimilarityMeasure => {
	const estimates = Float64Array.from(values)
	return { key, estimates, standardDeviation: momentsOf(estimates).standardDeviation }
}
const everyone = ({ estimates }: SimilarityMeasure) => [...estimates.keys()]
const value = fc.integer({ min: -50, max: 50 })
/** Columns of equal length, at least three of them, with some values missing. */
const table = (cell: fc.Arbitrary<number>) =>
	fc.tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 3, max: 6 })).chain(([places, measures]) =>
		fc.array(fc.array(cell, { minLength: places, maxLength: places }), { minLength: measures, maxLength: measures }).map((columns) => columns.map((column, i) => measure(`m${i}`, ...column))),
	)

test('the nearest place comes first, the place itself never, and equals in place order', () => {
	const measures = [measure('a', 1, 9, 1, 2, 1), measure('b', 5, 0, 5, 5, 5), measure('c', 3, 9, 3, 3, 3)]
	const { places, used } = findSimilarPlaces(measures, 0, [4, 3, 2, 1, 0], 3)
	assert.deepEqual(places.map(({ ordinal }) => ordinal), [2, 4, 3])
	assert.equal(places[0]!.distance, 0)
	assert.deepEqual(used, ['a', 'b', 'c'])
})

test('the distance is the root of the mean squared difference in standard deviations', () => {
	const columns = [measure('a', 0, 10), measure('b', 0, 10), measure('c', 5, 5, NaN), measure('d', 7, 7.5)].map((column) => ({ ...column, standardDeviation: 10 }))
	const { distance, compared } = findSimilarPlaces(columns, 0, [1])!.places[0]!
	assert.equal(compared, 4)
	assert.ok(Math.abs(distance - Math.sqrt((1 + 1 + 0 + 0.0025) / 4)) < 1e-12)
})

test('a measure that the place lacks or that differs nowhere is not used, and below three nobody is similar', () => {
	const [a, b, c] = [measure('a', 1, 2, 3), measure('b', 3, 2, 1), measure('c', 1, 5, 2)]
	assert.deepEqual(findSimilarPlaces([a, b, c, measure('lacking', NaN, 1, 2), measure('same', 4, 4, 4)], 0, [1, 2]).used, ['a', 'b', 'c'])
	assert.deepEqual(findSimilarPlaces([a, b, measure('lacking', NaN, 1, 2)], 0, [1, 2]), { used: [], places: [] })
})

test('a place that lacks more than a quarter of the measures is not compared, one that lacks a quarter is', () => {
	const measures = [measure('a', 1, NaN, NaN, 3), measure('b', 1, NaN, 2, 3), measure('c', 1, 1, 2, 5), measure('d', 2, 1, 2, 5)]
	assert.deepEqual(findSimilarPlaces(measures, 0, [1, 2, 3]).places.map(({ ordinal, compared }) => [ordinal, compared]), [[2, 3], [3, 4]])
})

test('neither the order of the places nor the unit of a measure changes the answer', () => {
	fc.assert(
		fc.property(table(fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constant(NaN) })), (measures) => {
			const among = everyone(measures[0]!)
			const answer = findSimilarPlaces(measures, 0, among)
			assert.deepEqual(findSimilarPlaces(measures, 0, among.toReversed()), answer)
			const inOtherUnits = measures.map(({ key, estimates }) => measure(key, ...[...estimates].map((x) => 4 * x)))
			assert.deepEqual(findSimilarPlaces(inOtherUnits, 0, among).places, answer.places)
		}),
	)
})

test('where nothing is missing, two places are as far from each other as the other way round', () => {
	fc.assert(
		fc.property(table(value), (measures) => {
			const [there, back] = [findSimilarPlaces(measures, 0, [1]), findSimilarPlaces(measures, 1, [0])]
			assert.equal(there.places[0]?.distance, back.places[0]?.distance)
		}),
	)
})
