import assert from 'node:assert/strict'
import { test } from 'node:test'
import { divergingColours, sequentialColours } from './map-legend.ts'

test('the worse side of the middle is brown, whichever side it is', () => {
	assert.deepEqual(divergingColours(0, [10, 20, 30, 40], 20, true), ['split-0', 'split-1', 'split-5', 'split-6'])
	assert.deepEqual(divergingColours(0, [10, 20, 30, 40], 20, false), ['split-6', 'split-5', 'split-1', 'split-0'])
})

test('a class that reaches across the middle has the colour of the middle', () => {
	assert.deepEqual(divergingColours(0, [10, 20, 30], 15, true), ['split-0', 'split-3', 'split-6'])
	assert.deepEqual(divergingColours(0, [1, 2, 3, 4, 5, 6, 7], 3.5, true), [0, 1, 2, 3, 4, 5, 6].map((step) => `split-${step}`))
})

test('the short side is as strong as the same distance on the long one', () => {
	assert.deepEqual(divergingColours(0, [10, 20, 30, 40], 10, true), ['split-2', 'split-4', 'split-5', 'split-6'])
})

test('more than three classes on a side are refused, because colours cannot tell them apart', () => {
	assert.equal(divergingColours(0, [1, 2, 3, 4, 5], 1, true), undefined)
})

test('a sequential map has a colour of its own for each class', () => {
	assert.equal(new Set(sequentialColours(7)).size, 7)
})
