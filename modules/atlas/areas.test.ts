import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apportionedValue, partsByPeople, partsOfArea, type AreaPart } from './areas.ts'
import { valueOfArea, type SeriesValues } from './comparison.ts'

const series = (given: Partial<SeriesValues> & Pick<SeriesValues, 'kind' | 'estimates'>): SeriesValues => ({
	margins: null, numerators: null, numeratorMargins: null, universes: null, universeMargins: null, ...given,
})
const part = (ordinal: number, placeShare: number, areaShare = 0.5): AreaPart => ({ ordinal, placeShare, areaShare })
const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))

test('a count is added by the share of each place, its margins by weighted squares', () => {
	const value = apportionedValue(series({ kind: 'count', estimates: Float64Array.of(100, 200), margins: Float64Array.of(60, 40) }), [part(0, 0.5), part(1, 1)])
	assert.deepEqual(value, { estimate: 250, moe: 50, how: 'sum', isExact: false, present: 2, places: 2, lowest: 100, highest: 200 })
})

test('a share is people over people by share, never a mean of percents', () => {
	const given = series({ kind: 'share', estimates: Float64Array.of(50, 10), numerators: Float64Array.of(50, 100), universes: Float64Array.of(100, 1000) })
	const value = apportionedValue(given, [part(0, 1), part(1, 0.5)])
	assert.equal(value.how, 'rate')
	assert.ok(isNear(value.estimate, (100 * 100) / 600))
})

test('an amount cannot be told for an area and shows the range of its places', () => {
	const value = apportionedValue(series({ kind: 'amount', estimates: Float64Array.of(31_000, 54_000, NaN) }), [part(0, 1), part(1, 0.2), part(2, 1)])
	assert.deepEqual(value, { estimate: NaN, moe: NaN, how: 'range', isExact: false, present: 2, places: 3, lowest: 31_000, highest: 54_000 })
})

test('a place without a number makes the area missing and is counted, unless it holds but a sliver', () => {
	const given = series({ kind: 'count', estimates: Float64Array.of(100, NaN) })
	const missing = apportionedValue(given, [part(0, 1, 0.6), part(1, 1, 0.4)])
	assert.ok(Number.isNaN(missing.estimate))
	assert.deepEqual([missing.present, missing.places], [1, 2])
	assert.equal(apportionedValue(given, [part(0, 1, 0.999), part(1, 0.001, 0.001)]).estimate, 100)
})

test('a place where nobody is asked needs no numerator', () => {
	const given = series({ kind: 'share', estimates: Float64Array.of(50, NaN), numerators: Float64Array.of(50, NaN), universes: Float64Array.of(100, 0) })
	assert.ok(isNear(apportionedValue(given, [part(0, 0.5), part(1, 0.5)]).estimate, 50))
})

test('whole places give exactly their sums', () => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.nat(10_000), fc.nat(500)), { minLength: 1, maxLength: 20 }), (rows) => {
		const given = series({ kind: 'count', estimates: Float64Array.from(rows, ([value]) => value), margins: Float64Array.from(rows, ([, moe]) => moe) })
		const value = apportionedValue(given, rows.map((_, i) => part(i, 1, 1 / rows.length)))
		const sum = valueOfArea(given, rows.map((_, i) => i))
		assert.deepEqual([value.isExact, value.estimate, value.moe], [true, sum.estimate, sum.moe])
	}))
})

test('an area cut in two adds up to the whole', () => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.nat(10_000), fc.double({ min: 0.01, max: 0.98, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true })), { minLength: 1, maxLength: 20 }), (rows) => {
		const given = series({ kind: 'count', estimates: Float64Array.from(rows, ([value]) => value) })
		const of = (share: (row: [number, number, number]) => number) => apportionedValue(given, rows.map((row, i) => part(i, share(row)))).estimate
		assert.ok(isNear(of(([, share, cut]) => share * cut) + of(([, share, cut]) => share * (1 - cut)), of(([, share]) => share)))
	}))
})

test('the parts of an area are what the overlay found under it, whole but for rounding', () => {
	const overlay = {
		sources: Uint32Array.of(0, 1, 1), targets: Uint32Array.of(0, 0, 1), squareMeters: Float64Array.of(100 - 1e-8, 50, 50),
		sourceSquareMeters: Float64Array.of(100, 200), targetSquareMeters: Float64Array.of(200, 50),
	}
	assert.deepEqual(partsOfArea(overlay, 0).map(({ ordinal, placeShare }) => [ordinal, placeShare]), [[0, 1], [1, 0.25]])
	assert.deepEqual(partsOfArea(overlay, 1), [{ ordinal: 1, placeShare: 0.25, areaShare: 1 }])
})

test('by people a place counts for those who live in the area, whatever its land', () => {
	const told = partsByPeople([part(0, 0.9, 0.5), part(1, 0.5, 0.5)], [
		{ parent: 0, people: 100, share: 1 }, { parent: 0, people: 300, share: 0 }, { parent: 1, people: 50, share: 0.5 }, { parent: 1, people: 50, share: 1 },
	])!
	assert.deepEqual(told.parts, [{ ordinal: 0, placeShare: 0.25, areaShare: 100 / 175 }, { ordinal: 1, placeShare: 0.75, areaShare: 75 / 175 }])
	assert.equal(told.byLand, 0)
})

test('a place without known people keeps its share of land and is counted; one whose people live outside is no part; nobody at all is no answer', () => {
	const told = partsByPeople([part(0, 0.4), part(1, 0.2), part(2, 1)], [
		{ parent: 0, people: NaN, share: 1 }, { parent: 0, people: 10, share: 0 }, { parent: 1, people: 10, share: 0 }, { parent: 2, people: 30, share: 0.99995 },
	])!
	assert.deepEqual(told.parts.map(({ ordinal, placeShare }) => [ordinal, placeShare]), [[0, 0.4], [2, 1]])
	assert.equal(told.byLand, 1)
	assert.equal(partsByPeople([part(0, 0.4)], [{ parent: 0, people: 0, share: 1 }]), undefined)
	assert.equal(partsByPeople([part(0, 0.4)], []), undefined)
})

test('by people the population of an area is the people of its finer places, and two halves add up to the whole', () => {
	const finer = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 6 })
	fc.assert(fc.property(fc.array(finer, { minLength: 1, maxLength: 8 }), (tracts) => {
		const population = series({ kind: 'count', estimates: Float64Array.from(tracts, (groups) => groups.reduce((sum, [people]) => sum + people, 0)) })
		const parts = tracts.map((_, i) => part(i, 0.5, 1 / tracts.length))
		const of = (share: (share: number) => number) => {
			const told = partsByPeople(parts, tracts.flatMap((groups, parent) => groups.map(([people, inside]) => ({ parent, people, share: share(inside) }))))
			return told ? apportionedValue(population, told.parts).estimate : 0
		}
		const inside = tracts.flat().reduce((sum, [people, share]) => sum + people * share, 0)
		const whole = tracts.flat().reduce((sum, [people]) => sum + people, 0)
		assert.ok(isNear(of((share) => share), inside))
		assert.ok(isNear(of((share) => share) + of((share) => 1 - share), whole))
	}))
})
