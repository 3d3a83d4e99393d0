import assert from 'node:assert/strict'
import { test } from 'node:test'
import { triangulate } from './palette-map.ts'

/** Area of the triangles of each place, in square pixels. */
function areas(paths: string[]): number[] {
	const corners = triangulate(paths)
	const sums = paths.map(() => 0)
	for (let i = 0; i < corners.length; i += 9) {
		const [ax, ay, place, bx, by, , cx, cy] = corners.subarray(i, i + 9) as unknown as [number, number, number, number, number, number, number, number]
		sums[place]! += Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
	}
	return sums
}

test('a square, a square with a hole, and two islands keep their areas', () => {
	assert.deepEqual(areas([
		'M0 0l10 0 0 10 -10 0z',
		'M20 0l10 0 0 10 -10 0zm2 2l0 6 6 0 0 -6z',
		'M40 0l10 0 0 10 -10 0zm20 0l5 0 0 5 -5 0z',
	]), [100, 64, 125])
})

test('a place without an outline has no triangles', () => {
	assert.deepEqual(areas(['', 'M0 0l1 0z']), [0, 0])
})
