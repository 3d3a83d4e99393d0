import { proportionOfEstimates } from '@throughline/stats'
import type { SeriesValues } from './comparison.ts'

/** How much of a place lies in an area: 0 to 1. */
export interface AreaPart {
	ordinal: number
	share: number
}

export interface WeighedValue {
	estimate: number
	/** A lower bound: how people are spread within a place is not known, and its error is not in it. */
	moe: number
	how: 'sum' | 'rate' | 'untold'
	/** Share of the area's places, by weight, whose value is known. */
	known: number
	/** Lowest and highest value of the places, where the value of the area cannot be told. */
	range: [lowest: number, highest: number] | undefined
}

interface Weighed {
	value: number
	moe: number
}

/** Σ w·x with √Σ (w·moe)² over the parts; NaN margins make the margin unknown. */
function weighColumn(values: Float64Array, margins: Float64Array | null, parts: readonly AreaPart[]): Weighed {
	let [value, squares] = [0, 0]
	for (const { ordinal, share } of parts) {
		value += share * values[ordinal]!
		squares += (share * (margins ? margins[ordinal]! : NaN)) ** 2
	}
	return { value, moe: Math.sqrt(squares) }
}

/**
 * The value of an area from the places that it holds, each by the share of its land in the area (areal weighting: people are taken to
 * live evenly within a place). Counts are summed; shares come from the weighed numerators and universes (Census Bureau's formula of a
 * proportion); medians and other amounts cannot be carried over, and only their range is given. A count with a place missing is
 * missing; a share is made of the places where both its parts are known.
 */
export function weighValue(series: SeriesValues, parts: readonly AreaPart[]): WeighedValue {
	const present = parts.filter(({ ordinal }) => !Number.isNaN(series.estimates[ordinal]!))
	const weightOf = (some: readonly AreaPart[]) => some.reduce((sum, { share }) => sum + share, 0)
	const known = parts.length > 0 ? weightOf(present) / weightOf(parts) : 0
	const nothing: WeighedValue = { estimate: NaN, moe: NaN, how: 'untold', known, range: undefined }
	if (present.length === 0) return nothing
	if (series.kind === 'count') {
		const { value, moe } = weighColumn(series.estimates, series.margins, parts)
		return { ...nothing, how: 'sum', estimate: value, moe }
	}
	if (series.numerators && series.universes) return weighRate(series, present, nothing)
	const values = present.map(({ ordinal }) => series.estimates[ordinal]!)
	return { ...nothing, range: [Math.min(...values), Math.max(...values)] }
}

function weighRate(series: SeriesValues, present: readonly AreaPart[], nothing: WeighedValue): WeighedValue {
	const both = present.filter(({ ordinal }) => !Number.isNaN(series.numerators![ordinal]!) && !Number.isNaN(series.universes![ordinal]!))
	const numerator = weighColumn(series.numerators!, series.numeratorMargins, both)
	const universe = weighColumn(series.universes!, series.universeMargins, both)
	if (!(universe.value > 0)) return { ...nothing, how: 'rate' }
	if (!series.numeratorMargins) return { ...nothing, how: 'rate', estimate: (100 * numerator.value) / universe.value }
	const share = proportionOfEstimates({ estimate: numerator.value, moe: numerator.moe }, { estimate: universe.value, moe: series.universeMargins ? universe.moe : 0 })
	return { ...nothing, how: 'rate', estimate: 100 * share.estimate, moe: 100 * share.moe }
}
