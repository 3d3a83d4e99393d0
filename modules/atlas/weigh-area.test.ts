import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { valueOfArea, type SeriesValues } from './comparison.ts'
import { weighValue } from './weigh-area.ts'

const NOTHING = { numerators: null, numeratorMargins: null, universes: null, universeMargins: null }
const counts = (values: number[], margins?: number[]): SeriesValues => ({ kind: 'count', estimates: Float64Array.from(values), margins: margins ? Float64Array.from(margins) : null, ...NOTHING })
const shares = (numerators: number[], universes: number[]): SeriesValues => ({
	kind: 'share', estimates: Float64Array.from(numerators, (value, i) => (100 * value) / universes[i]!), margins: Float64Array.from(numerators, () => 1),
	numerators: Float64Array.from(numerators), numeratorMargins: Float64Array.from(numerators, () => 5), universes: Float64Array.from(universes), universeMargins: Float64Array.from(universes, () => 9),
})

const places = fc.array(fc.record({ people: fc.integer({ min: 1, max: 9000 }), poor: fc.integer({ min: 0, max: 4000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 12 })

test('whole places give the sums and rates of those places, margins included', () => {
	fc.assert(fc.property(places, (list) => {
		const parts = list.map((_, ordinal) => ({ ordinal, share: 1 }))
		const all = parts.map(({ ordinal }) => ordinal)
		// A place without anybody counted is the sum's own matter (the rule of zeros), so every count here is at least 1.
		for (const series of [counts(list.map(({ people }) => people), list.map(({ poor }) => poor)), shares(list.map(({ poor }) => poor + 1), list.map(({ people, poor }) => people + poor + 1))]) {
			const [weighed, summed] = [weighValue(series, parts), valueOfArea(series, all)]
			assert.ok(Math.abs(weighed.estimate - summed.estimate) < 1e-9 * Math.max(1, summed.estimate))
			assert.ok(Math.abs(weighed.moe - summed.moe) < 1e-9 * Math.max(1, summed.moe))
		}
	}))
})

test('an area split in two adds up to the whole', () => {
	fc.assert(fc.property(places, (list) => {
		const series = counts(list.map(({ people }) => people))
		const value = (share: (one: (typeof list)[number]) => number) => weighValue(series, list.map((one, ordinal) => ({ ordinal, share: share(one) }))).estimate
		assert.ok(Math.abs(value(() => 1) - (value(({ share }) => share) + value(({ share }) => 1 - share))) < 1e-6)
	}))
})

test('a missing place makes a count missing and leaves a share to the others; missing is never zero', () => {
	const parts = [{ ordinal: 0, share: 1 }, { ordinal: 1, share: 0.5 }]
	assert.ok(Number.isNaN(weighValue(counts([10, NaN]), parts).estimate))
	const rate = weighValue(shares([10, NaN], [100, NaN]), parts)
	assert.equal(rate.estimate, 10)
	assert.equal(rate.known, 1 / 1.5)
})

test('a median is not carried over: its range is given', () => {
	const median: SeriesValues = { ...counts([40, 60]), kind: 'amount' }
	const { estimate, how, range } = weighValue(median, [{ ordinal: 0, share: 0.2 }, { ordinal: 1, share: 1 }])
	assert.deepEqual([estimate, how, range], [NaN, 'untold', [40, 60]])
})
