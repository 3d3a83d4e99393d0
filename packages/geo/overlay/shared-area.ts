import type { OverlaySide } from './overlay-side.ts'

/** Edges of one feature within reach of another: left x, left y, right x, right y, slope, sign of the area under it. */
const FIELDS = 6

/** Working memory of one thread. */
export interface EdgeScratch {
	edges: [Float64Array, Float64Array]
	open: [Int32Array, Int32Array]
}

export function edgeScratch(size = 1024): EdgeScratch {
	return { edges: [new Float64Array(FIELDS * size), new Float64Array(FIELDS * size)], open: [new Int32Array(size), new Int32Array(size)] }
}

/**
 * Area that feature f of one side and feature g of another share, in square metres of the plane. A polygon is the sum of the strips
 * under its edges, taken positive where the inside lies below the edge and negative where it lies above. So the shared area is the
 * sum, over pairs of edges that overlap in x, of both signs times the strip under the lower of the two. Nothing is cut, so shared
 * borders, touching corners, holes and rings without area are no special cases. Heights count from the bottom of the common box,
 * so that the numbers stay small and little is lost to rounding. An edge that lies wholly below the other feature is left out: it is
 * the lower one beside all of that feature's edges, whose signs sum to 0 at every x.
 */
export function sharedArea(a: OverlaySide, f: number, b: OverlaySide, g: number, scratch: EdgeScratch): number {
	const left = Math.max(a.boxes[4 * f]!, b.boxes[4 * g]!)
	const right = Math.min(a.boxes[4 * f + 2]!, b.boxes[4 * g + 2]!)
	const bottom = Math.max(a.boxes[4 * f + 1]!, b.boxes[4 * g + 1]!)
	const top = Math.min(a.boxes[4 * f + 3]!, b.boxes[4 * g + 3]!)
	if (!(left < right && bottom < top)) return 0
	const countA = gatherEdges(a, f, left, right, bottom, b.boxes[4 * g + 1]!, scratch, 0)
	const countB = gatherEdges(b, g, left, right, bottom, a.boxes[4 * f + 1]!, scratch, 1)
	return sweep(scratch, countA, countB)
}

/** Copies the edges of a feature that overlap the strip from left to right and rise above `floor`, relative to left and bottom. */
function gatherEdges(
	side: OverlaySide, feature: number, left: number, right: number, bottom: number, floor: number, scratch: EdgeScratch, which: 0 | 1,
): number {
	const { vertices, edges } = side
	const end = side.edgeOffsets[feature + 1]!
	const start = firstWithin(side, feature, left)
	if (scratch.open[which].length < end - start) {
		scratch.edges[which] = new Float64Array(2 * FIELDS * (end - start))
		scratch.open[which] = new Int32Array(2 * (end - start))
	}
	const out = scratch.edges[which]
	let at = 0
	for (let e = start; e < end; e++) {
		const v = 2 * edges[e]!
		const forward = vertices[v]! < vertices[v + 2]!
		const from = forward ? v : v + 2
		const to = forward ? v + 2 : v
		const x = vertices[from]!
		if (x >= right) break
		const y = vertices[from + 1]!
		const x1 = vertices[to]!
		const y1 = vertices[to + 1]!
		if (x1 <= left || (y <= floor && y1 <= floor)) continue
		out[at] = x - left
		out[at + 1] = y - bottom
		out[at + 2] = x1 - left
		out[at + 3] = y1 - bottom
		out[at + 4] = (y1 - y) / (x1 - x)
		out[at + 5] = forward ? -1 : 1
		at += FIELDS
	}
	return at / FIELDS
}

/** The first edge of a feature that can reach beyond `left`: none before it starts within the widest edge's width of it. */
function firstWithin({ vertices, edges, edgeOffsets, widest }: OverlaySide, feature: number, left: number): number {
	let low = edgeOffsets[feature]!
	let high = edgeOffsets[feature + 1]!
	const from = left - widest[feature]! * (1 + 1e-12)
	while (low < high) {
		const middle = (low + high) >> 1
		const v = 2 * edges[middle]!
		if (Math.min(vertices[v]!, vertices[v + 2]!) < from) low = middle + 1
		else high = middle
	}
	return low
}

/** Goes from left to right; each edge that opens meets the open edges of the other feature, so every overlapping pair meets once. */
function sweep({ edges: [a, b], open: [openA, openB] }: EdgeScratch, countA: number, countB: number): number {
	let [i, j, heightA, heightB, sum] = [0, 0, 0, 0, 0]
	while (i < countA || j < countB) {
		if (j >= countB || (i < countA && a[FIELDS * i]! <= b[FIELDS * j]!)) {
			if (j >= countB && heightB === 0) break
			const x = a[FIELDS * i]!
			let kept = 0
			for (let k = 0; k < heightB; k++) {
				const other = openB[k]!
				if (b[FIELDS * other + 2]! <= x) continue
				openB[kept++] = other
				sum += stripUnderBoth(a, FIELDS * i, b, FIELDS * other, x)
			}
			heightB = kept
			openA[heightA++] = i++
		} else {
			if (i >= countA && heightA === 0) break
			const x = b[FIELDS * j]!
			let kept = 0
			for (let k = 0; k < heightA; k++) {
				const other = openA[k]!
				if (a[FIELDS * other + 2]! <= x) continue
				openA[kept++] = other
				sum += stripUnderBoth(a, FIELDS * other, b, FIELDS * j, x)
			}
			heightA = kept
			openB[heightB++] = j++
		}
	}
	return sum / 4
}

/** Four times the signed area under the lower of two edges, from x to where the first of them ends: ∫ min = ∫ (sum − |difference|) / 2. */
function stripUnderBoth(a: Float64Array, i: number, b: Float64Array, j: number, x: number): number {
	const endA = a[i + 2]!
	const endB = b[j + 2]!
	const end = endA < endB ? endA : endB
	const a0 = a[i + 1]! + (x - a[i]!) * a[i + 4]!
	const b0 = b[j + 1]! + (x - b[j]!) * b[j + 4]!
	const a1 = end === endA ? a[i + 3]! : a[i + 1]! + (end - a[i]!) * a[i + 4]!
	const b1 = end === endB ? b[j + 3]! : b[j + 1]! + (end - b[j]!) * b[j + 4]!
	const d0 = a0 - b0
	const d1 = a1 - b1
	const apart = d0 * d1 >= 0 ? Math.abs(d0 + d1) : (d0 * d0 + d1 * d1) / Math.abs(d0 - d1)
	return a[i + 5]! * b[j + 5]! * (end - x) * (a0 + a1 + b0 + b1 - apart)
}
