import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readGeoJson } from './geojson.ts'
import { prepareBorder } from './shared-border.ts'

type Ring = [number, number][]
const square = (west: number, south: number): Ring => [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
const layerOf = (...rings: Ring[]) => readGeoJson(new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features: rings.map((ring) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } })) })), { fileName: 'test.geojson' })

test('neighbours share an edge and its length, or a corner and no length, and those apart nothing', () => {
	const layer = layerOf(square(0, 0), square(1, 0), square(1, 1), square(3, 0))
	const shared = prepareBorder(layer, 0)
	const [beside, corner, apart] = [1, 2, 3].map((other) => shared(layer, other))
	assert.equal(beside!.corners, 2)
	assert.ok(Math.abs(beside!.meters - 111_195) < 1, String(beside!.meters))
	assert.deepEqual([corner, apart], [{ corners: 1, meters: 0 }, { corners: 0, meters: 0 }])
})

test('of any two squares of a grid each shares with the other what the other shares with it', () => {
	const cell = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -60, max: 60 }))
	fc.assert(
		fc.property(cell, cell, (a, b) => {
			const layer = layerOf(square(...a), square(...b))
			const [one, other] = [prepareBorder(layer, 0)(layer, 1), prepareBorder(layer, 1)(layer, 0)]
			assert.equal(one.corners, other.corners)
			assert.ok(Math.abs(one.meters - other.meters) < 1e-6)
			const distance = Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]))
			assert.equal(one.corners > 0, distance <= 1)
		}),
	)
})
