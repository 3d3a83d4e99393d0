/** Points of an open ring, x and y interleaved; only the first `length` numbers count. */
export interface RingBuffer {
	values: Int32Array
	length: number
}

export function newRingBuffer(): RingBuffer {
	return { values: new Int32Array(1024), length: 0 }
}

/** Makes room for `numbers` numbers, dropping what was there. */
export function clearFor(buffer: RingBuffer, numbers: number): void {
	if (buffer.values.length < numbers) buffer.values = new Int32Array(2 * numbers)
	buffer.length = 0
}

/**
 * Clips an open ring to low <= axis <= high (Sutherland and Hodgman 1974); axis 0 is x, 1 is y. Cuts are rounded to whole units
 * and do not depend on the direction of the edge, so that neighbours are cut in the same place.
 */
export function clipRing(ring: Int32Array, start: number, end: number, axis: 0 | 1, low: number, high: number, into: RingBuffer): void {
	clearFor(into, 3 * (end - start) + 8)
	const out = into.values
	let length = 0
	let px = ring[end - 2]!
	let py = ring[end - 1]!
	for (let i = start; i < end; i += 2) {
		const x = ring[i]!
		const y = ring[i + 1]!
		const p = axis === 0 ? px : py
		const c = axis === 0 ? x : y
		if (p < low ? c > low : p > high ? c < high : false) {
			const edge = p < low ? low : high
			const cut = cutAt(axis === 0 ? px : py, axis === 0 ? py : px, c, axis === 0 ? y : x, edge)
			out[length++] = axis === 0 ? edge : cut
			out[length++] = axis === 0 ? cut : edge
		}
		if (c >= low && c <= high) {
			out[length++] = x
			out[length++] = y
		} else if (c < low ? p > low : p < high) {
			const edge = c < low ? low : high
			const cut = cutAt(axis === 0 ? px : py, axis === 0 ? py : px, c, axis === 0 ? y : x, edge)
			out[length++] = axis === 0 ? edge : cut
			out[length++] = axis === 0 ? cut : edge
		}
		px = x
		py = y
	}
	into.length = length
}

/** Where the edge from (a, b) to (c, d) reaches `edge` on its first coordinate: its second one, rounded. */
function cutAt(a: number, b: number, c: number, d: number, edge: number): number {
	return a < c ? Math.round(b + ((edge - a) * (d - b)) / (c - a)) : Math.round(d + ((edge - c) * (b - d)) / (a - c))
}
