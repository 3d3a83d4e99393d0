import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keptPromise, unmetShare } from './convening.ts'
import { moveUp } from './seats.ts'

const line = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 }).map((sizes) => sizes.map((partySize, n) => ({ id: String(n), partySize })))

test('those who move up are the first of the line that the room can hold at all, fit together, and the next one would not fit', () => {
	fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 80 }), line, (capacity, taken, waiting) => {
		const moved = moveUp(capacity, taken, waiting)
		const able = waiting.filter(({ partySize }) => partySize <= capacity)
		assert.deepEqual(moved, able.slice(0, moved.length).map(({ id }) => id))
		const seats = able.slice(0, moved.length).reduce((sum, { partySize }) => sum + partySize, taken)
		if (moved.length > 0) assert.ok(seats <= capacity)
		const next = able[moved.length]
		if (next) assert.ok(seats + next.partySize > capacity)
	}))
})

test('without a number of seats everybody moves up', () => {
	assert.deepEqual(moveUp(undefined, 1000, [{ id: 'a', partySize: 20 }, { id: 'b', partySize: 1 }]), ['a', 'b'])
})

test('a promise is kept by the same level or a higher one', () => {
	assert.ok(keptPromise('consult', 'consult') && keptPromise('consult', 'defer_to'))
	assert.ok(!keptPromise('collaborate', 'inform'))
})

test('the unmet share of support is between nothing and all, and is not claimed where nobody asked', () => {
	assert.equal(unmetShare(4, 1), 0.75)
	assert.equal(unmetShare(4, 9), 0)
	assert.equal(unmetShare(0, 3), undefined)
})
