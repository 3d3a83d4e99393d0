const HASH_X = 0x9e3779b1
const HASH_Y = 0x85ebca77

function hashPlace(x: number, y: number): number {
	let h = Math.imul(x, HASH_X) ^ Math.imul(y, HASH_Y)
	h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
	return h ^ (h >>> 13)
}

/**
 * Marks the vertices where borders meet: 1 where a place is visited with different neighbours, 0 elsewhere. Between two junctions
 * neighbours share every vertex, so what is decided for one side can be decided for both. Rings are closed; points are integers,
 * x and y interleaved.
 */
export function findJunctions(points: Int32Array, ringOffsets: Uint32Array): Uint8Array {
	const count = points.length / 2
	const places = new Int32Array(count)
	const around = new Int32Array(count)
	for (let v = 0; v < count; v++) places[v] = hashPlace(points[2 * v]!, points[2 * v + 1]!)
	for (let ring = 0; ring < ringOffsets.length - 1; ring++) sumNeighbours(places, around, ringOffsets[ring]!, ringOffsets[ring + 1]!)
	return markJunctions(bucketVertices(points, places, around), count)
}

/** A number for the two neighbours of each vertex that does not depend on the direction of the ring. */
function sumNeighbours(places: Int32Array, around: Int32Array, start: number, end: number): void {
	const last = end - 2
	for (let v = start; v <= last; v++) {
		const before = places[v === start ? last : v - 1]!
		const behind = places[v === last ? start : v + 1]!
		around[v] = (before + behind) | 0
	}
	if (end > start) around[end - 1] = around[start]!
}

/** Vertices gathered by the upper bits of their hash, so that each table fits the processor's cache. */
interface Buckets {
	starts: Int32Array
	vertex: Int32Array
	place: Int32Array
	/** x, y and the number of the neighbours, interleaved. */
	facts: Int32Array
}

function bucketVertices(points: Int32Array, places: Int32Array, around: Int32Array): Buckets {
	const count = places.length
	let bits = 0
	while (count >> bits > 16_384 && bits < 10) bits++
	const shift = 32 - bits
	const starts = new Int32Array((1 << bits) + 1)
	for (let v = 0; v < count; v++) starts[(bits === 0 ? 0 : places[v]! >>> shift) + 1]!++
	for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!
	const next = starts.slice()
	const [vertex, place, facts] = [new Int32Array(count), new Int32Array(count), new Int32Array(3 * count)]
	for (let v = 0; v < count; v++) {
		const at = next[bits === 0 ? 0 : places[v]! >>> shift]!++
		vertex[at] = v
		place[at] = places[v]!
		facts[3 * at] = points[2 * v]!
		facts[3 * at + 1] = points[2 * v + 1]!
		facts[3 * at + 2] = around[v]!
	}
	return { starts, vertex, place, facts }
}

function markJunctions({ starts, vertex, place, facts }: Buckets, count: number): Uint8Array {
	const junctions = new Uint8Array(count)
	let largest = 1
	for (let b = 1; b < starts.length; b++) largest = Math.max(largest, starts[b]! - starts[b - 1]!)
	let size = 2
	while (size < 2 * largest) size *= 2
	const table = new Int32Array(size)
	const isJunction = new Uint8Array(largest)
	const firstOf = new Int32Array(largest)
	for (let b = 0; b + 1 < starts.length; b++) {
		const [start, end] = [starts[b]!, starts[b + 1]!]
		table.fill(0)
		isJunction.fill(0)
		for (let at = start; at < end; at++) firstOf[at - start] = enter(facts, place[at]!, at, start, table, isJunction)
		for (let at = start; at < end; at++) junctions[vertex[at]!] = isJunction[firstOf[at - start]!]!
	}
	return junctions
}

/** Enters a vertex into the table of its bucket and answers which one was first at its place, counted from `start`. */
function enter(facts: Int32Array, place: number, at: number, start: number, table: Int32Array, isJunction: Uint8Array): number {
	const mask = table.length - 1
	let slot = place & mask
	for (;;) {
		const first = table[slot]! - 1
		if (first < 0) {
			table[slot] = at + 1
			return at - start
		}
		if (facts[3 * first] === facts[3 * at] && facts[3 * first + 1] === facts[3 * at + 1]) {
			if (facts[3 * first + 2] !== facts[3 * at + 2]) isJunction[first - start] = 1
			return first - start
		}
		slot = (slot + 1) & mask
	}
}
