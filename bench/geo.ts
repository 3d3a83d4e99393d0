import { once } from 'node:events'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import GeoJSONVT from 'geojson-vt'
import { buildTiles, prepareTiles, tilePlan, type PolygonLayer } from '@throughline/geo'
import { tessellation } from '@throughline/geo/testing'
import type { TileBatch, TileWork } from './geo-tile-worker.ts'
import type { Benchmark } from './measure.ts'

/** vt-pbf brings no types. */
const vtpbf = createRequire(import.meta.url)('vt-pbf') as { fromGeojsonVt(layers: object, options: { version: number }): Uint8Array }

const FIRST_GEOID = 10_000_000_000
const ZOOMS = { minZoom: 4, maxZoom: 10 }
const OPTIONS = { ...ZOOMS, layerName: 'places' }

interface Result {
	ms: number
	tiles: number
	bytes: number
	largest: number
}

/** 85,000 polygons of about 100 vertices with shared borders, over the contiguous United States. */
const drawLayer = () => tessellation({ columns: 340, rows: 250 })
let peerResult: Result | undefined

function sum(tiles: Iterable<Uint8Array>): Omit<Result, 'ms'> {
	const result = { tiles: 0, bytes: 0, largest: 0 }
	for (const { length } of tiles) {
		result.tiles++
		result.bytes += length
		result.largest = Math.max(result.largest, length)
	}
	return result
}

function* oneByOne(layer: PolygonLayer): Generator<Uint8Array> {
	const propertiesOf = (feature: number) => ({ GEOID: String(FIRST_GEOID + feature) })
	for (const { data } of buildTiles(prepareTiles(layer), { ...OPTIONS, propertiesOf })) yield data
}

/** Preparation in this thread, tiles in as many threads as there are processors. */
async function inThreads(layer: PolygonLayer): Promise<Omit<Result, 'ms'>> {
	const source = prepareTiles(layer, { shared: true })
	const plan = tilePlan(source, ZOOMS).sort((a, b) => b.weight - a.weight)
	const next = new Int32Array(new SharedArrayBuffer(4))
	const workerData: TileWork = { source, plan, options: OPTIONS, firstGeoid: FIRST_GEOID, next }
	const tiles: Uint8Array[] = []
	const workers = Array.from({ length: availableParallelism() }, () => {
		const worker = new Worker(new URL('./geo-tile-worker.ts', import.meta.url), { workerData })
		return once(worker.on('message', (batch: TileBatch) => tiles.push(...batch.tiles)), 'exit')
	})
	await Promise.all(workers)
	return sum(tiles)
}

/** The same layer as GeoJSON objects, as the peer takes it. */
function asGeoJson(layer: PolygonLayer): GeoJSON.FeatureCollection {
	const features = Array.from({ length: layer.featureCount }, (_, i): GeoJSON.Feature => {
		const [start, end] = [layer.ringOffsets[i]!, layer.ringOffsets[i + 1]!]
		const ring = Array.from({ length: end - start }, (_, k) => [layer.coordinates[2 * (start + k)]!, layer.coordinates[2 * (start + k) + 1]!])
		return { type: 'Feature', id: i, properties: { i, GEOID: String(FIRST_GEOID + i) }, geometry: { type: 'Polygon', coordinates: [ring] } }
	})
	return { type: 'FeatureCollection', features }
}

function* peerTiles(geojson: GeoJSON.FeatureCollection): Generator<Uint8Array> {
	const index = new GeoJSONVT(geojson, { maxZoom: ZOOMS.maxZoom, indexMaxZoom: ZOOMS.maxZoom, indexMaxPoints: 0 })
	for (const { z, x, y } of index.tileCoords) {
		const tile = z >= ZOOMS.minZoom ? index.getTile(z, x, y) : null
		if (tile && tile.features.length > 0) yield vtpbf.fromGeojsonVt({ places: tile }, { version: 2 })
	}
}

function measurePeer(layer: PolygonLayer): Result {
	if (peerResult) return peerResult
	const geojson = asGeoJson(layer)
	const start = performance.now()
	const result = sum(peerTiles(geojson))
	return (peerResult = { ...result, ms: performance.now() - start })
}

function noteOf(ours: Omit<Result, 'ms'>, peer: Result): string {
	const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0)
	const describe = ({ tiles, bytes, largest }: Omit<Result, 'ms'>) =>
		`${tiles.toLocaleString('en')} tiles, ${megabytes(bytes)} MB, largest ${Math.round(largest / 1000)} kB`
	return `${describe(ours)}; peer ${describe(peer)}; single run, reading of the file left out`
}

export const benchmarks: Benchmark[] = [
	{
		name: 'tiles, 85,000 polygons of 100 vertices, z4-10, one thread',
		peer: 'geojson-vt 5 + vt-pbf',
		async run() {
			const layer = drawLayer()
			const start = performance.now()
			const ours = sum(oneByOne(layer))
			const oursMs = performance.now() - start
			const peer = measurePeer(layer)
			return { oursMs, peerMs: peer.ms, note: noteOf(ours, peer) }
		},
	},
	{
		name: `the same tiles, ${availableParallelism()} threads`,
		peer: 'geojson-vt 5 + vt-pbf (one thread)',
		async run() {
			const layer = drawLayer()
			const start = performance.now()
			const ours = await inThreads(layer)
			const oursMs = performance.now() - start
			const peer = measurePeer(layer)
			return { oursMs, peerMs: peer.ms, note: noteOf(ours, peer) }
		},
	},
]
