import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { classifyAround } from './classes-around.ts'

const column = Float64Array.from({ length: 101 }, (_, i) => i)

test('an even number of classes has a bound at the middle, with as many classes on both sides', () => {
	assert.deepEqual([...classifyAround(column, 'equal-interval', 4, 50).breaks], [25, 50, 75, 100])
	assert.deepEqual([...classifyAround(column, 'quantile', 4, 20).breaks], [10, 20, 60.5, 100])
})

test('an odd number has a class around the middle that holds its share of the nearest places', () => {
	const { breaks, counts } = classifyAround(column, 'quantile', 5, 50)
	assert.deepEqual([...breaks], [20, 40, 60, 80.5, 100])
	assert.equal(counts[2], 20)
})

test('equal steps are as wide on the short side as on the long one', () => {
	assert.deepEqual([...classifyAround(column, 'equal-interval', 6, 70).breaks].map((bound) => Math.round(bound * 10) / 10), [23.3, 46.7, 70, 93.3, 100])
})

test('every value falls into one class, classes ascend, and with an even number no class reaches across the middle', () => {
	const values = fc.array(fc.oneof(fc.constant(NaN), fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 60 }).map((list) => Float64Array.from(list))
	const methods = fc.constantFrom('quantile', 'equal-interval', 'natural-breaks', 'standard-deviation')
	fc.assert(fc.property(values, methods, fc.integer({ min: 3, max: 7 }), fc.integer({ min: -40, max: 40 }), (list, method, count, middle) => {
		const { breaks, counts, classify, minimum } = classifyAround(list, method, count, middle)
		const present = list.filter((value) => !Number.isNaN(value))
		assert.equal(counts.reduce((sum, n) => sum + n, 0), present.length)
		assert.ok(breaks.length <= count)
		assert.ok([...breaks].every((bound, i) => i === 0 || bound > breaks[i - 1]!))
		if (count % 2 === 0 && minimum <= middle && present.some((value) => value > middle)) {
			const below = new Set([...present].filter((value) => value <= middle).map(classify))
			assert.ok([...present].filter((value) => value > middle).every((value) => !below.has(classify(value))), `${method} ${count} ${middle} ${[...breaks]}`)
		}
	}))
})

test('an empty column has no classes, and a middle that is no number is refused', () => {
	assert.equal(classifyAround(Float64Array.of(NaN), 'quantile', 5, 3).breaks.length, 0)
	assert.throws(() => classifyAround(column, 'quantile', 5, NaN), RangeError)
})
