import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeShapefile, makeShp, makeDbf, WGS84 } from '../testing/make-shapefile.ts'
import { makeZip } from '../testing/make-zip.ts'
import { isRefusal } from '../testing/refusals.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { readGeoJson } from './geojson.ts'
import { layerKeys } from './select-layer.ts'
import { readShapefile, type ShapefileOptions } from './shapefile.ts'

const square = (x: number, y: number, size: number) => [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]]
const FIELDS = [{ name: 'GEOID', type: 'C', length: 6 }]
const read = (bytes: Uint8Array, options: Partial<ShapefileOptions> = {}) => readShapefile(bytes, { fileName: 'layer.zip', ...options })
const TWO = { shapes: [[square(0, 0, 1)], [square(2, 0, 1)]], fields: FIELDS, records: [['01003'], ['13121']] }

test('polygons, attributes and null shapes stay in step', () => {
	const layer = read(makeShapefile({ shapes: [[square(0, 0, 1)], null], fields: FIELDS, records: [['01003'], ['13121']] }))
	assert.deepEqual([...layer.featureOffsets], [0, 1, 1])
	assert.deepEqual(layer.properties.get('GEOID'), ['01003', '13121'])
	assert.deepEqual([...layer.coordinates], [0, 0, 1, 0, 1, 1, 0, 1, 0, 0])
})

test('holes go to the outer ring around them, islands in holes are polygons of their own', () => {
	const hole = square(1, 1, 4).reverse()
	const rings = [square(20, 0, 2), hole, square(0, 0, 10), square(2, 2, 1), square(20.5, 0.5, 1).reverse()]
	for (const type of [5, 15, 25]) {
		const layer = read(makeShapefile({ shapes: [rings], type, fields: FIELDS, records: [['1']] }))
		const counts = [...layer.polygonOffsets].slice(1).map((end, i) => end - layer.polygonOffsets[i]!)
		assert.deepEqual(counts, [2, 2, 1])
	}
})

test('attributes are texts, numbers, truth values and dates; blanks are null', () => {
	const fields = [['C', 5], ['N', 8], ['F', 8], ['L', 1], ['D', 8]].map(([type, length], i) => ({ name: `f${i}`, type: String(type), length: Number(length) }))
	const records = [['ab', '   -12', '1.5e3', 'T', '20200401'], ['', '********', '', '?', '']]
	const { properties } = read(makeShapefile({ shapes: [[square(0, 0, 1)], null], fields, records }))
	assert.deepEqual([...properties.values()], [['ab', ''], [-12, null], [1500, null], [true, null], ['2020-04-01', null]])
})

test('text is read in the encoding of the .cpg, the language byte, or as it proves valid', () => {
	const one = { shapes: [[square(0, 0, 1)]], fields: FIELDS, records: [['Doña']] }
	const name = (parts: object) => read(makeShapefile({ ...one, ...parts })).properties.get('GEOID')![0]
	assert.equal(name({ encoding: 'utf8', cpg: 'UTF-8' }), 'Doña')
	assert.equal(name({ encoding: 'latin1', cpg: 'ANSI 1252' }), 'Doña')
	assert.equal(name({ encoding: 'latin1', cpg: 'ISO-8859-1' }), 'Doña')
	assert.equal(name({ encoding: 'latin1', language: 0x57 }), 'Doña')
	assert.equal(name({ encoding: 'utf8' }), 'Doña')
	assert.equal(name({ encoding: 'latin1' }), 'Doña')
})

test('without .prj a shapefile is refused unless its projection is stated', () => {
	const bytes = makeShapefile({ ...TWO, prj: undefined })
	assert.throws(() => read(bytes), isRefusal('shapefile_without_projection', { file: 'layer.zip' }))
	assert.equal(read(bytes, { projection: 4269 }).featureCount, 2)
	assert.throws(() => read(bytes, { projection: 1 }), isRefusal('projection_unknown'))
	assert.throws(() => read(makeShapefile({ ...TWO, prj: 'PROJCS["nonsense"]' })), isRefusal('projection_unknown'))
})

test('projected coordinates under a wrong .prj are noticed', () => {
	const metres = { ...TWO, shapes: [[square(700_000, 3_700_000, 100)], null] }
	assert.throws(() => read(makeShapefile({ ...metres, prj: WGS84 })), isRefusal('looks_projected', { feature: 1 }))
	const [longitude, latitude] = read(makeShapefile({ ...metres, prj: undefined }), { projection: 26917 }).coordinates
	assert.ok(Math.abs(longitude! + 78.84) < 0.01 && Math.abs(latitude! - 33.42) < 0.01)
})

