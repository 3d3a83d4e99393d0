import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findCrossing, findProperCrossing, readCornerLines, writeCorners, type Corner } from './corners.ts'

test('a line is a corner, or says where it stands and what it holds', () => {
	assert.deepEqual(readCornerLines('-84.4, 33.7\n\n-84.3;33.8\r\nhere\n-184, 33\n-84 33 2'), [
		{ corner: [-84.4, 33.7] }, { corner: [-84.3, 33.8] }, { line: 4, text: 'here' }, { line: 5, text: '-184, 33' }, { line: 6, text: '-84 33 2' },
	])
})

test('what is written as lines is read back to a tenth of a metre', () => {
	const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((millionths) => millionths / 1e6)
	fc.assert(fc.property(fc.array(fc.tuple(degrees(180), degrees(90)), { minLength: 1 }), (corners) => {
		assert.deepEqual(readCornerLines(writeCorners(corners)), corners.map(([x, y]) => ({ corner: [x + 0, y + 0] })))
	}))
})

test('sides that cross, touch or lie on each other are found, and named by the corners they begin at', () => {
	assert.equal(findCrossing([[0, 0], [4, 0], [4, 4], [0, 4]]), undefined)
	assert.deepEqual(findCrossing([[0, 0], [4, 4], [4, 0], [0, 4]]), [1, 3], 'a bow')
	assert.deepEqual(findCrossing([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]]), [1, 3], 'a corner upon a side')
	assert.deepEqual(findCrossing([[0, 0], [4, 0], [2, 0], [2, 3]]), [1, 2], 'a way back')
	assert.deepEqual(findCrossing([[0, 0], [4, 0], [4, 4], [0, 4], [0, -2], [0, 1]]), [1, 4], 'through the first corner')
	assert.equal(findCrossing([[0, 0], [4, 4], [4, 0], [0, 4]].slice(0, 3) as unknown as Corner[]), undefined)
	assert.equal(findCrossing([[0, 0], [4, 0], [4, 4], [2, -1]], true)?.join(), '1,3')
})

test('an open line has no side from its last corner to its first', () => {
	const bow: Corner[] = [[0, 0], [4, 0], [4, 4], [3, 1], [5, 2]]
	assert.deepEqual(findCrossing(bow, false), [2, 4])
	const turning: Corner[] = [[0, 0], [4, 0], [4, 4], [-1, 4], [-1, 2], [3, 2], [3, 1], [-2, 1]]
	assert.equal(findCrossing(turning, false), undefined)
})

test('corners around a middle never cross, and any two of them exchanged in a row do', () => {
	fc.assert(fc.property(fc.integer({ min: 4, max: 24 }), fc.nat(), fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 24, maxLength: 24 }), (count, pick, radii) => {
		const star = Array.from({ length: count }, (_, i): Corner => [radii[i]! * Math.cos((2 * Math.PI * i) / count), radii[i]! * Math.sin((2 * Math.PI * i) / count)])
		assert.equal(findCrossing(star), undefined)
		const round = star.map(([x, y]): Corner => [x / Math.hypot(x, y), y / Math.hypot(x, y)])
		const at = pick % (count - 1)
		const turned = round.with(at, round[at + 1]!).with(at + 1, round[at]!)
		assert.ok(findCrossing(turned))
	}))
})

test('the sweep finds a proper crossing exactly where comparing every two sides does, and leaves sides alone that only touch', () => {
	const point = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
	const turn = (a: Corner, b: Corner, c: Corner) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
	fc.assert(fc.property(fc.array(point, { minLength: 3, maxLength: 14 }), (corners) => {
		const side = (n: number) => [corners[n]!, corners[(n + 1) % corners.length]!] as const
		const crosses = (a: number, b: number) => {
			const [[p, q], [r, s]] = [side(a), side(b)]
			return turn(p, q, r) * turn(p, q, s) < 0 && turn(r, s, p) * turn(r, s, q) < 0
		}
		const any = corners.some((_, a) => corners.some((_, b) => crosses(a, b)))
		const found = findProperCrossing(corners)
		assert.equal(found !== undefined, any)
		if (found) assert.ok(crosses(found[0] - 1, found[1] - 1))
	}))
	assert.equal(findProperCrossing([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]]), undefined, 'a corner upon a side')
})
