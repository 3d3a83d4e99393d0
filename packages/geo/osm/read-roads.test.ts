import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ReadRefusal } from '../read-refusal.ts'
import { inPieces, isRefusal, makeOsm } from '../testing/index.ts'
import { block, type OsmParts } from '../testing/make-osm.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { worldX, worldY } from '../tiles/tile-source.ts'
import { readRoads, ROAD_CLASSES } from './read-roads.ts'

/** Constructed: no such place. Identifiers are beyond 32 bits, as in the real map. */
const FIRST = 11_000_000_000
const parts: OsmParts = {
	nodes: [
		...[0, 1, 2, 3, 4].map((i) => ({ id: FIRST + i, longitude: -84 + i / 100, latitude: 33 + i / 200 })),
		{ id: FIRST + 10, longitude: -84.02, latitude: 33.01, tags: { place: 'town', name: 'Peñasco', 'name:en': 'Rock' } },
		{ id: FIRST + 11, longitude: -84.03, latitude: 33.02, tags: { place: 'village' } },
		{ id: FIRST + 12, longitude: -84.04, latitude: 33.03, tags: { place: 'sea', name: 'Nowhere' } },
	],
	ways: [
		{ id: 1, tags: { highway: 'motorway_link', oneway: 'yes' }, refs: [FIRST, FIRST + 1, FIRST + 2] },
		{ id: 2, tags: { highway: 'secondary' }, refs: [FIRST + 2, FIRST + 3, FIRST + 99, FIRST + 3, FIRST + 4] },
		{ id: 3, tags: { highway: 'footway' }, refs: [FIRST, FIRST + 4] },
		{ id: 4, tags: { building: 'yes' }, refs: [FIRST, FIRST + 4] },
	],
}
/** The header's block is the same in every constructed extract; data blocks follow it. */
const HEADER_BYTES = block('OSMHeader', Buffer.from('\x22\x0eOsmSchema-V0.6\x22\x0aDenseNodes', 'latin1'), 'raw').length
const read = (bytes: Uint8Array, size = 7, options = {}) => readRoads(() => inPieces(bytes, size), { fileName: 'extract.osm.pbf', ...options })

test('a ramp counts as its road, a way is cut where the extract lacks a node, and small ways are left out', async () => {
	const roads = await read(makeOsm(parts))
	assert.deepEqual(Array.from(roads.classes, (index) => ROAD_CLASSES[index]), ['motorway', 'secondary', 'secondary'])
	assert.deepEqual([...roads.offsets], [0, 3, 5, 7])
	const at = (i: number) => [worldX(-84 + i / 100), worldY(33 + i / 200)]
	assert.deepEqual([...roads.points], [0, 1, 2, 2, 3, 3, 4].flatMap(at))
	assert.deepEqual([...roads.wayCounts], [['motorway', 1], ['trunk', 0], ['primary', 0], ['secondary', 1], ['tertiary', 0]])
})

test('settlements that have a name are labels, others are not', async () => {
	const { labels } = await read(makeOsm(parts))
	assert.deepEqual(labels, [{ name: 'Peñasco', kind: 'town', x: worldX(-84.02), y: worldY(33.01) }])
})

test('the same elements give the same roads, however they are written and cut into pieces', async () => {
	const expected = await read(makeOsm(parts))
	for (const more of [{ plainNodes: true }, { packing: 'raw' }] as const) for (const size of [1, 64, 100_000]) assert.deepEqual(await read(makeOsm({ ...parts, ...more }), size), expected)
	const backwards = await read(makeOsm({ ...parts, nodes: parts.nodes.toReversed() }))
	assert.deepEqual(backwards.points, expected.points, 'nodes need not be sorted')
})

test('what lies outside the box is left out, but a road that enters it stays whole', async () => {
	const roads = await read(makeOsm(parts), 64, { within: [-84.001, 32.99, -83.995, 33.001] })
	assert.deepEqual([[...roads.offsets], roads.labels], [[0, 3], []])
})

