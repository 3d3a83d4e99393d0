import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRefusal } from '../testing/refusals.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { tessellation } from '../testing/tessellation.ts'
import { decodeRings, encodeChunks, encodeRings, vertexCount } from './encode-rings.ts'
import { featureGeometry } from './feature-geometry.ts'
import { readGeoJson } from './geojson.ts'
import { joinLayers } from './join-layers.ts'
import { labelPoint } from './label-point.ts'
import { LayerBuilder } from './layer-builder.ts'
import { areaSquareMeters, featureBounds, layerBounds } from './measures.ts'
import { PlaceFinder } from './place-finder.ts'
import type { PolygonLayer } from './polygon-layer.ts'
import { readShapefile } from './shapefile.ts'
import { drawPicture, projectForPicture } from '../pictures/project-for-picture.ts'
import { prepareTiles } from '../tiles/tile-source.ts'

/** Features → polygons → rings → positions. */
function layerOf(features: number[][][][][]): PolygonLayer {
	const builder = new LayerBuilder({ fileName: 'test' })
	for (const polygons of features) {
		for (const rings of polygons) {
			for (const ring of rings) {
				for (const [x, y] of ring) builder.addVertex(x!, y!)
				builder.endRing()
			}
			builder.endPolygon()
		}
		builder.endFeature([])
	}
	return builder.build()
}

const georgia = () => readShapefile(readSharedFile('geometry/ga_tracts_2020_utm17n_shp.zip'), { fileName: 'ga_tracts_2020.zip' })
const box = (x: number, y: number, w: number, h: number) => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]]

test('packed rings come back within half of 1e-7 degree, chunk by chunk', () => {
	const position = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true })).map(([x, y]) => [x, y])
	const ring = fc.array(position, { minLength: 3, maxLength: 12 })
	const features = fc.array(fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { maxLength: 3 }), { maxLength: 6 })
	fc.assert(
		fc.property(features, fc.integer({ min: 1, max: 4 }), (drawn, size) => {
			const layer = layerOf(drawn)
			let [vertex, count] = [0, 0]
			for (const chunk of encodeChunks(layer, size)) {
				const back = decodeRings(chunk.bytes)
				assert.equal(back.featureCount, chunk.count)
				assert.equal(back.coordinates.length / 2, vertexCount(layer, chunk.first, chunk.count))
				for (const value of back.coordinates) assert.ok(Math.abs(value - layer.coordinates[vertex++]!) <= 0.51e-7)
				assert.deepEqual(encodeRings(back), chunk.bytes)
				count += chunk.count
			}
			assert.deepEqual([count, vertex], [layer.featureCount, layer.coordinates.length])
		}),
		{ numRuns: 300 },
	)
})

test('chunks put together are the layer again, and its GeoJSON is read back', () => {
	const layer = tessellation({ columns: 5, rows: 4, verticesPerBorder: 3 })
	const whole = joinLayers([...encodeChunks(layer, 7)].map(({ bytes }) => decodeRings(bytes)))
	assert.deepEqual({ ...whole, properties: 0 }, { ...layer, properties: 0 })
	assert.deepEqual(joinLayers([layer, layerOf([[]])]).properties.get('GEOID')!.length, 21)
	const features = Array.from({ length: 20 }, (_, i) => ({ type: 'Feature', geometry: featureGeometry(layer, i), properties: { GEOID: layer.properties.get('GEOID')![i] } }))
	const text = JSON.stringify({ type: 'FeatureCollection', features })
	assert.deepEqual(readGeoJson(new TextEncoder().encode(text), { fileName: 'test' }), layer)
	assert.equal(featureGeometry(layerOf([[]]), 0), null)
})

test('damaged packed rings are refused', () => {
	const bytes = encodeRings(layerOf([[[box(0, 0, 1, 1)]]]))
	for (let length = 0; length < bytes.length; length++) assert.throws(() => decodeRings(bytes.subarray(0, length)), isRefusal('rings_damaged'))
	assert.throws(() => decodeRings(Uint8Array.of(1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 127)), isRefusal('rings_damaged'))
})

test('cells of one degree add up to the published surface of the Earth, 510,065,621.7 km²; holes are taken out', () => {
	const column = layerOf(Array.from({ length: 180 }, (_, i) => [[box(0, i - 90, 1, 1)]]))
	const surface = 360 * areaSquareMeters(column).reduce((sum, area) => sum + area, 0)
	assert.ok(Math.abs(surface / 510_065_621_724_000 - 1) < 1e-9, String(surface))
	const [holed] = areaSquareMeters(layerOf([[[box(0, 0, 1, 1), box(0.25, 0.25, 0.5, 0.5)]]]))
	assert.ok(Math.abs(holed! / areaSquareMeters(column)[90]! - 0.75) < 1e-5)
})

