import { findJunctions } from './junctions.ts'

/** The vertices of one stretch of border in an order that both neighbours agree on, and what was found out about them. */
interface Arc {
	x: Float64Array
	y: Float64Array
	weight: Float32Array
	/** Vertex of the layer that each one stands for. */
	vertex: Int32Array
	length: number
}

/**
 * How far the border would move without each vertex, in the units of `points`: the tolerance below which Douglas and Peucker (1973)
 * keep it. Infinity where borders meet. Neighbours get the same number for a shared vertex, so filtering by it opens no gaps.
 */
export function vertexImportance(points: Int32Array, ringOffsets: Uint32Array, importance: Float32Array): void {
	const junctions = findJunctions(points, ringOffsets)
	let arc = newArc(1024)
	for (let ring = 0; ring < ringOffsets.length - 1; ring++) {
		const [start, end] = [ringOffsets[ring]!, ringOffsets[ring + 1]! - 1]
		if (end - start + 2 > arc.x.length) arc = newArc(2 * (end - start + 2))
		weighRing(points, junctions, start, end - start, arc, importance)
		importance[end] = importance[start]!
	}
}

function newArc(capacity: number): Arc {
	return {
		x: new Float64Array(capacity),
		y: new Float64Array(capacity),
		weight: new Float32Array(capacity),
		vertex: new Int32Array(capacity),
		length: 0,
	}
}

/** Cuts a ring of `count` different vertices at its junctions; a ring without any is cut at two vertices of its own choice. */
function weighRing(points: Int32Array, junctions: Uint8Array, start: number, count: number, arc: Arc, importance: Float32Array): void {
	let first = 0
	while (first < count && junctions[start + first] === 0) first++
	if (first === count) {
		const [corner, opposite] = freeRingCuts(points, start, count)
		weighStretch(points, start, count, corner, (opposite - corner + count) % count, arc, importance)
		weighStretch(points, start, count, opposite, (corner - opposite + count) % count, arc, importance)
		return
	}
	let from = first
	for (let step = 1; step <= count; step++) {
		const at = (first + step) % count
		if (junctions[start + at] === 0) continue
		weighStretch(points, start, count, from, step === count && from === first ? count : (at - from + count) % count, arc, importance)
		from = at
	}
}

/** The lowest leftmost vertex, and the one farthest from it: the same two in whatever direction the ring runs. */
function freeRingCuts(points: Int32Array, start: number, count: number): [number, number] {
	let corner = 0
	for (let i = 1; i < count; i++) if (comesBefore(points, start + i, start + corner)) corner = i
	let opposite = corner
	let farthest = -1
	for (let i = 0; i < count; i++) {
		const dx = points[2 * (start + i)]! - points[2 * (start + corner)]!
		const dy = points[2 * (start + i) + 1]! - points[2 * (start + corner) + 1]!
		const distance = dx * dx + dy * dy
		if (distance < farthest || (distance === farthest && !comesBefore(points, start + i, start + opposite))) continue
		farthest = distance
		opposite = i
	}
	return [corner, opposite]
}

function comesBefore(points: Int32Array, a: number, b: number): boolean {
	return points[2 * a]! < points[2 * b]! || (points[2 * a] === points[2 * b] && points[2 * a + 1]! < points[2 * b + 1]!)
}

/** Weighs the vertices from ring position `from` over `steps` further ones; its two ends are kept at every scale. */
function weighStretch(points: Int32Array, start: number, count: number, from: number, steps: number, arc: Arc, importance: Float32Array): void {
	const vertexAt = (k: number) => start + ((from + k) % count)
	const isTurned = readsBackwards(points, vertexAt, steps)
	for (let k = 0; k <= steps; k++) {
		const v = vertexAt(isTurned ? steps - k : k)
		arc.x[k] = points[2 * v]!
		arc.y[k] = points[2 * v + 1]!
		arc.vertex[k] = v
	}
	arc.length = steps + 1
	arc.weight[0] = Infinity
	arc.weight[steps] = Infinity
	weighBetween(arc, 0, steps, Infinity)
	for (let k = 0; k <= steps; k++) importance[arc.vertex[k]!] = arc.weight[k]!
}

/** Whether the other direction comes first in the order that both neighbours use. */
function readsBackwards(points: Int32Array, vertexAt: (k: number) => number, steps: number): boolean {
	for (let k = 0; 2 * k < steps; k++) {
		const [a, b] = [vertexAt(k), vertexAt(steps - k)]
		if (points[2 * a] !== points[2 * b] || points[2 * a + 1] !== points[2 * b + 1]) return comesBefore(points, b, a)
	}
	return false
}

/** Douglas-Peucker: the vertex farthest from the chord matters most, though never more than the one that split before it. */
function weighBetween(arc: Arc, first: number, last: number, ceiling: number): void {
	while (last - first > 1) {
		const [farthest, distance] = farthestFromChord(arc, first, last)
		const weight = Math.min(ceiling, distance)
		arc.weight[farthest] = weight
		ceiling = weight
		if (farthest - first < last - farthest) {
			weighBetween(arc, first, farthest, weight)
			first = farthest
		} else {
			weighBetween(arc, farthest, last, weight)
			last = farthest
		}
	}
}

function farthestFromChord(arc: Arc, first: number, last: number): [number, number] {
	const { x, y } = arc
	const ax = x[first]!
	const ay = y[first]!
	const dx = x[last]! - ax
	const dy = y[last]! - ay
	const square = dx * dx + dy * dy
	let farthest = (first + last) >> 1
	let most = -1
	for (let k = first + 1; k < last; k++) {
		let ex = x[k]! - ax
		let ey = y[k]! - ay
		if (square > 0) {
			const along = (ex * dx + ey * dy) / square
			if (along > 1) {
				ex -= dx
				ey -= dy
			} else if (along > 0) {
				ex -= along * dx
				ey -= along * dy
			}
		}
		const distance = ex * ex + ey * ey
		if (distance > most) {
			most = distance
			farthest = k
		}
	}
	return [farthest, Math.sqrt(most)]
}
