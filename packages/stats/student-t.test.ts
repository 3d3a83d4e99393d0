import assert from 'node:assert/strict'
import { test } from 'node:test'
import { studentT, studentTQuantile, welchInterval } from './student-t.ts'

const near = (actual: number, expected: number, within = 1e-6) => assert.ok(Math.abs(actual - expected) < within, `${actual} is not ${expected}`)

test('quantiles are those of the printed tables', () => {
	// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, given there with three decimals.
	const table: [number, number, number, number][] = [[1, 3.078, 6.314, 12.706], [2, 1.886, 2.92, 4.303], [3, 1.638, 2.353, 3.182], [5, 1.476, 2.015, 2.571], [10, 1.372, 1.812, 2.228], [20, 1.325, 1.725, 2.086], [30, 1.31, 1.697, 2.042], [60, 1.296, 1.671, 2], [100, 1.29, 1.66, 1.984]]
	for (const [df, q90, q95, q975] of table) for (const [share, q] of [[0.9, q90], [0.95, q95], [0.975, q975]] as const) near(studentTQuantile(share, df), q, 6e-4)
})

test('one, two and four degrees of freedom have closed forms, and halves of degrees lie between their neighbours', () => {
	for (const t of [-30, -3, -1, -0.2, 0, 0.5, 2, 9]) {
		near(studentT(t, 1), 0.5 + Math.atan(t) / Math.PI, 1e-12)
		near(studentT(t, 2), 0.5 + t / (2 * Math.sqrt(2 + t * t)), 1e-12)
		near(studentT(t, 4), 0.5 + (3 / 8) * (t / Math.sqrt(1 + (t * t) / 4)) * (1 - (t * t) / (12 * (1 + (t * t) / 4))), 1e-12)
	}
	assert.ok(studentTQuantile(0.975, 4.5) < studentTQuantile(0.975, 4) && studentTQuantile(0.975, 4.5) > studentTQuantile(0.975, 5))
})

test('a quantile is the inverse, and symmetric', () => {
	for (const df of [1, 2.7, 9, 33.3, 400]) for (const share of [0.6, 0.9, 0.975, 0.999]) {
		near(studentT(studentTQuantile(share, df), df), share, 1e-10)
		near(studentTQuantile(1 - share, df), -studentTQuantile(share, df), 1e-9)
	}
	assert.ok(Number.isNaN(studentTQuantile(1, 5)))
})

test('an interval by hand: equal variances and counts are the usual test, unequal ones have fewer degrees of freedom', () => {
	const equal = welchInterval({ mean: 3, standardDeviation: 1, count: 10 }, { mean: 4, standardDeviation: 1, count: 10 }, 0.95)
	near(equal.degreesOfFreedom, 18)
	near(equal.difference, 1)
	near(equal.margin, 2.100922 * Math.sqrt(0.2), 1e-5)
	const unequal = welchInterval({ mean: 3, standardDeviation: 2, count: 5 }, { mean: 4, standardDeviation: 0.5, count: 40 }, 0.95)
	near(unequal.degreesOfFreedom, (0.8 + 0.00625) ** 2 / (0.8 ** 2 / 4 + 0.00625 ** 2 / 39))
	near(welchInterval({ mean: 3, standardDeviation: 0, count: 5 }, { mean: 3, standardDeviation: 0, count: 7 }, 0.95).margin, 0)
})
