// The abstract tests of OGC API – Tiles – Part 1: Core 1.0, annex A, one by one; and TileJSON 3.0.0.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PbfReader } from 'pbf'
import { VectorTile } from '@mapbox/vector-tile'
import { openSample, type Application } from './application.ts'
import { faultsOf, readInterface, type Interface } from './described-interface.ts'

const MVT = 'application/vnd.mapbox-vector-tile'
const TILESETS = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector'
const TILING_SCHEME = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme'
const SET_URI = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad'
const CLASSES = ['core', 'tileset', 'tilesets-list', 'dataset-tilesets', 'geodata-tilesets', 'mvt', 'oas30'].map((name) => `http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${name}`)

interface Link { href: string; rel: string; type?: string; templated?: boolean }
interface Limits { tileMatrix: string; minTileRow: number; maxTileRow: number; minTileCol: number; maxTileCol: number }
interface TileSet { dataType: string; crs: string; tileMatrixSetURI: string; links: Link[]; tileMatrixSetLimits: Limits[]; layers: { id: string; propertiesSchema: { properties: object } }[] }

let application: Application
let root: string
let described: Interface

before(async () => {
	application = await openSample()
	root = `${application.url}/ogc`
	described = await readInterface(`${root}/api`)
})
after(() => application?.stop())

const read = async <T>(address: string) => (await (await fetch(address)).json()) as T
const linkTo = (links: Link[], rel: string) => links.find((link) => link.rel === rel)!
const setOf = (base = '') => read<TileSet>(`${root}${base}/tiles/WebMercatorQuad`)
const tileAt = ({ links }: TileSet, matrix: string | number, row: string | number, column: string | number) =>
	fetch(linkTo(links, 'item').href.replace('{tileMatrix}', String(matrix)).replace('{tileRow}', String(row)).replace('{tileCol}', String(column)))

function assertDescribed(path: string, body: unknown): void {
	assert.deepEqual(faultsOf(described, described.paths[path]!.get.responses['200']!.content!['application/json']!.schema, body), [], path)
}

/** West, south, east, north of a tile in degrees. */
function boundsOf(z: number, row: number, column: number): [number, number, number, number] {
	const longitude = (x: number) => (x / 2 ** z) * 360 - 180
	const latitude = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI
	return [longitude(column), latitude(row + 1), longitude(column + 1), latitude(row)]
}

const BASES = ['', '/collections/tract-2020', '/collections/tract-2010']

test('tiles are had by a template whose variables are matrix, row and column of the set: /conf/core/tc-op', async () => {
	for (const base of BASES) {
		const set = await setOf(base)
		const { tileMatrix, minTileRow, minTileCol } = set.tileMatrixSetLimits.at(-4)!
		const answer = await tileAt(set, tileMatrix, minTileRow, minTileCol)
		assert.ok([200, 204].includes(answer.status), `${base} ${answer.status}`)
	}
})

for (const name of ['tilematrix', 'tilerow', 'tilecol'] as const) {
	test(`the variable of a tile is defined in the path: /conf/core/tc-${name}-definition`, () => {
		const paths = Object.entries(described.paths).filter(([path]) => path.endsWith('/{tileMatrix}/{tileRow}/{tileCol}'))
		assert.equal(paths.length, 2)
		for (const [, { get }] of paths) assert.ok(get.parameters.some((parameter) => parameter.name.toLowerCase() === name && parameter.in === 'path' && parameter.required))
	})
}

test('a tile shows features within its own area, in the type asked for: /conf/core/tc-success', async () => {
	const set = await setOf('/collections/tract-2020')
	let features = 0
	const { tileMatrix, minTileRow, maxTileRow, minTileCol, maxTileCol } = set.tileMatrixSetLimits.find((limits) => limits.tileMatrix === '8')!
	const places = await read<{ items: { geoid: string; bbox: [number, number, number, number] }[] }>(`${application.url}/api/v1/places?limit=1000`)
	const boxes = new Map(places.items.map(({ geoid, bbox }) => [geoid, bbox]))
	for (let row = minTileRow; row <= maxTileRow; row++) {
		for (let column = minTileCol; column <= maxTileCol; column++) {
			const answer = await tileAt(set, tileMatrix, row, column)
			if (answer.status === 204) continue
			assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, MVT])
			const layer = new VectorTile(new PbfReader(await answer.arrayBuffer())).layers.places!
			const [west, south, east, north] = boundsOf(8, row, column)
			// A tile is drawn with a little of its neighbours.
			const edge = (east - west) / 8
			for (let i = 0; i < layer.length; i++) {
				const [left, bottom, right, top] = boxes.get(String(layer.feature(i).properties.GEOID))!
				assert.ok(left <= east + edge && right >= west - edge && bottom <= north + edge && top >= south - edge)
				features++
			}
		}
	}
	assert.ok(features >= 250)
})

