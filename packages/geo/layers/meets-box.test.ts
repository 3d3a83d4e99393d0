import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { intersection } from 'polyclip-ts'
import { readGeoJson } from './geojson.ts'
import { featureMeetsBox } from './meets-box.ts'

type Ring = [number, number][]
type Box = [number, number, number, number]

const layerOf = (...rings: Ring[]) => readGeoJson(new TextEncoder().encode(JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: rings } })), { fileName: 'test.geojson' })
const square = (west: number, south: number, side: number): Ring => [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
const hole = (west: number, south: number, side: number): Ring => square(west, south, side).toReversed()

test('a box meets a feature that it overlaps, holds, lies in, crosses or touches, and no other', () => {
	const layer = layerOf(square(0, 0, 10), hole(4, 4, 4))
	const cases: [Box, boolean][] = [
		[[-1, -1, 1, 1], true], [[-5, -5, 20, 20], true], [[1, 1, 2, 2], true], [[-5, 1, 20, 2], true], [[10, 3, 12, 4], true], [[10, 10, 11, 11], true],
		[[5, 5, 6, 6], false], [[4, 4, 5, 5], true], [[11, 0, 12, 10], false], [[-5, 11, 20, 12], false], [[3, 3, 9, 9], true], [[2, 2, 2, 2], true], [[6, 6, 6, 6], false],
	]
	for (const [box, expected] of cases) assert.equal(featureMeetsBox(layer, 0, box), expected, box.join())
})

test('a box in the corner of a feature’s own box that its outline does not reach is not met', () => {
	const triangle = layerOf([[0, 0], [10, 0], [0, 10], [0, 0]])
	assert.equal(featureMeetsBox(triangle, 0, [8, 8, 9, 9]), false)
	assert.equal(featureMeetsBox(triangle, 0, [4, 4, 9, 9]), true)
})

test('for outlines and boxes of any kind the answer is that of clipping one by the other', () => {
	// Off the grid of each other, so that nothing only touches: what clips gives no area for that.
	const radius = fc.integer({ min: 1000, max: 10_000 }).map((n) => n / 1000)
	const degree = fc.integer({ min: -12_000, max: 12_000 }).map((n) => n / 1000 + 0.00037)
	fc.assert(
		fc.property(fc.array(radius, { minLength: 3, maxLength: 12 }), degree, degree, degree, degree, (radii, a, b, c, d) => {
			const ring: Ring = radii.map((r, i) => [r * Math.cos((2 * Math.PI * i) / radii.length), r * Math.sin((2 * Math.PI * i) / radii.length)])
			ring.push(ring[0]!)
			const box: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
			fc.pre(box[2] - box[0] > 1e-3 && box[3] - box[1] > 1e-3)
			const clipped = intersection([ring], [[[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]], [box[0], box[1]]]])
			assert.equal(featureMeetsBox(layerOf(ring), 0, box), clipped.length > 0)
		}),
		{ numRuns: 300 },
	)
})
