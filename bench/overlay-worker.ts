import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { takeRanges, type OverlayAreas, type OverlayPlan } from '@throughline/geo'

export interface OverlayWork {
	plan: OverlayPlan
	ranges: [first: number, end: number][]
	/** One shared number: the next range to take. */
	next: Int32Array
}

export interface OverlayPart extends Pick<OverlayAreas, 'sources' | 'targets' | 'squareMeters'> {
	range: number
}

function work(): void {
	const { plan, ranges, next } = workerData as OverlayWork
	for (const { range, part: { sources, targets, squareMeters } } of takeRanges(plan, ranges, next)) {
		parentPort!.postMessage({ range, sources, targets, squareMeters } satisfies OverlayPart)
	}
}

if (!isMainThread && parentPort) work()