test('a tile outside the limits is not there, and an empty one has no content: /conf/core/tc-error', async () => {
	const set = await setOf()
	const limits = set.tileMatrixSetLimits.at(-1)!
	const outside: [string | number, string | number, string | number][] = [
		[limits.tileMatrix, limits.minTileRow - 1, limits.minTileCol], [limits.tileMatrix, limits.minTileRow, limits.maxTileCol + 1], [limits.tileMatrix, 2 ** 11, 0], [2, 0, 0], [25, 0, 0],
		[limits.tileMatrix, '-1', 0], [limits.tileMatrix, 'a', 0], ['x', 0, 0], [limits.tileMatrix, '1e9', 0],
	]
	for (const [matrix, row, column] of outside) assert.equal((await tileAt(set, matrix, row, column)).status, 404, [matrix, row, column].join('/'))
	const statuses = new Set<number>()
	for (let row = limits.minTileRow; row <= limits.maxTileRow; row++) statuses.add((await tileAt(set, limits.tileMatrix, row, limits.minTileCol)).status)
	assert.ok([...statuses].every((status) => status === 200 || status === 204))
	assert.equal((await fetch(`${root}/tiles/WorldCRS84Quad/4/1/1`)).status, 404)
})

test('the classes that the server follows are declared: /conf/core/conformance-success', async () => {
	const { conformsTo } = await read<{ conformsTo: string[] }>(`${root}/conformance`)
	for (const name of CLASSES) assert.ok(conformsTo.includes(name), name)
})

test('a tile set is described with its scheme, template, limits and layer: /conf/tileset/description', async () => {
	for (const base of BASES) {
		const set = await setOf(base)
		assertDescribed(`${base && '/collections/{collectionId}'}/tiles/{tileMatrixSetId}`, set)
		assert.equal(set.tileMatrixSetURI, SET_URI)
		const item = linkTo(set.links, 'item')
		assert.deepEqual([item.templated, item.type], [true, MVT])
		for (const variable of ['{tileMatrix}', '{tileRow}', '{tileCol}']) assert.ok(item.href.includes(variable))
		const scheme = await read<{ uri: string; tileMatrices: { id: string; matrixWidth: number }[] }>(linkTo(set.links, TILING_SCHEME).href)
		assertDescribed('/tileMatrixSets/{tileMatrixSetId}', scheme)
		assert.equal(scheme.uri, SET_URI)
		for (const { tileMatrix, maxTileCol } of set.tileMatrixSetLimits) assert.ok(maxTileCol < scheme.tileMatrices.find(({ id }) => id === tileMatrix)!.matrixWidth)
	}
})

test('the lists of tile sets lead to each set and its scheme: /conf/tilesets-list/tileset-links', async () => {
	for (const base of BASES) {
		const list = await read<{ tilesets: TileSet[] }>(`${root}${base}/tiles`)
		assertDescribed(`${base && '/collections/{collectionId}'}/tiles`, list)
		assert.equal(list.tilesets.length, 1)
		for (const { dataType, crs, links, tileMatrixSetURI } of list.tilesets) {
			assert.deepEqual([dataType, crs, tileMatrixSetURI], ['vector', 'http://www.opengis.net/def/crs/EPSG/0/3857', SET_URI])
			assert.equal(linkTo(links, 'self').href, `${root}${base}/tiles/WebMercatorQuad`)
			assert.equal((await fetch(linkTo(links, TILING_SCHEME).href)).status, 200)
		}
	}
})

