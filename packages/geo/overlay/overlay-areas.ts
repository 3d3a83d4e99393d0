import type { PolygonLayer } from '../layers/polygon-layer.ts'
import { findBoxes, packBoxes, type BoxTree } from './box-tree.ts'
import { prepareSide, type OverlaySide } from './overlay-side.ts'
import { edgeScratch, sharedArea } from './shared-area.ts'

export interface OverlayOptions {
	/** Shared areas up to this share of the smaller of the two features are rounding, not land, and left out (default 1e-9). */
	relativeTolerance?: number
	/** Keep the prepared layers in shared memory, for threads (default false). */
	shared?: boolean
}

/** Two layers made ready for overlay; may be posted to threads when prepared with `shared`. */
export interface OverlayPlan {
	source: OverlaySide
	target: OverlaySide
	targetTree: BoxTree
	relativeTolerance: number
}

/** Entry k: feature sources[k] and feature targets[k] share squareMeters[k]. Ordered by source, then by target; pairs that share nothing are absent. */
export interface OverlayAreas {
	sources: Uint32Array
	targets: Uint32Array
	squareMeters: Float64Array
	/** Whole area of every feature of both layers. */
	sourceSquareMeters: Float64Array
	targetSquareMeters: Float64Array
}

/**
 * The area that each source feature shares with each target feature, in square metres on the WGS 84 ellipsoid; no new shapes are
 * made. Edges are straight in the cylindrical equal-area plane, where parallels and meridians are straight too. A feature that covers
 * a spot twice counts it twice. Time grows with the pairs whose boxes meet, memory with vertices and pairs found.
 */
export function overlayAreas(source: PolygonLayer, target: PolygonLayer, options: OverlayOptions = {}): OverlayAreas {
	return overlayRange(prepareOverlay(source, target, options), 0, source.featureCount)
}

/** The part of the work that is done once, before ranges of source features go to threads. */
export function prepareOverlay(source: PolygonLayer, target: PolygonLayer, { relativeTolerance = 1e-9, shared = false }: OverlayOptions = {}): OverlayPlan {
	const targetSide = prepareSide(target, shared)
	return { source: prepareSide(source, shared), target: targetSide, targetTree: packBoxes(targetSide.boxes, shared), relativeTolerance }
}

/** A plan for the same targets with other sources, so that the sources of one target may come piece by piece. */
export function withSources(plan: OverlayPlan, source: PolygonLayer): OverlayPlan {
	return { ...plan, source: prepareSide(source, false) }
}

/** The overlay of source features `first` to `end`. Each pair is computed alone, so any split into ranges gives the same numbers. */
export function overlayRange(plan: OverlayPlan, first: number, end: number): OverlayAreas {
	const { source, target, targetTree, relativeTolerance } = plan
	const scratch = edgeScratch()
	const [sources, targets, squareMeters]: [number[], number[], number[]] = [[], [], []]
	for (let f = first; f < end; f++) {
		const box = 4 * f
		if (Number.isNaN(source.boxes[box]!)) continue
		for (const g of findBoxes(targetTree, source.boxes[box]!, source.boxes[box + 1]!, source.boxes[box + 2]!, source.boxes[box + 3]!)) {
			const area = sharedArea(source, f, target, g, scratch)
			if (!(area > relativeTolerance * Math.min(source.squareMeters[f]!, target.squareMeters[g]!))) continue
			sources.push(f)
			targets.push(g)
			squareMeters.push(area)
		}
	}
	return {
		sources: Uint32Array.from(sources), targets: Uint32Array.from(targets), squareMeters: Float64Array.from(squareMeters),
		sourceSquareMeters: source.squareMeters, targetSquareMeters: target.squareMeters,
	}
}

/** Bounds of at most `count` ranges of source features with about as many edges each, for threads to take in turn. */
export function overlayRanges({ source }: OverlayPlan, count: number): [first: number, end: number][] {
	const ranges: [number, number][] = []
	const perRange = source.edgeOffsets[source.featureCount]! / count
	for (let first = 0, feature = 1; feature <= source.featureCount; feature++) {
		if (feature < source.featureCount && source.edgeOffsets[feature]! < perRange * (ranges.length + 1)) continue
		ranges.push([first, feature])
		first = feature
	}
	return ranges
}

/** One result from those of ranges, given in the order of the ranges. */
export function joinOverlays(plan: OverlayPlan, parts: readonly Pick<OverlayAreas, 'sources' | 'targets' | 'squareMeters'>[]): OverlayAreas {
	const size = parts.reduce((sum, { sources }) => sum + sources.length, 0)
	const whole = { sources: new Uint32Array(size), targets: new Uint32Array(size), squareMeters: new Float64Array(size) }
	let at = 0
	for (const part of parts) {
		whole.sources.set(part.sources, at)
		whole.targets.set(part.targets, at)
		whole.squareMeters.set(part.squareMeters, at)
		at += part.sources.length
	}
	return { ...whole, sourceSquareMeters: plan.source.squareMeters, targetSquareMeters: plan.target.squareMeters }
}

/**
 * The loop of one thread: takes the next range of the list that nobody has taken (`next` is one shared number, at first 0) and gives its
 * number in the list and its overlay, until none is left.
 */
export function* takeRanges(plan: OverlayPlan, ranges: readonly [first: number, end: number][], next: Int32Array): Generator<{ range: number; part: OverlayAreas }> {
	for (let range = Atomics.add(next, 0, 1); range < ranges.length; range = Atomics.add(next, 0, 1)) {
		yield { range, part: overlayRange(plan, ...ranges[range]!) }
	}
}
