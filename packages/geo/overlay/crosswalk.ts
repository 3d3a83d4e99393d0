import type { ApportionWeights } from '@throughline/stats'
import type { OverlayAreas } from './overlay-areas.ts'

/** What a crosswalk leads from and to, such as "tracts 2010" and "tracts 2020". */
export interface CrosswalkLabels {
	source: string
	target: string
}

/** Weights from source areas to target areas and back, labelled with what they join; ordered by source, then by target. */
export interface Crosswalk extends ApportionWeights {
	labels: CrosswalkLabels
	/** What shares are shares of. */
	basis: 'area' | 'population'
	/** Square metres, or people, of each whole source and target. */
	sourceSizes: Float64Array
	targetSizes: Float64Array
}

export interface CrosswalkDescription {
	labels: CrosswalkLabels
	basis: Crosswalk['basis']
	pairs: number
	/** Share of all sources (by size) that lies in no target, and the other way round. */
	unmatchedSourceShare: number
	unmatchedTargetShare: number
	/** Ordinals of areas that meet nothing on the other side. */
	unmatchedSources: number[]
	unmatchedTargets: number[]
}

/** The crosswalk by area of two overlaid layers. */
export function crosswalkByArea(areas: OverlayAreas, labels: CrosswalkLabels): Crosswalk {
	const { sources, targets, squareMeters, sourceSquareMeters, targetSquareMeters } = areas
	return {
		labels, basis: 'area', sources, targets,
		sourceCount: sourceSquareMeters.length,
		targetCount: targetSquareMeters.length,
		sourceShares: squareMeters.map((area, k) => area / sourceSquareMeters[sources[k]!]!),
		targetShares: squareMeters.map((area, k) => area / targetSquareMeters[targets[k]!]!),
		sourceSizes: sourceSquareMeters,
		targetSizes: targetSquareMeters,
	}
}

/** The same crosswalk read the other way: its targets become the sources. */
export function reverseCrosswalk(crosswalk: Crosswalk): Crosswalk {
	const { sources, targets, labels } = crosswalk
	const order = Uint32Array.from(sources, (_, k) => k).sort((a, b) => targets[a]! - targets[b]! || sources[a]! - sources[b]!)
	const reordered = (values: Float64Array) => Float64Array.from(order, (k) => values[k]!)
	return {
		labels: { source: labels.target, target: labels.source },
		basis: crosswalk.basis,
		sourceCount: crosswalk.targetCount,
		targetCount: crosswalk.sourceCount,
		sources: Uint32Array.from(order, (k) => targets[k]!),
		targets: Uint32Array.from(order, (k) => sources[k]!),
		sourceShares: reordered(crosswalk.targetShares),
		targetShares: reordered(crosswalk.sourceShares),
		sourceSizes: crosswalk.targetSizes,
		targetSizes: crosswalk.sourceSizes,
	}
}

/** What a reader must know before trusting a crosswalk: what it joins, and how much of either side it leaves out. */
export function describeCrosswalk(crosswalk: Crosswalk): CrosswalkDescription {
	const source = unmatched(crosswalk.sourceSizes, crosswalk.sources, crosswalk.sourceShares)
	const target = unmatched(crosswalk.targetSizes, crosswalk.targets, crosswalk.targetShares)
	return {
		labels: crosswalk.labels,
		basis: crosswalk.basis,
		pairs: crosswalk.sources.length,
		unmatchedSourceShare: source.share,
		unmatchedTargetShare: target.share,
		unmatchedSources: source.alone,
		unmatchedTargets: target.alone,
	}
}

function unmatched(sizes: Float64Array, places: Uint32Array, shares: Float64Array): { share: number; alone: number[] } {
	const matched = new Float64Array(sizes.length)
	for (let k = 0; k < places.length; k++) matched[places[k]!] = matched[places[k]!]! + shares[k]!
	let [whole, outside] = [0, 0]
	sizes.forEach((size, place) => {
		whole += size
		outside += size * Math.max(0, 1 - matched[place]!)
	})
	const met = new Set(places)
	return { share: whole > 0 ? outside / whole : 0, alone: Array.from(sizes.keys()).filter((place) => !met.has(place)) }
}
