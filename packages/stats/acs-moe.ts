/** Two-sided 90 % critical value that every published ACS margin of error uses. */
export const Z_90 = 1.645

/** An ACS estimate with its margin of error at 90 % confidence, both in the unit of the estimate. NaN is "missing". */
export interface Estimate {
	estimate: number
	moe: number
}

/** How a sum treats the margins of zero estimates: `census` keeps only the largest one, `tidycensus` keeps each distinct one. */
export type ZeroRule = 'census' | 'tidycensus' | 'all'

/** Standard error of a margin of error at 90 %: moe / 1.645, in the unit of the estimate. */
export function standardError(moe: number): number {
	return moe / Z_90
}

/**
 * Sum of estimates, with the root of the summed squared margins. Estimates of zero share one sampling model, so by default only
 * the largest of their margins counts (Census Bureau, ACS General Handbook ch. 8); `tidycensus` counts every distinct one, as
 * the R package does; `all` counts every one. A missing estimate or margin makes that part of the result missing.
 */
export function sumOfEstimates(terms: readonly Estimate[], zeros: ZeroRule = 'census'): Estimate {
	let estimate = 0
	let squares = 0
	const zeroMargins: number[] = []
	for (const term of terms) {
		estimate += term.estimate
		if (term.estimate === 0 && zeros !== 'all') zeroMargins.push(term.moe)
		else squares += term.moe ** 2
	}
	return { estimate, moe: Math.sqrt(squares + squaresOfZeros(zeroMargins, zeros)) }
}

function squaresOfZeros(margins: number[], zeros: ZeroRule): number {
	if (margins.length === 0) return 0
	if (zeros === 'census') return Math.max(...margins) ** 2
	return [...new Set(margins)].reduce((sum, moe) => sum + moe ** 2, 0)
}

/** Difference a − b, with the root of the summed squared margins. */
export function differenceOfEstimates(a: Estimate, b: Estimate): Estimate {
	return { estimate: a.estimate - b.estimate, moe: Math.hypot(a.moe, b.moe) }
}

/**
 * Proportion X / Y of a numerator within its denominator: √(moeX² − p² moeY²) / Y. A negative radicand takes the ratio form with
 * the plus sign, as the Census Bureau advises. Unit: share of 1. A denominator of zero gives missing.
 */
export function proportionOfEstimates(numerator: Estimate, denominator: Estimate): Estimate {
	const share = quotient(numerator.estimate, denominator.estimate)
	return { estimate: share, moe: marginOfShare(numerator.moe, share, denominator) }
}

/** The margin of a share of a denominator, for a share that was already printed (SVI uses its one-decimal share). Unit: share of 1. */
export function marginOfShare(numeratorMoe: number, share: number, denominator: Estimate): number {
	const [a, b] = [numeratorMoe ** 2, (share * denominator.moe) ** 2]
	return quotient(Math.sqrt(a >= b ? a - b : a + b), denominator.estimate)
}

/** Ratio X / Y of two estimates of which neither contains the other: √(moeX² + r² moeY²) / Y. A denominator of zero gives missing. */
export function ratioOfEstimates(numerator: Estimate, denominator: Estimate): Estimate {
	const ratio = quotient(numerator.estimate, denominator.estimate)
	return { estimate: ratio, moe: quotient(Math.hypot(numerator.moe, ratio * denominator.moe), Math.abs(denominator.estimate)) }
}

/** Product A · B: √(A² moeB² + B² moeA²). */
export function productOfEstimates(a: Estimate, b: Estimate): Estimate {
	return { estimate: a.estimate * b.estimate, moe: Math.hypot(a.estimate * b.moe, b.estimate * a.moe) }
}

/** Percent change from an old to a new estimate, 100 · (new / old − 1), with the margin of the ratio. Unit: percent. */
export function percentChange(old: Estimate, now: Estimate): Estimate {
	const ratio = ratioOfEstimates(now, old)
	return { estimate: 100 * (ratio.estimate - 1), moe: 100 * ratio.moe }
}

/**
 * Margin from the 80 variance replicates: 1.645 · √(4/80 · Σ (replicate − estimate)²), covariance included. Sum the groups inside
 * each replicate first. Any number of replicates works (4 / count). Errors: RangeError without replicates.
 */
export function marginFromReplicates(estimate: number, replicates: ArrayLike<number>): number {
	if (replicates.length === 0) throw new RangeError('variance needs replicates')
	let squares = 0
	for (let index = 0; index < replicates.length; index++) squares += (replicates[index]! - estimate) ** 2
	return Z_90 * Math.sqrt((4 / replicates.length) * squares)
}

/** z of the difference of two independent estimates: |a − b| / √(SEa² + SEb²). Infinite when both are exact and differ, 0 when equal. */
export function zOfDifference(a: Estimate, b: Estimate): number {
	const difference = Math.abs(a.estimate - b.estimate)
	return difference === 0 ? 0 : (difference * Z_90) / Math.hypot(a.moe, b.moe)
}

/** Whether two independent estimates differ at 90 % confidence (or beyond another critical value). Missing input gives false. */
export function differSignificantly(a: Estimate, b: Estimate, critical = Z_90): boolean {
	return zOfDifference(a, b) > critical
}

/** Coefficient of variation in percent: 100 · SE / |estimate|. Missing for an estimate of zero with a margin; 0 when exact. */
export function coefficientOfVariationPercent({ estimate, moe }: Estimate): number {
	if (moe === 0 && estimate === estimate) return 0
	return quotient(100 * moe, Z_90 * Math.abs(estimate))
}

export type ReliabilityGrade = 'high' | 'medium' | 'low' | 'unknown'

/**
 * Reliability by the coefficient of variation: up to the first threshold high, up to the second medium, above low. The default of
 * 12 and 40 percent is Esri's; the Census Bureau names "no hard-and-fast rules". Misleading for shares near 0 and for medians.
 */
export function reliabilityGrade(estimate: Estimate, thresholdsPercent: readonly [number, number] = [12, 40]): ReliabilityGrade {
	const variation = coefficientOfVariationPercent(estimate)
	if (variation !== variation) return 'unknown'
	if (variation <= thresholdsPercent[0]) return 'high'
	return variation <= thresholdsPercent[1] ? 'medium' : 'low'
}

function quotient(a: number, b: number): number {
	return b === 0 ? NaN : a / b
}
