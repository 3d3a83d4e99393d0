import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CLASS_METHODS, classifyForMap } from './map-classes.ts'
import { naturalBreaks } from './natural-breaks.ts'

function squaredDeviations(sorted: number[], breaks: ArrayLike<number>): number {
	let total = 0
	for (let index = 0; index < breaks.length; index++) {
		const members = sorted.filter((value) => value <= breaks[index]! && (index === 0 || value > breaks[index - 1]!))
		const mean = members.reduce((sum, value) => sum + value, 0) / members.length
		total += members.reduce((sum, value) => sum + (value - mean) ** 2, 0)
	}
	return total
}

/** Every way to choose k upper bounds that end with the largest value. */
function* allBreaks(distinct: number[], k: number): Generator<number[]> {
	if (k === 1) return void (yield [distinct.at(-1)!])
	for (let index = 0; index < distinct.length - (k - 1); index++) {
		for (const rest of allBreaks(distinct.slice(index + 1), k - 1)) yield [distinct[index]!, ...rest]
	}
}

test('natural breaks are the best division there is', () => {
	const values = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 9 })
	fc.assert(fc.property(values, fc.integer({ min: 1, max: 4 }), (list, k) => {
		const sorted = [...list].sort((a, b) => a - b)
		const distinct = [...new Set(sorted)]
		const breaks = naturalBreaks(Float64Array.from(list), k)
		assert.equal(breaks.length, Math.min(k, distinct.length))
		const best = Math.min(...[...allBreaks(distinct, breaks.length)].map((option) => squaredDeviations(sorted, option)))
		assert.ok(squaredDeviations(sorted, breaks) <= best + 1e-9)
	}))
})

test('natural breaks do not depend on the order of the rows, and shift with the values', () => {
	fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (list, k) => {
		const breaks = naturalBreaks(Float64Array.from(list), k)
		assert.deepEqual(naturalBreaks(Float64Array.from(list.toReversed()), k), breaks)
	}))
})

test('three clear clusters are found, missing values left out', () => {
	assert.deepEqual([...naturalBreaks(Float64Array.of(-1, 2, -1, 2, 4, 5, 6, -1, 2, -1, NaN), 3)], [-1, 2, 6])
	assert.deepEqual([...naturalBreaks(new Float64Array(0), 3)], [])
	assert.throws(() => naturalBreaks(Float64Array.of(1), 0), RangeError)
})

test('large values with small differences keep their classes', () => {
	const values = Float64Array.of(1e9, 1e9 + 0.1, 1e9 + 0.2, 1e9 + 5, 1e9 + 5.1)
	assert.deepEqual([...naturalBreaks(values, 2)], [1e9 + 0.2, 1e9 + 5.1])
})

test('classes are closed on the right: a value on a bound belongs below it', () => {
	const classes = classifyForMap(Float64Array.of(0, 10, 20, 30, 40), 'equal-interval', 4)
	assert.deepEqual([...classes.breaks], [10, 20, 30, 40])
	assert.deepEqual([0, 10, 10.001, 40, -5, 99, NaN].map(classes.classify), [0, 0, 1, 3, 0, 3, -1])
	assert.deepEqual([...classes.counts], [2, 1, 1, 1])
})

test('quantiles hold equal numbers where no values are tied, and merge where they are', () => {
	assert.deepEqual([...classifyForMap(Float64Array.from({ length: 100 }, (_, index) => index), 'quantile', 4).counts], [25, 25, 25, 25])
	assert.deepEqual([...classifyForMap(Float64Array.of(0, 0, 0, 0, 0, 0, 9), 'quantile', 4).breaks], [0, 9])
})

test('standard-deviation classes stand around the mean; manual bounds are kept within the range', () => {
	const values = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9)
	const deviation = Math.sqrt(32 / 7)
	assert.deepEqual([...classifyForMap(values, 'standard-deviation', 4).breaks], [5 - deviation, 5, 5 + deviation, 9])
	assert.deepEqual([...classifyForMap(values, 'manual', 5, [6, 3, 50]).breaks], [3, 6, 9])
})

test('every value has a class and every class a value, whatever the method', () => {
	const values = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(NaN)), { maxLength: 50 })
	fc.assert(fc.property(values, fc.constantFrom(...CLASS_METHODS.filter((method) => method !== 'manual')), fc.integer({ min: 1, max: 9 }), (list, method, count) => {
		const classes = classifyForMap(Float64Array.from(list), method, count)
		const present = list.filter((value) => !Number.isNaN(value))
		assert.equal(classes.counts.reduce((sum, one) => sum + one, 0), present.length)
		for (const value of present) {
			const index = classes.classify(value)
			assert.ok(value <= classes.breaks[index]! && (index === 0 || value > classes.breaks[index - 1]!))
		}
	}))
})

test('an empty column and a constant column have no or one class', () => {
	for (const method of CLASS_METHODS) {
		assert.equal(classifyForMap(Float64Array.of(NaN), method, 5).breaks.length, 0)
		assert.deepEqual([...classifyForMap(Float64Array.of(3, 3, 3), method, 5).breaks], [3])
	}
})
