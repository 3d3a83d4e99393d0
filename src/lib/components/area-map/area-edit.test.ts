import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addCorner, cornersOf, crossingOf, dropCorner, geoidsOf, togglePlace, type AreaFields } from './area-edit.ts'

const empty: AreaFields = { picked: [], geoids: '', corners: '', closed: false }

test('a place is picked by one tap and left out by the next, whichever field names it', () => {
	const one = togglePlace(empty, '99001010100')
	assert.deepEqual(geoidsOf(one), ['99001010100'])
	assert.deepEqual(togglePlace(one, '99001010100'), empty)
	const typed = { ...empty, geoids: '99001010100, 99001010200' }
	assert.deepEqual(geoidsOf(togglePlace(typed, '99001010100')), ['99001010200'])
	assert.equal(togglePlace(typed, '99001010300').geoids, typed.geoids, 'what was typed stays as it was typed')
})

test('a corner becomes a line of the field, and what was typed there stays', () => {
	const fields = addCorner({ ...empty, corners: '-84, 33\nhere\n' }, '-83, 33')
	assert.equal(fields.corners, '-84, 33\nhere\n-83, 33')
	assert.deepEqual(cornersOf(fields), [[-84, 33], [-83, 33]])
	assert.equal(dropCorner({ ...fields, closed: true }).corners, '-84, 33\nhere')
	assert.equal(dropCorner({ ...fields, closed: true }).closed, false)
	assert.equal(dropCorner(addCorner(empty, '1, 2')).corners, '')
})

test('crossing sides are found as soon as they stand, and the closing side only when it does', () => {
	const bow = { ...empty, corners: '0, 0\n4, 4\n4, 0\n0, 4' }
	assert.deepEqual(crossingOf(bow), [1, 3])
	const hook = { ...empty, corners: '0, 0\n4, 0\n4, 4\n2, -1' }
	assert.deepEqual(crossingOf(hook), [1, 3])
	const open = { ...empty, corners: '0, 0\n4, 0\n4, 4\n-1, 4\n-1, 2\n3, 2\n3, 1\n-2, 1' }
	assert.equal(crossingOf(open), undefined)
})
