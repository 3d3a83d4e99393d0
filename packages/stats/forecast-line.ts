import { standardError, Z_90, type Estimate } from './acs-moe.ts'

/** A number of one year with its margin at 90 %; NaN where the source states none. */
export interface DatedEstimate extends Estimate {
	year: number
}

/**
 * The straight line through dated numbers, each weighted by the inverse of its variance, carried on to `year`: what comes if everything goes
 * on as it did. The margin at 90 % holds the uncertainty of the line; from three numbers on it is widened where they lie farther from the line
 * than their margins explain (Birge's ratio). Where a number has no margin all weigh alike, and the forecast has none (NaN). Undefined below
 * two different years. Source: weighted least squares with known variances; Birge 1932, Physical Review 40, 207.
 */
export function forecastLine(points: readonly DatedEstimate[], year: number): Estimate | undefined {
	// Years count from the first one, so that nothing is lost to their size.
	const origin = points[0]?.year ?? 0
	const known = points.filter(({ estimate }) => Number.isFinite(estimate)).map((point) => ({ ...point, year: point.year - origin }))
	if (new Set(known.map((point) => point.year)).size < 2) return undefined
	const margins = known.every(({ moe }) => Number.isFinite(moe) && moe > 0)
	const weights = known.map(({ moe }) => (margins ? 1 / standardError(moe) ** 2 : 1))
	const total = sum(weights)
	const middle = sum(known.map((point, i) => weights[i]! * point.year)) / total
	const mean = sum(known.map((point, i) => weights[i]! * point.estimate)) / total
	const spread = sum(known.map((point, i) => weights[i]! * (point.year - middle) ** 2))
	const slope = sum(known.map((point, i) => weights[i]! * (point.year - middle) * point.estimate)) / spread
	const estimate = mean + slope * (year - origin - middle)
	if (!margins) return { estimate, moe: NaN }
	const misfit = sum(known.map((point, i) => weights[i]! * (point.estimate - mean - slope * (point.year - middle)) ** 2))
	const birge = known.length > 2 ? Math.max(1, misfit / (known.length - 2)) : 1
	return { estimate, moe: Z_90 * Math.sqrt(birge * (1 / total + (year - origin - middle) ** 2 / spread)) }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
