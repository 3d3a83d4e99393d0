import { ascendingOrder } from '@throughline/stats'

/** Places in the highest fifth of both, of one only, of neither; -1 where either has no score. */
export const AGREEMENTS = ['neither', 'only_first', 'only_second', 'both'] as const
export type Agreement = 0 | 1 | 2 | 3

export interface IndexComparison {
	/** By place: position in `AGREEMENTS`, or -1. */
	agreement: Int8Array
	counts: [number, number, number, number]
	/** Spearman's rank correlation over places with both scores; NaN for fewer than three. */
	correlation: number
	/** Rank of the first minus rank of the second, 0 to 1 each; NaN where either is missing. */
	shift: Float64Array
	/** Places by how far the two disagree, the widest first. */
	widest: number[]
}

const HIGHEST_SHARE = 0.2

/** Average ranks, 1 for the lowest; ties share the mean of their positions (as Spearman's correlation needs). */
function averageRanks(values: Float64Array): Float64Array {
	const order = ascendingOrder(values)
	const ranks = new Float64Array(values.length)
	for (let from = 0; from < order.length; ) {
		let to = from
		while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++
		for (let i = from; i <= to; i++) ranks[order[i]!] = (from + to) / 2 + 1
		from = to + 1
	}
	return ranks
}

/**
 * Two indices over the same places: where their highest fifths agree, how alike they rank (Spearman 1904, with average ranks for ties)
 * and where they differ most. Only places with both scores count.
 */
export function compareIndices(first: Float64Array, second: Float64Array): IndexComparison {
	const both = [...first.keys()].filter((i) => !Number.isNaN(first[i]!) && !Number.isNaN(second[i]!))
	const [a, b] = [first, second].map((values) => averageRanks(Float64Array.from(both, (i) => values[i]!))) as [Float64Array, Float64Array]
	const size = both.length
	const cut = size * (1 - HIGHEST_SHARE)
	const agreement = new Int8Array(first.length).fill(-1)
	const counts: IndexComparison['counts'] = [0, 0, 0, 0]
	const shift = new Float64Array(first.length).fill(NaN)
	both.forEach((place, row) => {
		const key = ((a[row]! > cut ? 1 : 0) + (b[row]! > cut ? 2 : 0)) as Agreement
		agreement[place] = key
		counts[key]++
		shift[place] = size > 1 ? (a[row]! - b[row]!) / (size - 1) : 0
	})
	const widest = both.toSorted((x, y) => Math.abs(shift[y]!) - Math.abs(shift[x]!) || x - y)
	return { agreement, counts, correlation: correlationOf(a, b), shift, widest }
}

function correlationOf(a: Float64Array, b: Float64Array): number {
	const size = a.length
	if (size < 3) return NaN
	const mean = (size + 1) / 2
	let [ab, aa, bb] = [0, 0, 0]
	for (let i = 0; i < size; i++) {
		const [x, y] = [a[i]! - mean, b[i]! - mean]
		ab += x * y
		aa += x * x
		bb += y * y
	}
	return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN
}
