import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import initGeos from 'geos-wasm'
import { intersection, type Geom } from 'polyclip-ts'
import { joinOverlays, overlayRanges, prepareOverlay, type OverlayAreas, type PolygonLayer } from '@throughline/geo'
import { tessellation } from '@throughline/geo/testing'
import type { Benchmark } from './measure.ts'
import type { OverlayPart, OverlayWork } from './overlay-worker.ts'

const THREADS = 2
const SAMPLE = 200

async function overlay(source: PolygonLayer, target: PolygonLayer): Promise<OverlayAreas> {
	const plan = prepareOverlay(source, target, { shared: true })
	const workerData: OverlayWork = { plan, ranges: overlayRanges(plan, 64), next: new Int32Array(new SharedArrayBuffer(4)) }
	const parts: OverlayPart[] = []
	await Promise.all(Array.from({ length: THREADS }, () => {
		const worker = new Worker(new URL('./overlay-worker.ts', import.meta.url), { workerData })
		return once(worker.on('message', (part: OverlayPart) => (parts[part.range] = part)), 'exit')
	}))
	return joinOverlays(plan, parts)
}

/** A feature of one ring as the peer takes it. */
function ringOf(layer: PolygonLayer, feature: number): Geom {
	const ring: [number, number][] = []
	for (let v = layer.ringOffsets[feature]!; v < layer.ringOffsets[feature + 1]!; v++) ring.push([layer.coordinates[2 * v]!, layer.coordinates[2 * v + 1]!])
	return [ring]
}

/** The peer's time for pairs spread evenly over all that were found, in milliseconds per pair; it makes shapes, and its areas are left out. */
function peerPerPair(source: PolygonLayer, target: PolygonLayer, { sources, targets }: OverlayAreas): number {
	const pairs = Array.from({ length: SAMPLE }, (_, i) => Math.floor((i * sources.length) / SAMPLE))
		.map((k): [Geom, Geom] => [ringOf(source, sources[k]!), ringOf(target, targets[k]!)])
	const start = performance.now()
	for (const [a, b] of pairs) intersection(a, b)
	return (performance.now() - start) / SAMPLE
}

type Geos = Awaited<ReturnType<typeof initGeos>>

/** The features of a layer as shapes in the memory of GEOS. */
function shapesOf(geos: Geos, layer: PolygonLayer): number[] {
	const reader = geos.GEOSWKTReader_create()
	return Array.from({ length: layer.ringOffsets.length - 1 }, (_, feature) => {
		const [ring] = ringOf(layer, feature) as [[number, number][]]
		const text = `POLYGON((${[...ring, ring[0]!].map((point) => point.join(' ')).join(',')}))`
		const at = geos.Module._malloc(text.length + 1)
		geos.Module.stringToUTF8(text, at, text.length + 1)
		// Some borders of the synthetic layer cross themselves; GEOS refuses those unless they are mended first.
		const shape = geos.GEOSMakeValid(geos.GEOSWKTReader_read(reader, at))
		geos.Module._free(at)
		return shape as number
	})
}

/** Milliseconds that GEOS takes for the areas that pairs share, reading of the shapes left out. */
function timeOfGeos(geos: Geos, source: PolygonLayer, target: PolygonLayer, { sources, targets }: OverlayAreas): number {
	const [a, b] = [shapesOf(geos, source), shapesOf(geos, target)]
	const at = geos.Module._malloc(8)
	const start = performance.now()
	for (let k = 0; k < sources.length; k++) {
		const shared = geos.GEOSIntersection(a[sources[k]!]!, b[targets[k]!]!)
		geos.GEOSArea(shared, at)
		geos.GEOSGeom_destroy(shared)
	}
	return performance.now() - start
}

export const benchmarks: Benchmark[] = [
	{
		name: 'areas shared by 2,700 × 7,500 polygons of 97 vertices, 2 threads',
		peer: 'geos-wasm 3.1 (GEOS 3.13), one thread',
		async run() {
			const source = tessellation({ columns: 60, rows: 45, verticesPerBorder: 24 })
			const target = tessellation({ columns: 100, rows: 75, verticesPerBorder: 24, seed: 2 })
			const start = performance.now()
			const ours = await overlay(source, target)
			const oursMs = performance.now() - start
			const peerMs = timeOfGeos(await initGeos(), source, target, ours)
			return { oursMs, peerMs, note: `${ours.squareMeters.length.toLocaleString('en')} pairs; ours finds the pairs too; peer: their intersection and its area, search and reading left out` }
		},
	},
	{
		name: `areas shared by 85,000 × 240,000 polygons of 97 vertices, ${THREADS} threads`,
		peer: 'polyclip-ts 0.16 (one thread)',
		async run() {
			const source = tessellation({ columns: 340, rows: 250, verticesPerBorder: 24 })
			const target = tessellation({ columns: 600, rows: 400, verticesPerBorder: 24, seed: 2 })
			const start = performance.now()
			const processor = process.cpuUsage()
			const areas = await overlay(source, target)
			const oursMs = performance.now() - start
			const { user, system } = process.cpuUsage(processor)
			const perPair = peerPerPair(source, target, areas)
			const pairs = areas.sources.length
			const gigabytes = (process.resourceUsage().maxRSS / 1e6).toFixed(1)
			return {
				oursMs, peerMs: perPair * pairs,
				note: `${pairs.toLocaleString('en')} pairs; ours with preparing both layers, ${((user + system) / 1e6).toFixed(1)} s of processor time, at most ${gigabytes} GB with the layers; peer: ${perPair.toFixed(1)} ms a pair on ${SAMPLE} pairs, extrapolated, search of pairs left out; single run`,
			}
		},
	},
]