test('missing parts, several layers and parts that do not belong together are refused', () => {
	const [shp, dbf] = [makeShp(TWO.shapes), makeDbf(TWO)]
	assert.throws(() => read(makeZip([{ name: 'a.dbf', content: dbf }])), isRefusal('shapefile_part_missing', { ending: '.shp' }))
	assert.throws(() => read(makeZip([{ name: 'a.shp', content: shp }, { name: 'a.prj', content: WGS84 }])), isRefusal('shapefile_part_missing', { ending: '.dbf' }))
	const parts = ['a', 'b'].flatMap((name) => [{ name: `x/${name}.shp`, content: shp }, { name: `x/${name}.dbf`, content: dbf }, { name: `x/${name}.PRJ`, content: WGS84 }])
	assert.throws(() => read(makeZip(parts)), isRefusal('shapefile_several', { available: 'a, b' }))
	assert.equal(read(makeZip(parts), { layer: 'b' }).featureCount, 2)
	assert.throws(() => read(makeShapefile({ ...TWO, records: [['1'], ['2'], ['3']] })), isRefusal('shapefile_counts_differ', { shapes: 2, rows: 3 }))
	assert.throws(() => read(makeShapefile({ ...TWO, type: 3 })), isRefusal('geometry_not_polygon', { feature: 1 }))
})

test('a .shp or .dbf that was cut off is refused at any length', () => {
	const [shp, dbf] = [makeShp(TWO.shapes), makeDbf(TWO)]
	const zip = (a: Uint8Array, b: Uint8Array) => makeZip([{ name: 'a.shp', content: a }, { name: 'a.dbf', content: b }, { name: 'a.prj', content: WGS84 }])
	for (let length = 0; length < shp.length; length++) assert.throws(() => read(zip(shp.subarray(0, length), dbf)), isRefusal('shp_truncated'))
	for (let length = 0; length < dbf.length; length++) {
		assert.throws(() => read(zip(shp, dbf.subarray(0, length))), (error: { code?: string }) => /^dbf_(truncated|damaged)$/.test(error.code!))
	}
})

test('no damage in .shp or .dbf makes the reader fail other than by a refusal, or hang', { timeout: 60_000 }, () => {
	const parts = [makeShp([[square(0, 0, 9), square(1, 1, 1).reverse()], null, [square(2, 0, 1)]]), makeDbf({ fields: FIELDS, records: [['1'], ['2'], ['3']] })]
	const change = fc.tuple(fc.nat(1), fc.nat(400), fc.constantFrom(0, 1, 127, 128, 255))
	fc.assert(
		fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
			const [shp, dbf] = parts.map((bytes) => Buffer.from(bytes))
			for (const [part, at, value] of changes) if (at < [shp, dbf][part]!.length) [shp, dbf][part]![at] = value
			const bytes = makeZip([{ name: 'a.shp', content: shp! }, { name: 'a.dbf', content: dbf! }, { name: 'a.prj', content: WGS84 }])
			try {
				read(bytes)
			} catch (error) {
				assert.equal((error as Error).name, 'ReadRefusal', String((error as Error).stack))
			}
		}),
		{ numRuns: 1500 },
	)
})

test('the projected tracts of Georgia agree with the published longitudes and latitudes to 1e-5 degree', { skip: sharedDataMissing }, () => {
	const projected = read(readSharedFile('geometry/ga_tracts_2020_utm17n_shp.zip'))
	const published = readGeoJson(readSharedFile('geometry/ga_tracts_2020.geojson.gz'), { fileName: 'ga_tracts_2020.geojson' })
	assert.deepEqual([projected.featureCount, published.featureCount], [2791, 2791])
	const ordinal = new Map(layerKeys(published, 'GEOID', 'geojson').map((key, i) => [key, i]))
	const vertices = (layer: typeof projected, feature: number) => {
		const rings = [layer.featureOffsets[feature]!, layer.featureOffsets[feature + 1]!].map((polygon) => layer.polygonOffsets[polygon]!)
		return layer.coordinates.subarray(2 * layer.ringOffsets[rings[0]!]!, 2 * layer.ringOffsets[rings[1]!]!)
	}
	let worst = 0
	layerKeys(projected, 'GEOID', 'shapefile').forEach((key, i) => {
		const [ours, theirs] = [vertices(projected, i), vertices(published, ordinal.get(key)!)]
		assert.equal(ours.length, theirs.length, key)
		ours.forEach((value, at) => (worst = Math.max(worst, Math.abs(value - theirs[at]!))))
	})
	assert.ok(worst < 1e-5, String(worst))
})