test('areas of the tracts of Georgia agree with their published land and water', { skip: sharedDataMissing }, () => {
	const layer = georgia()
	const [land, water] = ['ALAND', 'AWATER'].map((name) => layer.properties.get(name) as number[])
	const ratios = Array.from(areaSquareMeters(layer), (area, i) => area / (land![i]! + water![i]!)).sort((a, b) => a - b)
	const at = (share: number) => ratios[Math.floor(share * ratios.length)]!
	assert.ok(Math.abs(at(0.5) - 1) < 0.001, String(at(0.5)))
	// The layer is generalised and cut at the coast, so some tracts really differ from their published area.
	assert.ok(at(0.03) > 0.99 && at(0.97) < 1.01, `${at(0.03)} ${at(0.97)}`)
})

test('bounds are west, south, east, north; a feature without geometry has none', () => {
	const layer = layerOf([[[box(1, 2, 3, 4)]], []])
	assert.deepEqual([...featureBounds(layer)], [1, 2, 4, 6, NaN, NaN, NaN, NaN])
	assert.deepEqual(layerBounds(layer), [1, 2, 4, 6])
})

test('the label point of a crescent lies in the crescent, of a ring not in its hole', () => {
	const crescent = layerOf([[[[[0, 0], [10, 0], [10, 10], [0, 10], [0, 9], [9, 9], [9, 1], [0, 1]]]], [[box(0, 0, 10, 10), box(1, 1, 8, 8)]], []])
	const finder = new PlaceFinder(crescent)
	const [x, y] = labelPoint(crescent, 0)
	assert.equal(finder.findPlace(x, y), 0)
	const [u, v] = labelPoint(crescent, 1)
	assert.ok(u < 1 || u > 9 || v < 1 || v > 9)
	assert.deepEqual(labelPoint(crescent, 2), [NaN, NaN])
})

test('every label point of a tessellation is found in its own place; outside nothing is found', () => {
	const layer = tessellation({ columns: 30, rows: 20, verticesPerBorder: 6, bounds: [-90, 30, -80, 37] })
	const finder = new PlaceFinder(layer)
	for (let i = 0; i < layer.featureCount; i++) assert.equal(finder.findPlace(...labelPoint(layer, i)), i)
	for (const [x, y] of [[-91, 33], [-79, 33], [-85, 29], [-85, 38], [NaN, 33]]) assert.equal(finder.findPlace(x!, y!), undefined)
	assert.deepEqual(new PlaceFinder(layerOf([[]])).findPlace(0, 0), undefined)
	assert.equal(finder.listWithin(-90, 30, -80, 37).length, 600)
})

test('every label point of Georgia lies in its own tract', { skip: sharedDataMissing }, () => {
	const layer = georgia()
	const finder = new PlaceFinder(layer)
	for (let i = 0; i < layer.featureCount; i++) assert.equal(finder.findPlace(...labelPoint(layer, i)), i)
	const atCapitol = finder.findPlace(-84.3882, 33.7491)!
	assert.equal(layer.properties.get('NAMELSADCO')![atCapitol], 'Fulton County')
})

/** Positions of a path made of M, l and z with whole numbers. */
function positionsOf(path: string): string[] {
	return path.split('M').slice(1).flatMap((part) => {
		const numbers = part.match(/-?\d+/g)!.map(Number)
		let [x, y] = [0, 0]
		return Array.from({ length: numbers.length / 2 }, (_, i) => {
			x += numbers[2 * i]!
			y += numbers[2 * i + 1]!
			return `${x} ${y}`
		})
	})
}

test('a picture keeps within its box, keeps shared borders, and draws each feature once', () => {
	const layer = tessellation({ columns: 10, rows: 8, bounds: [-90, 30, -80, 37] })
	const picture = projectForPicture(layer, { widthPixels: 600 })
	assert.equal(picture.paths.length, 80)
	let shared = 0
	const [here, right] = [12, 13].map((i) => new Set(positionsOf(picture.paths[i]!)))
	for (const position of here!) if (right!.has(position)) shared++
	assert.ok(shared > 3)
	for (const position of picture.paths.flatMap(positionsOf)) {
		const [x, y] = position.split(' ').map(Number)
		assert.ok(x! >= 0 && x! <= picture.width && y! >= 0 && y! <= picture.height)
	}
	const [x, y] = picture.positionOf(-85, 33.5)
	assert.ok(x > 550 && x < 650 && y > 300 && y < 600)
	assert.equal(projectForPicture(layerOf([[]]), { widthPixels: 100 }).paths[0], '')
})

test('the picture of metro Atlanta takes less than 80 kB of paths', { skip: sharedDataMissing }, () => {
	const layer = georgia()
	const counties = ['057', '063', '067', '089', '097', '113', '117', '121', '135', '151', '247']
	const subset = layer.properties.get('COUNTYFP')!.flatMap((county, i) => (counties.includes(String(county)) ? [i] : []))
	const picture = drawPicture(prepareTiles(layer), { widthPixels: 800, subset })
	assert.equal(picture.paths.length, 1248)
	assert.ok(picture.paths.every((path) => path !== ''))
	const bytes = picture.paths.join('').length
	assert.ok(bytes < 80_000, String(bytes))
})
