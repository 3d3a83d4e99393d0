import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
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

export const benchmarks: Benchmark[] = [
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
