import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LayerBuilder } from '../layers/layer-builder.ts'
import type { PolygonLayer } from '../layers/polygon-layer.ts'
import { readGeoJson } from '../layers/geojson.ts'
import { decodeTile, doubleAreaOf } from '../testing/decode-tile.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { tessellation } from '../testing/tessellation.ts'
import { buildBlock, buildTile, buildTiles, type Tile, type TileOptions } from './build-tiles.ts'
import { tilePlan } from './tile-plan.ts'
import { prepareTiles } from './tile-source.ts'

const LAYER = tessellation({ columns: 24, rows: 16, bounds: [-90, 30, -80, 37] })
const SOURCE = prepareTiles(LAYER)
const OPTIONS: TileOptions = {
	minZoom: 3,
	maxZoom: 8,
	layerName: 'places',
	propertiesOf: (i) => ({ GEOID: LAYER.properties.get('GEOID')![i] as string }),
}
const TILES = [...buildTiles(SOURCE, OPTIONS)]
const keyOf = (tile: Tile) => `${tile.z}/${tile.x}/${tile.y}`

/** A layer of one-ring polygons. */
function layerOf(...rings: [number, number][][]): PolygonLayer {
	const builder = new LayerBuilder({ fileName: 'test' })
	for (const ring of rings) {
		for (const [x, y] of ring) builder.addVertex(x, y)
		builder.endRing()
		builder.endPolygon()
		builder.endFeature([])
	}
	return builder.build()
}

test('a tile is version 2, carries the ordinal as id and as i, and the given properties', () => {
	for (const tile of TILES) {
		const [layer, ...others] = decodeTile(tile.data)
		assert.deepEqual([layer!.name, layer!.version, layer!.extent, others.length], ['places', 2, 4096, 0])
		for (const { id, properties } of layer!.features) {
			assert.deepEqual(properties, { i: id, GEOID: String(10_000_000_000 + id) })
		}
	}
})

test('geometry stays within the tile and its buffer, outer rings run clockwise on the screen', () => {
	for (const tile of TILES) {
		for (const { rings } of decodeTile(tile.data)[0]!.features) {
			assert.ok(rings.length > 0)
			for (const ring of rings) {
				assert.ok(ring.length >= 6 && doubleAreaOf(ring) > 0)
				assert.ok(ring.every((value) => value >= -64 && value <= 4160))
			}
		}
	}
})

test('neighbours keep one border: inside the layer the areas of a tile add up to the whole tile, exactly', () => {
	const [west, east] = [(-89.9 + 180) / 360, (-80.1 + 180) / 360]
	let whole = 0
	for (const tile of TILES) {
		const scale = 2 ** tile.z
		const isInside = tile.x / scale > west + 0.002 && (tile.x + 1) / scale < east - 0.002
		const area = decodeTile(tile.data)[0]!.features.reduce((sum, { rings }) => sum + rings.reduce((part, ring) => part + doubleAreaOf(ring), 0), 0) / 2
		assert.ok(area <= 4224 ** 2)
		if (isInside && area === 4224 ** 2) whole++
		const top = TILES.some((other) => other.z === tile.z && other.x === tile.x && other.y === tile.y - 1)
		const bottom = TILES.some((other) => other.z === tile.z && other.x === tile.x && other.y === tile.y + 1)
		if (isInside && top && bottom) assert.equal(area, 4224 ** 2, keyOf(tile))
	}
	assert.ok(whole > 20)
})

test('a tile on demand has the same bytes as in the whole pyramid, and so has every block in any order', () => {
	const bytes = new Map(TILES.map((tile) => [keyOf(tile), tile.data]))
	for (const tile of TILES) assert.deepEqual(buildTile(SOURCE, tile.z, tile.x, tile.y, OPTIONS)!.data, tile.data)
	const again = tilePlan(prepareTiles(LAYER, { shared: true }), OPTIONS).reverse().flatMap((block) => [...buildBlock(SOURCE, block, OPTIONS)])
	assert.equal(again.length, TILES.length)
	for (const tile of again) assert.deepEqual(tile.data, bytes.get(keyOf(tile)))
})

test('tiles outside the zooms or the world do not exist', () => {
	for (const [z, x, y] of [[2, 1, 1], [9, 130, 200], [5, -1, 12], [5, 0, 32], [5, 1, 1]]) {
		assert.equal(buildTile(SOURCE, z!, x!, y!, OPTIONS), undefined)
	}
})

