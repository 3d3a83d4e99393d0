import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRefusal } from '../testing/refusals.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { readGeoJson, type GeoJsonOptions } from './geojson.ts'
import { layerKeys, selectFeatures } from './select-layer.ts'
import { readTopoJson } from './topojson.ts'

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const read = (value: unknown, options: Partial<GeoJsonOptions> = {}) => readGeoJson(bytesOf(value), { fileName: 'layer.geojson', ...options })
const feature = (geometry: unknown, properties: object = {}) => ({ type: 'Feature', geometry, properties })
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features })
const SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
const polygon = (...rings: number[][][]) => ({ type: 'Polygon', coordinates: rings })

test('polygons, multipolygons, collections and null geometries become features in order', () => {
	const far = SQUARE.map(([x, y]) => [x! + 5, y!])
	const layer = read(collection(
		feature(polygon(SQUARE)),
		feature(null),
		feature({ type: 'MultiPolygon', coordinates: [[SQUARE], [far]] }),
		feature({ type: 'GeometryCollection', geometries: [polygon(SQUARE), polygon(far)] }),
	))
	assert.deepEqual([...layer.featureOffsets], [0, 1, 1, 3, 5])
	assert.equal(read(feature(polygon(SQUARE))).featureCount, 1)
	assert.equal(read(polygon(SQUARE)).featureCount, 1)
})

test('properties become columns with null where a feature lacks them; ids become a column', () => {
	const layer = read(collection({ ...feature(null, { a: 1, __proto__2: 'x' }), id: 7 }, feature(null, { b: [1], constructor: true })))
	assert.deepEqual(layer.properties.get('a'), [1, null])
	assert.deepEqual(layer.properties.get('b'), [null, '[1]'])
	assert.deepEqual(layer.properties.get('id'), [7, null])
	assert.deepEqual(layer.properties.get('constructor'), [null, true])
	const hostile = read('{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"__proto__":"x"}}]}')
	assert.deepEqual([...hostile.properties], [['__proto__', ['x']]])
})

test('rings are closed, turned the right way round, and left out without area', () => {
	const hole = [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8]]
	const layer = read(collection(feature(polygon([...SQUARE].reverse(), hole, [[0, 0], [1, 1], [0, 0]]))))
	assert.deepEqual(layer.repairs, { closed: 1, turned: 2, dropped: 1 })
	assert.deepEqual([...layer.ringOffsets], [0, 5, 9])
	assert.deepEqual([...layer.coordinates.subarray(0, 10)], SQUARE.flat())
})

test('coordinates that are no longitude and latitude are refused: this looks projected', () => {
	const metres = SQUARE.map(([x, y]) => [x! + 740_000, y! + 3_730_000])
	assert.throws(() => read(collection(feature(null), feature(polygon(metres)))), isRefusal('looks_projected', { feature: 2, x: 740_000 }))
	assert.throws(() => read(collection(feature(polygon([[0, 0], [1e999, 0], [1, 1]] as number[][])))), isRefusal('geometry_damaged'))
	assert.throws(() => read('{"type":"Polygon","coordinates":[[[0,0],[1e999,0],[1,1]]]}'), isRefusal('coordinate_not_a_number', { feature: 1 }))
})

test('other geometry, deep nesting and damage are refused', () => {
	assert.throws(() => read(collection(feature({ type: 'Point', coordinates: [0, 0] }))), isRefusal('geometry_not_polygon', { feature: 1, type: 'Point' }))
	const nested = { type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [] }] }
	assert.throws(() => read(collection(feature(nested))), isRefusal('geometry_not_polygon', { type: 'GeometryCollection' }))
	assert.throws(() => read(`${'['.repeat(100_000)}`), isRefusal('json_too_deep', { limit: 12 }))
	assert.throws(() => read(JSON.stringify(collection(feature(polygon(SQUARE)))).slice(0, -4)), isRefusal('json_truncated'))
	assert.throws(() => read('{"type":}'), isRefusal('json_damaged'))
	assert.throws(() => read({ type: 'Topology' }), isRefusal('geojson_unknown_type', { type: 'Topology' }))
	assert.throws(() => read([1]), isRefusal('geojson_unknown_type'))
	assert.throws(() => read(collection(feature({ type: 'Polygon', coordinates: [[['0', 0]]] }))), isRefusal('geometry_damaged'))
})

test('limits of bytes, features and vertices are kept and can be raised', () => {
	const five = collection(...Array.from({ length: 5 }, () => feature(polygon(SQUARE))))
	assert.throws(() => read(five, { maxFeatures: 4 }), isRefusal('too_many_features', { limit: 4 }))
	assert.throws(() => read(five, { maxVertices: 24 }), isRefusal('too_many_vertices', { limit: 24 }))
	assert.throws(() => read(five, { maxFeatureVertices: 4 }), isRefusal('feature_too_large', { feature: 1, limit: 4 }))
	assert.throws(() => read(five, { maxBytes: 100 }), isRefusal('json_too_large'))
	assert.equal(read(five, { maxFeatures: 5, maxVertices: 25, maxFeatureVertices: 5 }).featureCount, 5)
})

