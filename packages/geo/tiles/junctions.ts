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
	const { order, starts } = bucketVertices(places)
	const junctions = new Uint8Array(count)
	const largest = starts.reduce((most, start, b) => Math.max(most, b > 0 ? start - starts[b - 1]! : 0), 0)
	let size = 2
	while (size < 2 * largest) size *= 2
	const table = new Int32Array(size)
	for (let b = 0; b + 1 < starts.length; b++) {
		table.fill(0)
		markBucket(points, places, around, order.subarray(starts[b]!, starts[b + 1]!), table, junctions)
	}
	return junctions
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

/** Vertices sorted by the upper bits of their hash, so that each table below fits the processor's cache. */
function bucketVertices(places: Int32Array): { order: Int32Array; starts: Int32Array } {
	let bits = 0
	while (places.length >> bits > 16_384 && bits < 12) bits++
	const starts = new Int32Array((1 << bits) + 1)
	const bucketOf = (place: number) => (bits === 0 ? 0 : place >>> (32 - bits))
	for (let v = 0; v < places.length; v++) starts[bucketOf(places[v]!) + 1]!++
	for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!
	const next = starts.slice()
	const order = new Int32Array(places.length)
	for (let v = 0; v < places.length; v++) order[next[bucketOf(places[v]!)]!++] = v
	return { order, starts }
}

function markBucket(points: Int32Array, places: Int32Array, around: Int32Array, vertices: Int32Array, table: Int32Array, junctions: Uint8Array): void {
	const mask = table.length - 1
	const slots = new Int32Array(vertices.length)
	for (let i = 0; i < vertices.length; i++) {
		const v = vertices[i]!
		let slot = places[v]! & mask
		for (;;) {
			const first = table[slot]! - 1
			if (first < 0) {
				table[slot] = v + 1
				break
			}
			if (points[2 * first] === points[2 * v] && points[2 * first + 1] === points[2 * v + 1]) {
				if (around[first] !== around[v]) junctions[first] = 1
				break
			}
			slot = (slot + 1) & mask
		}
		slots[i] = slot
	}
	for (let i = 0; i < vertices.length; i++) junctions[vertices[i]!] = junctions[table[slots[i]!]! - 1]!
}
