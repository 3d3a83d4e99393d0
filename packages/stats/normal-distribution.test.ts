import assert from 'node:assert/strict'
import { test } from 'node:test'
import { twoSidedPValue } from './normal-distribution.ts'

/** Values of the standard normal table in Abramowitz and Stegun, table 26.1 and 26.2, doubled tails. */
const TABLE: [z: number, p: number][] = [
	[0, 1], [1, 0.31731050786291415], [1.6448536269514722, 0.1], [1.959963984540054, 0.05], [2.5758293035489004, 0.01],
	[3, 0.0026997960632601866], [4, 6.334248366623996e-5], [5, 5.733031437583878e-7], [6, 1.973175290075396e-9], [8, 1.244192114854348e-15],
]

test('the two-sided p-value agrees with the tables of the normal distribution', () => {
	for (const [z, p] of TABLE) {
		assert.ok(Math.abs(twoSidedPValue(z) / p - 1) < 1e-11, `${z}: ${twoSidedPValue(z)} instead of ${p}`)
		assert.equal(twoSidedPValue(-z), twoSidedPValue(z))
	}
})

test('a missing z has no p-value, and an endless one has none left', () => {
	assert.ok(Number.isNaN(twoSidedPValue(NaN)))
	assert.equal(twoSidedPValue(Infinity), 0)
})