test('no text makes the reader fail other than by a refusal', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 8 }), fc.nat(3), (json, form) => {
			const text = [json, `{"type":"FeatureCollection","features":[${json}]}`, `{"type":"Polygon","coordinates":${json}}`, json.slice(1)][form]!
			try {
				read(text)
			} catch (error) {
				assert.equal((error as Error).name, 'ReadRefusal', String((error as Error).stack))
			}
		}),
		{ numRuns: 1000 },
	)
})

test('keys of a layer must be there, filled and different', () => {
	const layer = read(collection(feature(null, { GEOID: '01', n: 1, k: 'x' }), feature(null, { GEOID: '02', n: 2 }), feature(null, { GEOID: '03', n: 1 })))
	assert.deepEqual(layerKeys(layer, 'GEOID', 'f'), ['01', '02', '03'])
	assert.throws(() => layerKeys(layer, 'FIPS', 'f'), isRefusal('key_column_missing', { available: 'GEOID, n, k' }))
	assert.throws(() => layerKeys(layer, 'n', 'f'), isRefusal('layer_key_twice', { feature: 3, first: 1, value: '1' }))
	assert.throws(() => layerKeys(layer, 'k', 'f'), isRefusal('layer_key_empty', { feature: 2 }))
})

test('chosen features are a layer of their own', () => {
	const layer = read(collection(feature(polygon(SQUARE), { k: 'a' }), feature(null, { k: 'b' }), feature(polygon(SQUARE.map(([x, y]) => [x! + 3, y!])), { k: 'c' })))
	const chosen = selectFeatures(layer, [2, 1])
	assert.deepEqual([...chosen.featureOffsets], [0, 1, 1])
	assert.deepEqual([chosen.coordinates[0], chosen.properties.get('k')], [3, ['c', 'b']])
})

test('TopoJSON arcs are joined forwards and backwards, quantised or not', () => {
	const objects = { a: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', arcs: [[0, 1]], id: '01', properties: { n: 1 } }, { type: 'Polygon', arcs: [[2, -2]] }, { type: null }] } }
	const plain = { type: 'Topology', objects, arcs: [[[0, 0], [2, 0]], [[2, 0], [2, 2], [0, 0]], [[0, 0], [0, 2], [2, 2], [0, 0]].slice(0, 1).concat([[0, 3], [3, 3], [2, 0]].slice(0, 2), [[0, 0]])] }
	const layer = readTopoJson(bytesOf({ ...plain, objects: { a: { type: 'GeometryCollection', geometries: [objects.a.geometries[0], { type: null }] } } }), { fileName: 't' })
	assert.deepEqual([...layer.coordinates], [0, 0, 2, 0, 2, 2, 0, 0])
	assert.deepEqual(layer.properties.get('id'), ['01', null])
	const quantised = { ...plain, transform: { scale: [0.5, 0.5], translate: [-10, 5] }, arcs: [[[0, 0], [2, 0]], [[2, 0], [0, 2], [-2, -2]]], objects: { b: { type: 'Polygon', arcs: [[0, 1]] } } }
	assert.deepEqual([...readTopoJson(bytesOf(quantised), { fileName: 't' }).coordinates], [-10, 5, -9, 5, -9, 6, -10, 5])
	const turned = { ...plain, arcs: [[[0, 0], [0, 2], [2, 2]], [[0, 0], [2, 2]]], objects: { c: { type: 'Polygon', arcs: [[1, -1]] } } }
	assert.deepEqual([...readTopoJson(bytesOf(turned), { fileName: 't' }).coordinates], [0, 0, 2, 2, 0, 2, 0, 0])
	assert.throws(() => readTopoJson(bytesOf({ ...plain, objects: { a: objects.a, b: objects.a } }), { fileName: 't' }), isRefusal('topojson_object_missing', { available: 'a, b' }))
	assert.throws(() => readTopoJson(bytesOf(turned), { fileName: 't', object: '__proto__' }), isRefusal('topojson_object_missing'))
})

test('the shared layers have the published number of features', { skip: sharedDataMissing }, () => {
	const tracts = (year: number) => readGeoJson(readSharedFile(`geometry/ga_tracts_${year}.geojson.gz`), { fileName: `${year}` })
	assert.deepEqual([tracts(2010).featureCount, tracts(2020).featureCount], [1966, 2791])
	const counties = readTopoJson(readSharedFile('geometry/us_counties_10m.topojson.gz'), { fileName: 'us', object: 'counties' })
	const fulton = layerKeys(counties, 'id', 'us').indexOf('13121')
	assert.equal(counties.properties.get('name')![fulton], 'Fulton')
	assert.deepEqual(tracts(2020).repairs.dropped, 0)
})
