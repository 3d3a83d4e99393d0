import { differSignificantly, proportionOfEstimates, quantileOfSorted, reliabilityGrade, sortedPresent, sumOfEstimates, type Estimate, type ReliabilityGrade } from '@throughline/stats'
import type { Unit } from './domains.ts'

/** The columns of one series in place order; NaN is missing, null is "the source has no such column". */
export interface SeriesValues {
	kind: 'count' | 'share' | 'amount' | 'index'
	estimates: Float64Array
	margins: Float64Array | null
	numerators: Float64Array | null
	numeratorMargins: Float64Array | null
	universes: Float64Array | null
	universeMargins: Float64Array | null
}

/** What stands for many places together: a rate or a sum where the source allows one, else the middle place. */
export interface AreaValue extends Estimate {
	how: 'rate' | 'sum' | 'middle'
	/** Places with a value, out of all. */
	present: number
	places: number
}

export type Verdict = 'higher' | 'lower' | 'within_margins' | 'unknown'

/** Percent of a share for an area needs numerators and universes; a count is summed; anything else has only a middle place. */
export function valueOfArea(series: SeriesValues, ordinals: readonly number[]): AreaValue {
	const present = ordinals.filter((i) => !Number.isNaN(series.estimates[i]!))
	const size = { present: present.length, places: ordinals.length }
	if (present.length === 0) return { estimate: NaN, moe: NaN, how: 'middle', ...size }
	if (series.kind === 'count') return { ...sumColumn(series.estimates, series.margins, present), how: 'sum', ...size }
	if (series.numerators && series.universes) return { ...rateOf(series, present), how: 'rate', ...size }
	const values = sortedPresent(Float64Array.from(present, (i) => series.estimates[i]!))
	return { estimate: quantileOfSorted(values, 0.5), moe: NaN, how: 'middle', ...size }
}

function rateOf(series: SeriesValues, present: readonly number[]): Estimate {
	const known = present.filter((i) => !Number.isNaN(series.numerators![i]!) && !Number.isNaN(series.universes![i]!))
	const numerator = sumColumn(series.numerators!, series.numeratorMargins, known)
	const universe = sumColumn(series.universes!, series.universeMargins, known)
	if (!(universe.estimate > 0)) return { estimate: NaN, moe: NaN }
	if (!series.numeratorMargins) return { estimate: (100 * numerator.estimate) / universe.estimate, moe: NaN }
	// A universe without a margin is taken as counted, as the census bureau does for controlled totals.
	const share = proportionOfEstimates(numerator, series.universeMargins ? universe : { estimate: universe.estimate, moe: 0 })
	return { estimate: 100 * share.estimate, moe: 100 * share.moe }
}

function sumColumn(values: Float64Array, margins: Float64Array | null, ordinals: readonly number[]): Estimate {
	if (margins) return sumOfEstimates(ordinals.map((i) => ({ estimate: values[i]!, moe: margins[i]! })))
	return { estimate: ordinals.reduce((sum, i) => sum + values[i]!, 0), moe: NaN }
}

/** Whether a place differs from an area beyond their margins (90 %). Unknown where either has no margin. */
export function compare(place: Estimate, area: Estimate): Verdict {
	if ([place.estimate, place.moe, area.estimate, area.moe].some(Number.isNaN)) return 'unknown'
	if (!differSignificantly(place, area)) return 'within_margins'
	return place.estimate > area.estimate ? 'higher' : 'lower'
}

export interface Standing {
	/** 1 = the highest value. Ties share the better rank. */
	rank: number
	/** Share of the other places with a lower value, 0 to 100. */
	percentile: number
	of: number
}

/** Where a place stands among others; undefined when its value is missing or when it is none of them. */
export function standingOf(estimates: Float64Array, ordinal: number, among: readonly number[]): Standing | undefined {
	if (!among.includes(ordinal)) return undefined
	return standingIn(sortedPresent(Float64Array.from(among, (i) => estimates[i]!)), estimates[ordinal]!)
}

/** Where a value stands in an ascending column of which it is one; undefined when it is missing. */
export function standingIn(sorted: Float64Array, own: number): Standing | undefined {
	if (Number.isNaN(own)) return undefined
	const of = sorted.length
	const lower = countUpTo(sorted, (value) => value < own)
	return { rank: of - countUpTo(sorted, (value) => value <= own) + 1, percentile: of > 1 ? (100 * lower) / (of - 1) : NaN, of }
}

/** How many values stand before the first that does not fit. */
function countUpTo(sorted: Float64Array, fits: (value: number) => boolean): number {
	let [low, high] = [0, sorted.length]
	while (low < high) {
		const middle = (low + high) >> 1
		if (fits(sorted[middle]!)) low = middle + 1
		else high = middle
	}
	return low
}

const COUNTED: readonly Unit[] = ['people', 'count']

/** The range of a value by its margin, within what its unit allows: percent from 0 to 100, people from 0 on. NaN without a margin. */
export function boundsOf({ estimate, moe }: Estimate, unit: Unit): [lower: number, upper: number] {
	const share = unit.startsWith('percent')
	// A value that is beyond already, such as a growth, keeps its range.
	const lowest = share || COUNTED.includes(unit) ? Math.min(0, estimate) : -Infinity
	const highest = share ? Math.max(100, estimate) : Infinity
	return [Math.max(lowest, estimate - moe), Math.min(highest, estimate + moe)]
}

/** Reliability of a value by its coefficient of variation; `unknown` where no margin was published. */
export function gradeOf(estimate: number, margin: number | undefined): ReliabilityGrade {
	return margin === undefined ? 'unknown' : reliabilityGrade({ estimate, moe: margin })
}
