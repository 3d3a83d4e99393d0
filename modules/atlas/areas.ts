import type { OverlayAreas } from '@throughline/geo'
import { apportionCounts, proportionOfEstimates, type ApportionWeights, type Estimate } from '@throughline/stats'
import { valueOfArea, type SeriesValues } from './comparison.ts'

/** A place that an area touches: its ordinal among the places of its geography, and what they share, of land or of people. */
export interface AreaPart {
	ordinal: number
	/** Share of the place that lies in the area, 0 to 1; exactly 1 for a place picked whole. */
	placeShare: number
	/** Share of the area that the place holds, 0 to 1. */
	areaShare: number
}

/** What an area is weighed by: whole places need no weights, others take land, or people where finer places tell where they live. */
export const WEIGHTS = ['whole', 'land', 'people'] as const
export type Weights = (typeof WEIGHTS)[number]

/** A finer place, such as a block group: the place that it is a part of, its people (NaN: not known), and its share in the area. */
export interface FinerPart {
	parent: number
	people: number
	share: number
}

/** A number for an area that is not a place; `isExact` where whole places were added, so that no share was assumed. */
export interface ApportionedValue extends Estimate {
	how: 'sum' | 'rate' | 'range'
	isExact: boolean
	/** Places of the area with a value, out of all that it touches. */
	present: number
	places: number
	/** Least and greatest value among its places; NaN when none has one. */
	lowest: number
	highest: number
}

/** Two publishers' borders touch in slivers; a place is whole when all but this share of it lies in the area. */
const ROUNDING = 1e-9
/** Slivers of places without a number, up to this share of the area, leave its number standing. */
const SLIVER_SHARE = 0.01

/** The places under one feature of the target layer, in the order of the source layer. */
export function partsOfArea(overlay: OverlayAreas, target: number): AreaPart[] {
	const parts: AreaPart[] = []
	for (let k = 0; k < overlay.sources.length; k++) {
		if (overlay.targets[k] !== target) continue
		const [ordinal, shared] = [overlay.sources[k]!, overlay.squareMeters[k]!]
		const placeShare = shared / overlay.sourceSquareMeters[ordinal]!
		parts.push({ ordinal, placeShare: placeShare >= 1 - ROUNDING ? 1 : placeShare, areaShare: Math.min(1, shared / overlay.targetSquareMeters[target]!) })
	}
	return parts
}

/**
 * The same parts by people: what the finer places within a place tell of those who live in the area. `finer` names every finer place of
 * every part, those outside of the area with the share 0. A place keeps its share of land where nobody lives in it or the people of one of
 * its finer places are not known (`byLand` counts these); one whose people all live outside is no part. Undefined where nobody is known
 * to live in the area.
 */
export function partsByPeople(parts: readonly AreaPart[], finer: readonly FinerPart[]): { parts: AreaPart[]; byLand: number } | undefined {
	const within = Map.groupBy(finer, ({ parent }) => parent)
	let byLand = 0
	const told = parts.map((part) => {
		const own = within.get(part.ordinal) ?? []
		const people = own.reduce((sum, place) => sum + place.people, 0)
		const inside = own.reduce((sum, place) => sum + place.people * place.share, 0)
		if (!(people > 0)) byLand++
		return people > 0 ? { part, inside, share: part.placeShare === 1 ? 1 : inside / people } : { part, inside: 0, share: part.placeShare }
	})
	const all = told.reduce((sum, { inside }) => sum + inside, 0)
	if (!(all > 0)) return undefined
	return { byLand, parts: told.flatMap(({ part, inside, share }) => (share > 0 ? [{ ordinal: part.ordinal, placeShare: share, areaShare: inside / all }] : [])) }
}

/**
 * Counts are added by share; a share (percent) is numerators over universes, each added by share; anything else cannot be told for an
 * area and has only the range of its places. Margins (90 %) are lower bounds: the error of the shares themselves is not in them. The
 * value is missing where places without one hold more than a sliver of the area (of its people, where the parts are by people).
 */
export function apportionedValue(series: SeriesValues, parts: readonly AreaPart[]): ApportionedValue {
	const isExact = parts.every(({ placeShare }) => placeShare === 1)
	const known = parts.map(({ ordinal }) => series.estimates[ordinal]!).filter((value) => !Number.isNaN(value))
	const about = {
		isExact, present: known.length, places: parts.length,
		lowest: known.length > 0 ? Math.min(...known) : NaN, highest: known.length > 0 ? Math.max(...known) : NaN,
	}
	const how = series.kind === 'count' ? 'sum' : series.kind === 'share' && series.numerators && series.universes ? 'rate' : 'range'
	if (how === 'range') return { estimate: NaN, moe: NaN, how, ...about }
	if (isExact && known.length === parts.length) {
		const { estimate, moe } = valueOfArea(series, parts.map(({ ordinal }) => ordinal))
		return { estimate, moe, how, ...about }
	}
	return { ...(how === 'sum' ? sumByShare(parts, series.estimates, series.margins) : rateByShare(series, parts)), how, ...about }
}

function rateByShare(series: SeriesValues, parts: readonly AreaPart[]): Estimate {
	const [above, below] = [series.numerators!, series.universes!]
	// A place where nobody is asked adds nobody, whatever its rate.
	const numerators = above.map((people, i) => (below[i] === 0 ? 0 : people + 0 * below[i]!))
	const universes = below.map((people, i) => people + 0 * numerators[i]!)
	const numerator = sumByShare(parts, numerators, series.numeratorMargins)
	const universe = sumByShare(parts, universes, series.universeMargins)
	if (!(universe.estimate > 0)) return { estimate: NaN, moe: NaN }
	if (!series.numeratorMargins) return { estimate: (100 * numerator.estimate) / universe.estimate, moe: NaN }
	const share = proportionOfEstimates(numerator, series.universeMargins ? universe : { estimate: universe.estimate, moe: 0 })
	return { estimate: 100 * share.estimate, moe: 100 * share.moe }
}

function sumByShare(parts: readonly AreaPart[], values: Float64Array, margins: Float64Array | null): Estimate {
	const pick = (column: Float64Array) => Float64Array.from(parts, ({ ordinal }) => column[ordinal]!)
	const weights: ApportionWeights = {
		sourceCount: parts.length, targetCount: 1, sources: Uint32Array.from(parts, (_, k) => k), targets: new Uint32Array(parts.length),
		sourceShares: Float64Array.from(parts, ({ placeShare }) => placeShare), targetShares: Float64Array.from(parts, ({ areaShare }) => areaShare),
	}
	const sum = apportionCounts(weights, { values: pick(values), margins: margins ? pick(margins) : undefined }, { allocate: 'area', maxMissingShare: SLIVER_SHARE })
	return { estimate: sum.values[0]!, moe: sum.margins?.[0] ?? NaN }
}
