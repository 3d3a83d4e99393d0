import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildTile, PlaceFinder, prepareTiles } from '@throughline/geo'
import { tessellation } from '@throughline/geo/testing'
import { placeInTile, tileAt } from './place-at.ts'

const ZOOM = 11
const bounds: [number, number, number, number] = [-84.6, 33.6, -84.2, 34]
const layer = tessellation({ columns: 12, rows: 12, bounds, seed: 3 })
const source = prepareTiles(layer)
const geoids = layer.properties.get('GEOID')!.map(String)
const propertiesOf = (i: number) => ({ GEOID: geoids[i]!, name: `Tract ${i}` })
const finder = new PlaceFinder(layer)
/** About what one unit of a tile is at this zoom; borders are drawn to the nearest unit and simplified by one more. */
const BORDER_DEGREES = 0.0004

test('the place found in a tile is the one that holds the point, anywhere but within some metres of a border', () => {
	const point = fc.tuple(fc.double({ min: bounds[0], max: bounds[2], noNaN: true }), fc.double({ min: bounds[1], max: bounds[3], noNaN: true }))
	let compared = 0
	fc.assert(fc.property(point, ([longitude, latitude]) => {
		const around = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]].map(([dx, dy]) => finder.findPlace(longitude + dx! * BORDER_DEGREES, latitude + dy! * BORDER_DEGREES))
		if (around[0] === undefined || around.some((ordinal) => ordinal !== around[0])) return
		const { column, row, x, y } = tileAt(ZOOM, { longitude, latitude })
		const tile = buildTile(source, ZOOM, column, row, { minZoom: ZOOM, maxZoom: ZOOM, layerName: 'places', propertiesOf })!
		assert.deepEqual(placeInTile(tile.data, x, y), { geoid: geoids[around[0]], name: `Tract ${around[0]}` })
		compared++
	}), { numRuns: 300 })
	assert.ok(compared > 100, String(compared))
})

test('a point outside every place finds none', () => {
	const { column, row } = tileAt(ZOOM, { longitude: -84.4, latitude: 33.8 })
	const tile = buildTile(source, ZOOM, column, row, { minZoom: ZOOM, maxZoom: ZOOM, layerName: 'other' })!
	assert.equal(placeInTile(tile.data, 0.5, 0.5), undefined, 'a tile without the layer')
	assert.deepEqual(tileAt(0, { longitude: 0, latitude: 0 }), { column: 0, row: 0, x: 0.5, y: 0.5 })
})
