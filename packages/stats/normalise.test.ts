import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { momentsOf } from './moments.ts'
import { goalposts, minMax, ranks, standardDeviationBounds, standardDeviationClasses, winsorise, zScores } from './normalise.ts'
import { floorTo, roundTo } from './rounding.ts'
import { benjaminiHochberg, standardizedDifference } from './significance.ts'

const close = (actual: ArrayLike<number>, expected: number[]) =>
	expected.forEach((value, index) => assert.ok(Math.abs(actual[index]! - value) < 1e-9 || (Number.isNaN(value) && Number.isNaN(actual[index])), `${index}: ${actual[index]}`))

test('moments are those of spreadsheets: sample deviation, adjusted skewness and excess kurtosis', () => {
	const { mean, standardDeviation, skewness, kurtosis } = momentsOf(Float64Array.of(3, 4, 5, 2, 3, 4, 5, 6, 4, 7, NaN))
	close([mean, standardDeviation, skewness, kurtosis], [4.3, 1.4944341180973264, 0.3595430714067974, -0.15179963720841538])
})

test('z-scores have mean 0 and deviation 1, and a constant column gives 0', () => {
	const { mean, standardDeviation } = momentsOf(zScores(Float64Array.of(1, 5, 9, 2, NaN)))
	close([mean, standardDeviation], [0, 1])
	close(zScores(Float64Array.of(4, 4, NaN)), [0, 0, NaN])
})

test('min–max spans the range; goalposts hold what lies beyond', () => {
	close(minMax(Float64Array.of(10, 15, 20, NaN), 0, 100), [0, 50, 100, NaN])
	close(goalposts(Float64Array.of(-5, 0, 40, 90), 0, 80), [0, 0, 0.5, 1])
	close(goalposts(Float64Array.of(0, 20, 80), 80, 0), [1, 0.75, 0])
	close(minMax(Float64Array.of(3, 3)), [0, 0])
})

test('ranks start at 1 and ties share the lowest', () => {
	assert.deepEqual([...ranks(Float64Array.of(5, 1, 5, NaN, 9))], [2, 1, 2, NaN, 4])
})

test('standard-deviation classes are closed on the left, as in ipd.r', () => {
	const values = Float64Array.of(10, 20, 30, 40, 50)
	const [a, b, c, d] = standardDeviationBounds(values)
	const s = Math.sqrt(250)
	close([a, b, c, d], [30 - 1.5 * s, 30 - 0.5 * s, 30 + 0.5 * s, 30 + 1.5 * s])
	assert.deepEqual([...standardDeviationClasses(values)], [1, 1, 2, 3, 3])
})

test('when the lowest bound is below zero only shares below 0.1 are well below average, and the first test wins', () => {
	const values = Float64Array.of(0, 0, 0.1, 0, 0, 0, 0, 2)
	const [first, second] = standardDeviationBounds(values)
	assert.equal(first, 0.1)
	assert.ok(second < 0.1)
	assert.deepEqual([...standardDeviationClasses(values)], [0, 0, 2, 0, 0, 0, 0, 4])
})

test('winsorising pulls in outliers until the shape is tame', () => {
	const values = Float64Array.of(...Array.from({ length: 30 }, (_, index) => index), 10_000)
	const { values: treated, moved } = winsorise(values)
	assert.equal(moved, 1)
	assert.equal(treated[30], 29)
	assert.equal(winsorise(Float64Array.of(1, 2, 3)).moved, 0)
})

test('rounding goes half away from zero, also where binary fractions fall short', () => {
	close([roundTo(0.285, 2), roundTo(1.005, 2), roundTo(-2.5, 0), roundTo(2.5, 0), roundTo(0.25, 1), roundTo(NaN, 1)], [0.29, 1.01, -3, 3, 0.3, NaN])
	assert.equal(floorTo(0.897, 2), 0.89)
	assert.equal(floorTo(0.29, 2), 0.29)
})

test('Benjamini–Hochberg: the published example of 15 p-values rejects four at 0.05', () => {
	const p = Float64Array.of(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1)
	const adjusted = benjaminiHochberg(p)
	assert.equal(adjusted.filter((value) => value <= 0.05).length, 4)
	close(adjusted.slice(0, 4), [0.0015, 0.003, 0.0095, 0.035625])
})

test('Benjamini–Hochberg takes the largest i that passes, whatever the order', () => {
	const list = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(NaN)), { maxLength: 30 })
	fc.assert(fc.property(list, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p, alpha) => {
		const sorted = p.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
		let passed = 0
		sorted.forEach((value, index) => void ((value * sorted.length) / (index + 1) <= alpha && (passed = index + 1)))
		const adjusted = benjaminiHochberg(Float64Array.from(p))
		assert.equal(adjusted.filter((value) => value <= alpha).length, passed)
		p.forEach((value, index) => assert.equal(Number.isNaN(value), Number.isNaN(adjusted[index])))
	}))
	assert.throws(() => benjaminiHochberg(Float64Array.of(1.2)), RangeError)
})

test('the standardized difference counts in pooled deviations', () => {
	assert.equal(standardizedDifference(12, 2, 10, 2), 1)
	assert.equal(standardizedDifference(1, 0, 1, 0), 0)
	assert.equal(standardizedDifference(1, 0, 2, 0), NaN)
})
