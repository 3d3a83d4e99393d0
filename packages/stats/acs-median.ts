import { Z_90, type Estimate } from './acs-moe.ts'

/** A bin of a grouped distribution: smallest and largest value in the unit of the variable, and how many fall into it. */
export interface Bin {
	minimum: number
	maximum: number
	count: number
}

export interface MedianOptions {
	/** Share of the population that the survey reached: 2.5 for one-year, 12.5 for five-year ACS files. Unit: percent. */
	samplingPercent: number
	/** Design factor of the variable from the ACS PUMS accuracy document; 1 means simple random sampling and too small a margin. */
	designFactor?: number
}

interface Cumulated extends Bin {
	before: number
	after: number
}

/**
 * Median of a grouped distribution by linear interpolation within its bin, with a 90 % margin from the standard error of a 50 %
 * proportion carried through the same bins (Census Bureau, PUMS Accuracy of the Data). The margin is missing when either limit falls
 * into the last, open bin. Errors: RangeError for an empty distribution. Order of the bins does not matter.
 */
export function medianFromBins(bins: readonly Bin[], options: MedianOptions): Estimate {
	const sorted = cumulate(bins)
	const total = sorted.at(-1)?.after ?? 0
	if (!(total > 0)) throw new RangeError('a median needs at least one observation')
	const middle = sorted.find(({ before, after }) => total / 2 >= before && total / 2 <= after)!
	const estimate = middle.minimum + ((total / 2 - middle.before) / middle.count) * (middle.maximum - middle.minimum)
	return { estimate, moe: marginOfMedian(sorted, total, options) }
}

function cumulate(bins: readonly Bin[]): Cumulated[] {
	let before = 0
	return bins.filter(({ count }) => count > 0).sort((a, b) => a.minimum - b.minimum).map((bin) => {
		const row = { ...bin, before, after: before + bin.count }
		before = row.after
		return row
	})
}

function marginOfMedian(bins: Cumulated[], total: number, { samplingPercent, designFactor = 1 }: MedianOptions): number {
	const errorOfHalf = (designFactor * Math.sqrt(((100 - samplingPercent) / (total * samplingPercent)) * 50 ** 2)) / 100
	const lower = valueAt(bins, total, 0.5 - errorOfHalf)
	const upper = valueAt(bins, total, 0.5 + errorOfHalf)
	return Z_90 * 0.5 * (upper - lower)
}

function valueAt(bins: Cumulated[], total: number, share: number): number {
	const index = bins.findIndex(({ before, after }) => share * total >= before && share * total <= after)
	const [bin, next] = [bins[index], bins[index + 1]]
	if (!bin || !next) return NaN
	return bin.minimum + ((share - bin.before / total) / (bin.count / total)) * (next.minimum - bin.minimum)
}
