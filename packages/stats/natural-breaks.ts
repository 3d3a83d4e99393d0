import { sortedPresent } from './sort-order.ts'

/** Prefix sums over distinct sorted values, shifted by their median so that squares keep their digits. */
interface Weighted {
	value: Float64Array
	/** Number of rows before each distinct value; length m + 1. */
	weight: Float64Array
	sum: Float64Array
	square: Float64Array
}

/**
 * Exact natural breaks (Fisher–Jenks): the k classes of sorted values with the smallest sum of squared deviations from class means.
 * Returns the largest value of each class, ascending; fewer than k when there are fewer distinct values. Missing values are left out.
 * Deterministic; O(k · m · log m) on the m distinct values after one sort (divide and conquer on monotone splits, as in Ckmeans.1d.dp,
 * Wang and Song 2011). Memory: k · m · 4 bytes. Errors: RangeError when k is not a whole number from 1 to 100.
 */
export function naturalBreaks(values: Float64Array, k: number): Float64Array {
	if (!Number.isInteger(k) || k < 1 || k > 100) throw new RangeError(`the number of classes must be a whole number from 1 to 100, not ${k}`)
	const data = distinct(sortedPresent(values))
	const count = data.value.length
	const classes = Math.min(k, count)
	if (classes === 0) return new Float64Array(0)
	const starts = splitStarts(data, classes)
	const breaks = new Float64Array(classes)
	for (let index = classes - 1, last = count - 1; index >= 0; index--) {
		breaks[index] = data.value[last]!
		if (index > 0) last = starts[index]![last]! - 1
	}
	return breaks
}

function distinct(sorted: Float64Array): Weighted {
	let count = 0
	for (let row = 0; row < sorted.length; row++) if (row === 0 || sorted[row] !== sorted[row - 1]) count++
	const value = new Float64Array(count)
	const [weight, sum, square] = [new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1)]
	const shift = sorted[sorted.length >> 1] ?? 0
	for (let row = 0, index = -1; row < sorted.length; row++) {
		if (row === 0 || sorted[row] !== sorted[row - 1]) {
			value[++index] = sorted[row]!
			weight[index + 1] = weight[index]!
			sum[index + 1] = sum[index]!
			square[index + 1] = square[index]!
		}
		const shifted = sorted[row]! - shift
		weight[index + 1]!++
		sum[index + 1]! += shifted
		square[index + 1]! += shifted * shifted
	}
	return { value, weight, sum, square }
}

/** For each class after the first: where it starts when it is the last class of the best division of values 0…end. */
function splitStarts({ value, weight, sum, square }: Weighted, classes: number): Uint32Array[] {
	const count = value.length
	/** Sum of squared deviations of the values from..to, inclusive. */
	const cost = (from: number, to: number) => {
		const total = sum[to + 1]! - sum[from]!
		const within = square[to + 1]! - square[from]! - (total * total) / (weight[to + 1]! - weight[from]!)
		return within > 0 ? within : 0
	}
	let best = new Float64Array(count)
	for (let end = 0; end < count; end++) best[end] = cost(0, end)
	const starts = [new Uint32Array(count)]
	for (let index = 1; index < classes; index++) {
		const next = new Float64Array(count).fill(Infinity)
		const start = new Uint32Array(count)
		const fill = (low: number, high: number, first: number, last: number): void => {
			if (low > high) return
			const end = (low + high) >> 1
			let lowest = Infinity
			let from = Math.min(last, end)
			const least = Math.max(first, index)
			let at = from
			const [weights, total, squares, floor] = [weight[end + 1]!, sum[end + 1]!, square[end + 1]!, best[least - 1]!]
			// The cost of the last class grows as it starts earlier; once it alone exceeds the best sum, no earlier start can win.
			for (; from >= least; from--) {
				const within = total - sum[from]!
				const deviation = squares - square[from]! - (within * within) / (weights - weight[from]!)
				const lastCost = deviation > 0 ? deviation : 0
				if (lastCost + floor >= lowest) break
				const candidate = best[from - 1]! + lastCost
				if (candidate < lowest) {
					lowest = candidate
					at = from
				}
			}
			next[end] = lowest
			start[end] = at
			fill(low, end - 1, first, at)
			fill(end + 1, high, at, last)
		}
		// Of the last class only the division of all values is asked for.
		fill(index === classes - 1 ? count - 1 : index, count - 1, index, count - 1)
		starts.push(start)
		best = next
	}
	return starts
}