test('the landing page leads to the tiles of the region: /conf/dataset-tilesets/landingpage', async () => {
	const { links } = await read<{ links: Link[] }>(root)
	assert.equal(linkTo(links, TILESETS).href, `${root}/tiles`)
	const schemes = await read<{ tileMatrixSets: { id: string; links: Link[] }[] }>(linkTo(links, 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes').href)
	assertDescribed('/tileMatrixSets', schemes)
	assert.deepEqual(schemes.tileMatrixSets.map(({ id }) => id), ['WebMercatorQuad'])
})

test('the tiles of the region are those of its main geography: /conf/dataset-tilesets/operation', async () => {
	assert.equal((await fetch(`${root}/tiles`)).status, 200)
	const { tileMatrix, minTileRow, minTileCol } = (await setOf()).tileMatrixSetLimits[0]!
	const bytes = async (set: TileSet) => Buffer.from(await (await tileAt(set, tileMatrix, minTileRow, minTileCol)).arrayBuffer())
	assert.ok((await bytes(await setOf())).equals(await bytes(await setOf('/collections/tract-2020'))))
})

test('every collection leads to its tiles: /conf/geodata-tilesets/desc-links', async () => {
	const { collections } = await read<{ collections: { id: string; links: Link[] }[] }>(`${root}/collections`)
	for (const { id, links } of collections) assert.equal(linkTo(links, TILESETS).href, `${root}/collections/${id}/tiles`)
})

test('the tile sets of every collection are there, and of no other: /conf/geodata-tilesets/operation', async () => {
	for (const base of BASES.slice(1)) assert.equal((await fetch(`${root}${base}/tiles`)).status, 200)
	assert.equal((await fetch(`${root}/collections/nothing/tiles`)).status, 404)
})

test('a tile is a Mapbox Vector Tile of version 2 with the layer and the properties of its description: /conf/mvt/content', async () => {
	for (const base of BASES) {
		const set = await setOf(base)
		const { tileMatrix, minTileRow, minTileCol } = set.tileMatrixSetLimits[0]!
		const answer = await tileAt(set, tileMatrix, minTileRow, minTileCol)
		assert.equal(answer.headers.get('content-type'), MVT)
		const { layers } = new VectorTile(new PbfReader(await answer.arrayBuffer()))
		assert.deepEqual(Object.keys(layers), set.layers.map(({ id }) => id))
		assert.equal(layers.places!.version, 2)
		assert.deepEqual(Object.keys(layers.places!.feature(0).properties).sort(), ['GEOID', 'i', 'name'])
		assert.deepEqual(Object.keys(set.layers[0]!.propertiesSchema.properties).sort(), ['GEOID', 'i', 'name'])
	}
})

test('every address of the tiles is in the definition: /conf/oas30/completeness', () => {
	const expected = ['/tileMatrixSets', '/tileMatrixSets/{tileMatrixSetId}', ...['', '/collections/{collectionId}'].flatMap((base) => ['', '/{tileMatrixSetId}', '/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}'].map((rest) => `${base}/tiles${rest}`))]
	for (const path of expected) assert.ok(described.paths[path], path)
	assert.ok(described.paths['/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}']!.get.responses['200']!.content![MVT])
})

test('operations are found by the endings of their names: /conf/oas30/operation-id', () => {
	const names = Object.values(described.paths).map(({ get }) => get.operationId)
	const endings = [
		'.dataset.vector.getTileSetsList', '.dataset.vector.getTileSet', '.dataset.vector.getTile',
		'.collection.vector.getTileSetsList', '.collection.vector.getTileSet', '.collection.vector.getTile', '.getTileMatrixSetsList', '.getTileMatrixSet',
	]
	for (const ending of endings) assert.equal(names.filter((name) => name.endsWith(ending)).length, 1, ending)
})

test('the TileJSON of a geography says version, box, zooms and layer, and its address gives tiles', async () => {
	for (const geography of ['tract-2020', 'tract-2010']) {
		const answer = await fetch(`${application.url}/tiles/${geography}.json`)
		assert.deepEqual([answer.status, answer.headers.get('content-type'), answer.headers.get('access-control-allow-origin')], [200, 'application/json', '*'])
		const said = (await answer.json()) as { tilejson: string; scheme: string; version: string; tiles: string[]; minzoom: number; maxzoom: number; bounds: number[]; center: number[]; vector_layers: { id: string; fields: object }[] }
		assert.deepEqual([said.tilejson, said.scheme, said.minzoom, said.maxzoom], ['3.0.0', 'xyz', 4, 11])
		assert.match(said.version, /^\d+\.\d+\.\d+$/)
		const [west, south, east, north] = said.bounds as [number, number, number, number]
		const [longitude, latitude, zoom] = said.center as [number, number, number]
		assert.ok(west >= -180 && east <= 180 && south >= -90 && north <= 90 && west < longitude && longitude < east && south < latitude && latitude < north && zoom >= 4 && zoom <= 11)
		assert.deepEqual(said.vector_layers.map(({ id, fields }) => [id, Object.keys(fields)]), [['places', ['i', 'GEOID', 'name']]])
		const [x, y] = [Math.floor(((longitude + 180) / 360) * 2 ** 4), Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** 4)]
		const tile = await fetch(said.tiles[0]!.replace('{z}', '4').replace('{x}', String(x)).replace('{y}', String(y)))
		assert.deepEqual([tile.status, tile.headers.get('access-control-allow-origin')], [200, '*'])
	}
	assert.equal((await fetch(`${application.url}/tiles/nothing.json`)).status, 404)
})
