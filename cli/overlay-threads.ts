import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { joinOverlays, overlayRange, overlayRanges, prepareOverlay, type OverlayAreas, type PolygonLayer } from '@throughline/geo'
import type { OverlayPart, OverlayWork } from './overlay-worker.ts'

/** Below this many edges threads cost more time to start than they save. */
const WORTH_THREADS = 500_000
const RANGES_PER_THREAD = 16

/**
 * The overlay of two layers in as many threads as there are processors, or in this one when the layers are small; the numbers do not
 * depend on it. `onShare` gets the share done, 0 to 1.
 */
export async function overlayInThreads(source: PolygonLayer, target: PolygonLayer, onShare: (share: number) => void, threads = threadsFor(source, target)): Promise<OverlayAreas> {
	if (threads < 2) return inThisThread(source, target, onShare)
	const plan = prepareOverlay(source, target, { shared: true })
	const work: OverlayWork = { plan, ranges: overlayRanges(plan, threads * RANGES_PER_THREAD), next: new Int32Array(new SharedArrayBuffer(4)) }
	const parts: OverlayPart[] = []
	await Promise.all(Array.from({ length: threads }, () => oneThread(work, (part) => {
		parts[part.range] = part
		onShare(parts.filter(Boolean).length / work.ranges.length)
	})))
	return joinOverlays(plan, parts)
}

function threadsFor(source: PolygonLayer, target: PolygonLayer): number {
	return source.coordinates.length + target.coordinates.length < 2 * WORTH_THREADS ? 1 : availableParallelism()
}

function inThisThread(source: PolygonLayer, target: PolygonLayer, onShare: (share: number) => void): OverlayAreas {
	const plan = prepareOverlay(source, target)
	const ranges = overlayRanges(plan, RANGES_PER_THREAD)
	return joinOverlays(plan, ranges.map(([first, end], done) => {
		onShare(done / ranges.length)
		return overlayRange(plan, first, end)
	}))
}

function oneThread(work: OverlayWork, onPart: (part: OverlayPart) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./overlay-worker.ts', import.meta.url), { workerData: work })
		worker.on('message', onPart)
		worker.on('error', reject)
		worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))))
	})
}
