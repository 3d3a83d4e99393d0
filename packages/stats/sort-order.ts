const DIGIT_SIZE = 65536
const SMALL = 4096

/**
 * Rows of `values` in ascending order of value, missing (NaN) left out; equal values keep their row order.
 * Input: Float64Array of n; output: Uint32Array of at most n row numbers. −0 and 0 count as equal. Never throws.
 * Radix sort on the bits of the numbers, 16 at a time: linear in n (Knuth, TAOCP 3, 5.2.5).
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
	let present = 0
	for (let row = 0; row < values.length; row++) if (values[row] === values[row]) present++
	const order = new Uint32Array(present)
	for (let row = 0, next = 0; row < values.length; row++) if (values[row] === values[row]) order[next++] = row
	if (present <= SMALL) return order.sort((a, b) => values[a]! - values[b]! || a - b)
	return radixSort(values, order)
}

/**
 * Sorts `order` by the upper 32 sortable bits of each value, then puts right the runs that only the lower 32 bits tell apart.
 * Sortable bits: all flipped when negative, else the sign bit only.
 */
function radixSort(values: Float64Array, order: Uint32Array): Uint32Array {
	const [low, high] = sortableKeys(values)
	const sorted = digitPass(digitPass(order, high, 0), high, 16)
	for (let start = 0; start < sorted.length; ) {
		const key = high[sorted[start]!]!
		let end = start + 1
		while (end < sorted.length && high[sorted[end]!] === key) end++
		if (end - start > 1) sortRun(sorted, low, start, end)
		start = end
	}
	return sorted
}

/** Stable sort of places start … end by the lower bits. */
function sortRun(order: Uint32Array, low: Uint32Array, start: number, end: number): void {
	let ascending = true
	for (let place = start + 1; place < end && ascending; place++) ascending = low[order[place - 1]!]! <= low[order[place]!]!
	if (ascending) return
	const run = order.subarray(start, end)
	if (end - start > SMALL) run.set(digitPass(digitPass(run.slice(), low, 0), low, 16))
	else run.sort((a, b) => low[a]! - low[b]! || a - b)
}

/** One stable pass over 16 bits of the keys. */
function digitPass(from: Uint32Array, keys: Uint32Array, shift: number): Uint32Array {
	const starts = countDigits(keys, shift, from)
	if (!starts) return from
	const to = new Uint32Array(from.length)
	for (let place = 0; place < from.length; place++) {
		const row = from[place]!
		to[starts[(keys[row]! >>> shift) & 0xffff]!++] = row
	}
	return to
}

function sortableKeys(values: Float64Array): [Uint32Array, Uint32Array] {
	const low = new Uint32Array(values.length)
	const high = new Uint32Array(values.length)
	const one = new Float64Array(1)
	const bits = new Uint32Array(one.buffer)
	for (let row = 0; row < values.length; row++) {
		one[0] = values[row]! + 0
		const negative = bits[1]! >>> 31
		low[row] = negative ? ~bits[0]! : bits[0]!
		high[row] = negative ? ~bits[1]! : bits[1]! ^ 0x80000000
	}
	return [low, high]
}

/** Where each digit starts in the sorted order, or undefined when all rows share one digit. */
function countDigits(keys: Uint32Array, shift: number, rows: Uint32Array): Uint32Array | undefined {
	const counts = new Uint32Array(DIGIT_SIZE)
	for (let place = 0; place < rows.length; place++) counts[(keys[rows[place]!]! >>> shift) & 0xffff]!++
	if (counts[(keys[rows[0]!]! >>> shift) & 0xffff] === rows.length) return undefined
	let start = 0
	for (let digit = 0; digit < DIGIT_SIZE; digit++) {
		const count = counts[digit]!
		counts[digit] = start
		start += count
	}
	return counts
}

/** The values of `values` that are not missing, ascending, as a new Float64Array. Never throws. */
export function sortedPresent(values: Float64Array): Float64Array {
	const sorted = values.slice().sort()
	let present = sorted.length
	while (present > 0 && sorted[present - 1] !== sorted[present - 1]) present--
	return sorted.subarray(0, present)
}