test('a feature smaller than a unit keeps a mark at every zoom', () => {
	const tiny = layerOf([[10, 10], [10.00001, 10], [10.00001, 10.00001], [10, 10.00001]])
	const tiles = [...buildTiles(prepareTiles(tiny), { minZoom: 0, maxZoom: 6, layerName: 'a' })]
	assert.deepEqual([...new Set(tiles.map(({ z }) => z))], [0, 1, 2, 3, 4, 5, 6])
})

test('a feature without geometry is in no tile and disturbs no other', () => {
	const builder = new LayerBuilder({ fileName: 'test' })
	builder.endFeature([])
	for (const [x, y] of [[0, 0], [5, 0], [5, 5], [0, 5]]) builder.addVertex(x!, y!)
	builder.endRing()
	builder.endPolygon()
	builder.endFeature([])
	const tiles = [...buildTiles(prepareTiles(builder.build()), { minZoom: 0, maxZoom: 3, layerName: 'a' })]
	assert.ok(tiles.length >= 4)
	assert.ok(tiles.every((tile) => decodeTile(tile.data)[0]!.features.every(({ id }) => id === 1)))
})

test('a hole stays a hole and matches the polygon that fills it', () => {
	const builder = new LayerBuilder({ fileName: 'test' })
	const hole: [number, number][] = [[2, 2], [3, 1.5], [4, 2], [4.2, 3], [4, 4], [3, 4.3], [2, 4], [1.7, 3]]
	for (const ring of [[[0, 0], [6, 0], [6, 6], [0, 6]], hole]) {
		for (const [x, y] of ring) builder.addVertex(x!, y!)
		builder.endRing()
	}
	builder.endPolygon()
	builder.endFeature([])
	for (const [x, y] of [...hole.slice(3), ...hole.slice(0, 3)]) builder.addVertex(x, y)
	builder.endRing()
	builder.endPolygon()
	builder.endFeature([])
	const source = prepareTiles(builder.build())
	for (const tolerance of [0, 3, 40, 200]) {
		const tile = buildTile(source, 5, 16, 15, { minZoom: 0, maxZoom: 6, layerName: 'a', tolerance })!
		const [outside, inside] = decodeTile(tile.data)[0]!.features
		assert.deepEqual([outside!.rings.length, inside!.rings.length], [2, 1])
		assert.equal(doubleAreaOf(outside!.rings[1]!), -doubleAreaOf(inside!.rings[0]!))
	}
})

test('a tile over the limit is simplified, then loses texts, then its smallest features, and says so', () => {
	const free = buildTile(SOURCE, 3, 2, 3, OPTIONS)!
	assert.equal(free.report, undefined)
	const seen = new Set<string>()
	for (let limit = free.data.length; limit > 1500; limit = Math.floor(limit * 0.8)) {
		const tile = buildTile(SOURCE, 3, 2, 3, { ...OPTIONS, maxTileBytes: limit })!
		assert.ok(tile.data.length <= limit, `${tile.data.length} > ${limit}`)
		if (tile.report) seen.add(`${tile.report.textsLeftOut} ${tile.report.featuresLeftOut > 0}`)
		const ids = decodeTile(tile.data)[0]!.features.map(({ id }) => id)
		assert.equal(ids.length + (tile.report?.featuresLeftOut ?? 0), decodeTile(free.data)[0]!.features.length)
	}
	assert.ok(seen.has('true false') && seen.has('true true'))
})

test('all tracts of Georgia are in the tiles of every zoom', { skip: sharedDataMissing }, () => {
	const layer = readGeoJson(readSharedFile('geometry/ga_tracts_2020.geojson.gz'), { fileName: 'ga_tracts_2020.geojson' })
	const seen = new Map<number, Set<number>>()
	for (const tile of buildTiles(prepareTiles(layer), { minZoom: 4, maxZoom: 10, layerName: 'tracts' })) {
		assert.ok(tile.data.length <= 500_000)
		const ids = seen.get(tile.z) ?? new Set()
		for (const { id } of decodeTile(tile.data)[0]!.features) ids.add(id)
		seen.set(tile.z, ids)
	}
	assert.deepEqual([...seen].map(([zoom, ids]) => [zoom, ids.size]), [4, 5, 6, 7, 8, 9, 10].map((zoom) => [zoom, 2791]))
})
