import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { forecastLine, Z_90 } from './index.ts'

const near = (actual: number, expected: number, slack = 1e-9) => assert.ok(Math.abs(actual - expected) <= slack * Math.max(1, Math.abs(expected)), `${actual} beside ${expected}`)

test('two numbers are carried on in a straight line, with the margin of that line by error propagation', () => {
	const line = forecastLine([{ year: 2018, estimate: 20, moe: 2 }, { year: 2023, estimate: 25, moe: 3 }], 2028)!
	near(line.estimate, 30)
	// At twice the distance the second number counts twice and the first once, less one: 2b − a.
	near(line.moe, Math.sqrt((2 * 3) ** 2 + 2 ** 2))
})

test('three numbers on a line with equal margins give the textbook variance', () => {
	const line = forecastLine([2013, 2018, 2023].map((year) => ({ year, estimate: year - 2000, moe: Z_90 })), 2028)!
	near(line.estimate, 28)
	near(line.moe, Z_90 * Math.sqrt(1 / 3 + 100 / 50))
})

test('numbers farther from the line than their margins explain widen the forecast', () => {
	const at = (estimate: number) => forecastLine([{ year: 2013, estimate: 10, moe: 1 }, { year: 2018, estimate, moe: 1 }, { year: 2023, estimate: 10, moe: 1 }], 2028)!.moe
	assert.ok(at(30) > 5 * at(10))
})

test('without margins there is a line and no margin; with one year there is nothing', () => {
	assert.deepEqual(forecastLine([{ year: 2020, estimate: 1, moe: NaN }, { year: 2021, estimate: 2, moe: 1 }], 2022), { estimate: 3, moe: NaN })
	assert.equal(forecastLine([{ year: 2020, estimate: 1, moe: 1 }, { year: 2020, estimate: 2, moe: 1 }], 2022), undefined)
	assert.equal(forecastLine([{ year: 2020, estimate: NaN, moe: 1 }, { year: 2021, estimate: 2, moe: 1 }], 2022), undefined)
})

test('the farther from its numbers, the wider; another unit scales it; another origin of years changes nothing', () => {
	const point = fc.record({ year: fc.integer({ min: 2000, max: 2030 }), estimate: fc.double({ min: -100, max: 100, noNaN: true }), moe: fc.double({ min: 0.5, max: 20, noNaN: true }) })
	fc.assert(fc.property(fc.array(point, { minLength: 2, maxLength: 6 }), fc.double({ min: 0.1, max: 50, noNaN: true }), (points, scale) => {
		const one = forecastLine(points, 2040)
		if (!one) return
		assert.ok(forecastLine(points, 2045)!.moe >= one.moe)
		const scaled = forecastLine(points.map(({ year, estimate, moe }) => ({ year: year - 1000, estimate: scale * estimate, moe: scale * moe })), 1040)!
		near(scaled.estimate, scale * one.estimate, 1e-6)
		near(scaled.moe, scale * one.moe, 1e-6)
	}))
})
