import { classifyForMap, quantileOfSorted, type ClassMethod, type MapClasses } from './map-classes.ts'
import { momentsOf } from './moments.ts'
import { sortedPresent } from './sort-order.ts'

/**
 * Divides a column into map classes on both sides of a middle. An even `count` has a bound at the middle; an odd one has a class around it,
 * which holds the share 1/count of the values that lie nearest (equal numbers, natural breaks) or reaches half a step to both sides (equal
 * steps, standard deviations). Steps are as wide as the farther end needs, so that both sides measure alike. `manual` takes the bounds as
 * they are. Missing values are left out. Errors: RangeError as in `classifyForMap`, and for a middle that is not a number.
 */
export function classifyAround(values: Float64Array, method: ClassMethod, count: number, middle: number, manual: readonly number[] = []): MapClasses {
	if (!Number.isFinite(middle)) throw new RangeError('the middle of a map must be a number')
	const bounds = method === 'manual' ? manual : boundsAround(values, method, count, middle)
	return { ...classifyForMap(values, 'manual', count, bounds), method }
}

function boundsAround(values: Float64Array, method: ClassMethod, count: number, middle: number): number[] {
	const { minimum, maximum, standardDeviation } = momentsOf(values)
	if (minimum !== minimum) return []
	const steps = (width: number) => (width > 0 ? Array.from({ length: count - 1 }, (_, i) => middle + (i + 1 - count / 2) * width) : [])
	if (method === 'equal-interval') return steps((2 * Math.max(maximum - middle, middle - minimum)) / count)
	if (method === 'standard-deviation') return steps(standardDeviation)
	const reach = count % 2 ? nearestReach(values, middle, 1 / count) : 0
	const inside = (side: Float64Array) => [...classifyForMap(side, method, Math.floor(count / 2)).breaks].slice(0, -1)
	const lower = values.filter((value) => value <= middle - reach)
	const upper = values.filter((value) => value > middle + reach)
	return [...new Set([...inside(lower), middle - reach, middle + reach, ...inside(upper)])]
}

/** How far from the middle the nearest `share` of the values reaches. */
function nearestReach(values: Float64Array, middle: number, share: number): number {
	return quantileOfSorted(sortedPresent(values.map((value) => Math.abs(value - middle))), share)
}
