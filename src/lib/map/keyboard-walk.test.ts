import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nearestInDirection } from './keyboard-walk.ts'

const square: [number, number][] = [[0, 0], [1, 0], [0, 1], [1, 1]]

test('an arrow leads to the neighbour on that side', () => {
	assert.equal(nearestInDirection(square, 0, 'east'), 1)
	assert.equal(nearestInDirection(square, 0, 'north'), 2)
	assert.equal(nearestInDirection(square, 3, 'west'), 2)
	assert.equal(nearestInDirection(square, 3, 'south'), 1)
})

test('where nothing lies that way one stays', () => {
	assert.equal(nearestInDirection(square, 0, 'west'), 0)
})

test('the walk begins in the north', () => {
	assert.equal(nearestInDirection([[5, 5], [0, 9], [3, 1]], undefined, 'east'), 1)
})

test('every place can be left in some direction, so nobody is trapped', () => {
	const point = fc.tuple(fc.double({ min: -85, max: -83, noNaN: true }), fc.double({ min: 32, max: 34, noNaN: true }))
	fc.assert(
		fc.property(fc.uniqueArray(point, { minLength: 2, maxLength: 40, selector: ([x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}` }), (points) =>
			points.every((_, from) => (['north', 'south', 'east', 'west'] as const).some((arrow) => nearestInDirection(points, from, arrow) !== from)),
		),
	)
})
