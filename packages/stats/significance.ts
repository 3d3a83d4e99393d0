import { ascendingOrder } from './sort-order.ts'

/**
 * Benjamini–Hochberg step-up adjusted p-values: p₍ᵢ₎ · m / i, made monotone from the largest downwards and capped at 1, so that
 * "adjusted ≤ α" rejects up to the largest i that passes. Input: p-values in [0, 1], NaN = not tested (stays NaN, not counted).
 * Errors: RangeError for a p-value outside [0, 1]. Source: Benjamini and Hochberg 1995; R `p.adjust(method = "BH")`.
 */
export function benjaminiHochberg(pValues: Float64Array): Float64Array {
	const order = ascendingOrder(pValues)
	const adjusted = new Float64Array(pValues.length).fill(NaN)
	let smallest = 1
	for (let place = order.length - 1; place >= 0; place--) {
		const p = pValues[order[place]!]!
		if (p < 0 || p > 1) throw new RangeError(`a p-value must lie in [0, 1], not ${p}`)
		smallest = Math.min(smallest, (p * order.length) / (place + 1))
		adjusted[order[place]!] = smallest
	}
	return adjusted
}

/**
 * Standardized difference of two means: (a − b) / √((s²ₐ + s²ᵦ) / 2), with the standard deviations of both groups.
 * Unit: pooled standard deviations; 0 when both means agree, NaN when there is no spread and they differ. Source: Cohen 1988.
 */
export function standardizedDifference(meanA: number, deviationA: number, meanB: number, deviationB: number): number {
	const pooled = Math.sqrt((deviationA ** 2 + deviationB ** 2) / 2)
	if (pooled === 0) return meanA === meanB ? 0 : NaN
	return (meanA - meanB) / pooled
}
