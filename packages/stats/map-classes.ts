import { momentsOf } from './moments.ts'
import { naturalBreaks } from './natural-breaks.ts'
import { sortedPresent } from './sort-order.ts'

export const CLASS_METHODS = ['quantile', 'equal-interval', 'natural-breaks', 'standard-deviation', 'manual'] as const
export type ClassMethod = (typeof CLASS_METHODS)[number]

/** Classes of a choropleth map. Intervals are closed on the right: class i holds values above breaks[i − 1] up to breaks[i]. */
export interface MapClasses {
	method: ClassMethod
	/** Smallest value of the column; the lower end of the first class. NaN for an empty column. */
	minimum: number
	/** Upper bounds of the classes, ascending, without repeats; the last is the largest value of the column. */
	breaks: Float64Array
	/** How many values fall into each class. */
	counts: Uint32Array
	/** Class of a value, 0 … breaks.length − 1, or −1 when it is missing. Values beyond the ends belong to the end classes. */
	classify(value: number): number
}

/**
 * Divides a column into map classes. `count` is the number wished for: repeated bounds are merged, so that fewer may come out.
 * `manual` takes the inner or all upper bounds. Standard-deviation classes are one deviation wide around the mean.
 * Missing values are left out. Errors: RangeError for a count outside 1…100 or for manual bounds that are not numbers.
 */
export function classifyForMap(values: Float64Array, method: ClassMethod, count = 5, manual: readonly number[] = []): MapClasses {
	if (!Number.isInteger(count) || count < 1 || count > 100) throw new RangeError(`the number of classes must be a whole number from 1 to 100, not ${count}`)
	const { minimum, maximum, mean, standardDeviation } = momentsOf(values)
	const bounds = () => {
		if (minimum !== minimum) return []
		if (method === 'quantile') return quantileBounds(sortedPresent(values), count)
		if (method === 'equal-interval') return Array.from({ length: count }, (_, index) => minimum + ((maximum - minimum) * (index + 1)) / count)
		if (method === 'natural-breaks') return [...naturalBreaks(values, count)]
		if (method === 'standard-deviation') return deviationBounds(mean, standardDeviation, count)
		return manualBounds(manual)
	}
	return toClasses(method, values, minimum, maximum, bounds())
}

/** Quantile of a sorted column by linear interpolation (type 7), share in [0, 1]; NaN for an empty column. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
	const position = share * (sorted.length - 1)
	const below = Math.floor(position)
	const a = sorted[below] ?? NaN
	return a + ((sorted[below + 1] ?? a) - a) * (position - below)
}

function quantileBounds(sorted: Float64Array, count: number): number[] {
	return Array.from({ length: count }, (_, index) => quantileOfSorted(sorted, (index + 1) / count))
}

/** Bounds mean + (i − count/2) s for i = 1 … count − 1: an even count has a bound at the mean, an odd one a middle class around it. */
function deviationBounds(mean: number, standardDeviation: number, count: number): number[] {
	if (!(standardDeviation > 0)) return []
	return Array.from({ length: count - 1 }, (_, index) => mean + (index + 1 - count / 2) * standardDeviation)
}

function manualBounds(manual: readonly number[]): number[] {
	if (manual.some((bound) => !Number.isFinite(bound))) throw new RangeError('class bounds must be numbers')
	return [...manual].sort((a, b) => a - b)
}

function toClasses(method: ClassMethod, values: Float64Array, minimum: number, maximum: number, bounds: number[]): MapClasses {
	const inner = bounds.filter((bound, index) => bound < maximum && bound >= minimum && bound !== bounds[index - 1])
	const breaks = Float64Array.from(minimum === minimum ? [...inner, maximum] : [])
	const classify = (value: number) => {
		if (value !== value || breaks.length === 0) return -1
		let [low, high] = [0, breaks.length - 1]
		while (low < high) {
			const middle = (low + high) >> 1
			if (value <= breaks[middle]!) high = middle
			else low = middle + 1
		}
		return low
	}
	const counts = new Uint32Array(breaks.length)
	for (const value of values) if (value === value) counts[classify(value)]!++
	return { method, minimum, breaks, counts, classify }
}
