import { ascendingOrder } from './sort-order.ts'

/** The four named percentile rules; `docs/methodology/percentile-rules.md` compares them. */
export const PERCENTILE_RULES = ['svi', 'cejst', 'ejscreen', 'dplyr'] as const
export type PercentileRule = (typeof PERCENTILE_RULES)[number]

export interface PercentileOptions {
	/** Reference set: 1 for rows that are ranked among each other, 0 for rows left out (their result is missing). Default: all. */
	among?: Uint8Array
	/** Group of each row, 0 and up; rows are ranked within their group, rows of a negative group are left out. */
	groupOfRow?: Int32Array
}

/**
 * Percentile ranks of a column of n values by one of four named rules; missing (NaN) values are not counted and stay missing.
 *
 * - `svi` and `dplyr`: (lowest rank − 1) / (N − 1), ties share the lowest rank (CDC/ATSDR SVI; R `percent_rank`). N = 1 gives 0.
 *   The two differ in what surrounds them (SVI ranks values printed to one decimal and prints four), not in the formula.
 * - `cejst`: mean rank of the ties / N (pandas `rank(pct=True)`; usds/justice40-tool), in (0, 1].
 * - `ejscreen`: whole percentiles 0 to 100: the lowest p whose percentile (linear interpolation) reaches the value, one less
 *   when it is not met exactly (EPA EJScreenTool `getPctile`).
 *
 * Each column is sorted once, groups or not. Output: Float64Array of n. Errors: RangeError when `among` or `groupOfRow` has another length.
 */
export function percentileRanks(values: Float64Array, rule: PercentileRule, options: PercentileOptions = {}): Float64Array {
	const { among, groupOfRow } = options
	for (const mask of [among, groupOfRow]) if (mask && mask.length !== values.length) throw new RangeError('the reference set and the column differ in length')
	const ranked = among || groupOfRow ? masked(values, among, groupOfRow) : values
	const ranks = new Float64Array(values.length).fill(NaN)
	const order = ascendingOrder(ranked)
	for (const part of groupOfRow ? splitByGroup(order, groupOfRow) : [order]) {
		if (rule === 'ejscreen') fillWholePercentiles(ranked, part, ranks)
		else fillRanks(ranked, part, ranks, rule)
	}
	return ranks
}

/** The values of the rows that take part; the column itself when all do. */
function masked(values: Float64Array, among?: Uint8Array, groupOfRow?: Int32Array): Float64Array {
	let result = values
	for (let row = 0; row < values.length; row++) {
		if ((!among || among[row]) && (!groupOfRow || groupOfRow[row]! >= 0)) continue
		if (result === values) result = values.slice()
		result[row] = NaN
	}
	return result
}

/** The rows of each group in the order they had. */
function splitByGroup(order: Uint32Array, groupOfRow: Int32Array): Uint32Array[] {
	let groups = 0
	for (let place = 0; place < order.length; place++) if (groupOfRow[order[place]!]! >= groups) groups = groupOfRow[order[place]!]! + 1
	if (groups <= 1) return [order]
	const starts = new Uint32Array(groups + 1)
	for (let place = 0; place < order.length; place++) starts[groupOfRow[order[place]!]! + 1]!++
	for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!
	const next = starts.slice()
	const split = new Uint32Array(order.length)
	for (let place = 0; place < order.length; place++) {
		const row = order[place]!
		split[next[groupOfRow[row]!]!++] = row
	}
	return Array.from({ length: groups }, (_, group) => split.subarray(starts[group], starts[group + 1]))
}

function fillRanks(values: Float64Array, order: Uint32Array, ranks: Float64Array, rule: PercentileRule): void {
	const count = order.length
	const lowest = rule !== 'cejst'
	const divisor = lowest ? Math.max(1, count - 1) : count
	for (let start = 0; start < count; ) {
		const value = values[order[start]!]!
		let end = start + 1
		while (end < count && values[order[end]!] === value) end++
		const rank = (lowest ? start : (start + 1 + end) / 2) / divisor
		for (let place = start; place < end; place++) ranks[order[place]!] = rank
		start = end
	}
}

function fillWholePercentiles(values: Float64Array, order: Uint32Array, ranks: Float64Array): void {
	if (order.length === 0) return
	const points = new Float64Array(101)
	for (let percent = 0; percent <= 100; percent++) points[percent] = interpolated(values, order, percent / 100)
	let index = 0
	for (let place = 0; place < order.length; place++) {
		const value = values[order[place]!]!
		while (index < 100 && points[index]! < value) index++
		ranks[order[place]!] = firstHolding(points, points[index] === value ? index : index - 1)
	}
}

function firstHolding(points: Float64Array, index: number): number {
	let first = Math.max(0, index)
	while (first > 0 && points[first - 1] === points[first]) first--
	return first
}

/** Quantile by linear interpolation (Hyndman and Fan type 7), in the order of operations numpy uses. */
function interpolated(values: Float64Array, order: Uint32Array, share: number): number {
	const position = share * (order.length - 1)
	const below = Math.floor(position)
	const fraction = position - below
	const a = values[order[below]!]!
	const b = values[order[Math.min(below + 1, order.length - 1)]!]!
	return fraction >= 0.5 ? b - (b - a) * (1 - fraction) : a + (b - a) * fraction
}
