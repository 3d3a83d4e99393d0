import { momentsOf } from './moments.ts'
import { ascendingOrder } from './sort-order.ts'

/** z-scores (value − mean) / sample standard deviation; a column without spread gives 0 everywhere. Missing stays missing. */
export function zScores(values: Float64Array): Float64Array {
	const { mean, standardDeviation } = momentsOf(values)
	return values.map((value) => (standardDeviation > 0 ? (value - mean) / standardDeviation : value * 0))
}

/** Min–max scaling of the column's own range onto [low, high]; a column without spread gives `low`. Missing stays missing. */
export function minMax(values: Float64Array, low = 0, high = 1): Float64Array {
	const { minimum, maximum } = momentsOf(values)
	return goalposts(values, minimum, maximum, low, high)
}

/**
 * Scales fixed goalposts onto [low, high] and holds values beyond a goalpost there (UNDP Human Development Index).
 * `from` may exceed `to` for a falling scale. Equal goalposts give `low`. Missing stays missing.
 */
export function goalposts(values: Float64Array, from: number, to: number, low = 0, high = 1): Float64Array {
	const span = to - from
	return values.map((value) => {
		if (value !== value) return NaN
		const share = span === 0 ? 0 : (value - from) / span
		return low + Math.min(1, Math.max(0, share)) * (high - low)
	})
}

/** Ranks from 1 (lowest value) upwards, ties sharing the lowest rank. Missing stays missing. */
export function ranks(values: Float64Array): Float64Array {
	const order = ascendingOrder(values)
	const result = new Float64Array(values.length).fill(NaN)
	for (let place = 0, rank = 1; place < order.length; place++) {
		if (place > 0 && values[order[place]!] !== values[order[place - 1]!]) rank = place + 1
		result[order[place]!] = rank
	}
	return result
}

/**
 * The four lower bounds between the five standard-deviation classes: mean − 1.5 s, − 0.5 s, + 0.5 s, + 1.5 s, with the sample
 * standard deviation s. A first bound below zero becomes 0.1, so that only a share that prints as 0.0 is "well below average".
 * Source: DVRPC Indicators of Potential Disadvantage, `st_dev_breaks` in ipd.r.
 */
export function standardDeviationBounds(values: Float64Array): [number, number, number, number] {
	const { mean, standardDeviation: s } = momentsOf(values)
	const first = mean - 1.5 * s
	return [first < 0 ? 0.1 : first, mean - 0.5 * s, mean + 0.5 * s, mean + 1.5 * s]
}

/**
 * Standard-deviation classes 0 (well below average) to 4 (well above average). The tests run from the lowest class upwards and
 * the first that matches wins, which matters when mean − 0.5 s is below 0.1. Missing stays missing; a column of fewer than two
 * values is missing throughout. Source: DVRPC ipd.r.
 */
export function standardDeviationClasses(values: Float64Array): Float64Array {
	const [first, second, third, fourth] = standardDeviationBounds(values)
	return values.map((value) => {
		if (value !== value || first !== first) return NaN
		if (value < first) return 0
		if (value < second) return 1
		if (value < third) return 2
		return value < fourth ? 3 : 4
	})
}

/**
 * Pulls outliers in to the nearest value that is not one, one at a time, while |skewness| exceeds `skewnessLimit` and excess
 * kurtosis exceeds `kurtosisLimit`, at most `most` values (COINr `winsorise`; OECD/JRC Handbook). Returns the treated column
 * and how many values were moved. Missing stays missing.
 */
export function winsorise(values: Float64Array, { skewnessLimit = 2, kurtosisLimit = 3.5, most = 5 } = {}): { values: Float64Array; moved: number } {
	let treated = values.slice()
	const order = ascendingOrder(values)
	let [low, high] = [0, 0]
	while (low + high < Math.min(most, order.length - 2)) {
		const { skewness, kurtosis } = momentsOf(treated)
		if (!(Math.abs(skewness) > skewnessLimit && kurtosis > kurtosisLimit)) break
		if (skewness > 0) high++
		else low++
		const floor = values[order[low]!]!
		const ceiling = values[order[order.length - 1 - high]!]!
		treated = values.map((value) => (value < floor ? floor : value > ceiling ? ceiling : value))
	}
	return { values: treated, moved: low + high }
}