test('a file that is none, one that is cut anywhere, and a damaged one are each refused, with the block', async () => {
	const bytes = makeOsm(parts)
	for (const other of [Buffer.from('GEOID,name\n1,a\n'), Buffer.alloc(0), Buffer.alloc(100), block('OSMData', Buffer.alloc(3))]) {
		await assert.rejects(read(other), isRefusal('osm_not_an_extract', { file: 'extract.osm.pbf' }))
	}
	for (let length = 40; length < bytes.length; length += 37) {
		await assert.rejects(read(bytes.subarray(0, length)), (cause: { code?: string; parameters?: { block?: number } }) => cause.code === 'osm_truncated' && cause.parameters!.block! >= 1)
	}
	const damaged = Buffer.from(bytes)
	damaged.fill(0xff, damaged.length - 30)
	await assert.rejects(read(damaged), isRefusal('osm_damaged', { file: 'extract.osm.pbf', block: 3 }))
})

test('no change of bytes whatever makes the reader fail other than by a refusal', async () => {
	for (const packing of ['raw', 'zlib'] as const) {
		const bytes = makeOsm({ ...parts, packing })
		const change = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })
		await fc.assert(fc.asyncProperty(change, async (changes) => {
			const changed = Buffer.from(bytes)
			for (const [at, value] of changes) changed[at] = value
			await read(changed, 4096).catch((cause: unknown) => assert.ok(cause instanceof ReadRefusal, String((cause as Error).stack)))
		}), { numRuns: 400 })
	}
})

test('an extract that asks for what is not known here is refused by name, and so is another way of packing', async () => {
	await assert.rejects(read(makeOsm({ ...parts, features: ['OsmSchema-V0.6', 'Locations.Sparse'] })), isRefusal('osm_feature_unknown', { file: 'extract.osm.pbf', block: 1, feature: 'Locations.Sparse' }))
	await assert.rejects(read(makeOsm({ ...parts, packing: 'lz4' })), isRefusal('osm_packing_unknown', { file: 'extract.osm.pbf', block: 2 }))
})

test('a block that unpacks to more than the format allows is refused before it fills the memory', async () => {
	const bomb = Buffer.concat([makeOsm(parts), block('OSMData', Buffer.alloc(40_000_000))])
	await assert.rejects(read(bomb, 1 << 20), isRefusal('osm_damaged', { file: 'extract.osm.pbf', block: 4 }))
})

test('more roads than the limit are refused', async () => {
	await assert.rejects(read(makeOsm(parts), 64, { maxVertices: 4 }), isRefusal('osm_too_large', { file: 'extract.osm.pbf', millions: 4 / 1e6 }))
})

test('an extract of 20 million nodes is streamed: memory grows with the roads and not with the file', { timeout: 120_000 }, async () => {
	const header = makeOsm({ nodes: [], ways: [] }).subarray(0, HEADER_BYTES)
	const nodes = makeOsm({ nodes: Array.from({ length: 8000 }, (_, i) => ({ id: FIRST + i, longitude: -84 + i / 1e5, latitude: 33 })), ways: [] }).subarray(HEADER_BYTES)
	const ways = makeOsm({ nodes: [], ways: [{ id: 1, tags: { highway: 'trunk' }, refs: [FIRST, FIRST + 7999] }] }).subarray(HEADER_BYTES)
	async function* file(): AsyncGenerator<Uint8Array> {
		yield header
		for (let sent = 0; sent < 2500; sent++) {
			yield nodes
			most = Math.max(most, process.memoryUsage().rss - before)
		}
		yield ways
	}
	const before = process.memoryUsage().rss
	let most = 0
	const roads = await readRoads(file, { fileName: 'large.osm.pbf' })
	assert.equal(roads.points.length, 4)
	assert.ok(most < 160_000_000, `${Math.round(most / 1e6)} MB`)
})

test('Porto Alegre has the ways of each class that an independent count found', { skip: sharedDataMissing }, async () => {
	// Counted once with a decoder of protocol buffers written for that purpose in another language: ramps with their roads.
	const roads = await read(readSharedFile('transit/porto_alegre/poa_osm.pbf'), 65_536)
	assert.deepEqual([...roads.wayCounts], [['motorway', 3], ['trunk', 0], ['primary', 574], ['secondary', 1623], ['tertiary', 1698]])
	assert.equal(roads.classes.length, 3 + 574 + 1623 + 1698, 'the extract lacks no node of them')
	for (let v = 0; v < roads.points.length; v += 2) {
		assert.ok(roads.points[v]! > worldX(-51.4) && roads.points[v]! < worldX(-51) && roads.points[v + 1]! > worldY(-29.9) && roads.points[v + 1]! < worldY(-30.4))
	}
})
