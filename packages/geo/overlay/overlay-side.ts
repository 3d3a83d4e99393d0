import { ringRange, type PolygonLayer } from '../layers/polygon-layer.ts'
import { equalAreaX, equalAreaY } from './equal-area.ts'

/**
 * A layer made ready for overlay, in metres of the equal-area plane. Edge e runs from vertex edges[e] to the one after it; feature f
 * owns edges edgeOffsets[f] to edgeOffsets[f+1], ordered by their left end; upright edges are left out, because nothing lies under them.
 */
export interface OverlaySide {
	featureCount: number
	/** x and y of every vertex, interleaved. */
	vertices: Float64Array
	edges: Uint32Array
	edgeOffsets: Uint32Array
	/** Left, bottom, right, top of each feature; NaN for one without geometry. */
	boxes: Float64Array
	/** Width of the widest edge of each feature. */
	widest: Float64Array
	squareMeters: Float64Array
}

/** Projects a layer and orders its edges; on shared memory when threads are to read it. */
export function prepareSide(layer: PolygonLayer, shared: boolean): OverlaySide {
	const buffer = (bytes: number) => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
	const count = layer.featureCount
	const side: OverlaySide = {
		featureCount: count,
		vertices: projected(layer, new Float64Array(buffer(8 * layer.coordinates.length))),
		edges: new Uint32Array(buffer(2 * layer.coordinates.length)),
		edgeOffsets: new Uint32Array(buffer(4 * (count + 1))),
		boxes: new Float64Array(buffer(32 * count)),
		widest: new Float64Array(buffer(8 * count)),
		squareMeters: new Float64Array(buffer(8 * count)),
	}
	let edgeCount = 0
	for (let feature = 0; feature < count; feature++) {
		edgeCount = addEdges(side, layer, feature, edgeCount)
		side.edgeOffsets[feature + 1] = edgeCount
		orderEdges(side, feature)
	}
	return side
}

function projected(layer: PolygonLayer, vertices: Float64Array): Float64Array {
	for (let i = 0; i < vertices.length; i += 2) {
		vertices[i] = equalAreaX(layer.coordinates[i]!)
		vertices[i + 1] = equalAreaY(layer.coordinates[i + 1]!)
	}
	return vertices
}

/** Writes the edges of a feature from place `at` on, with its box, area and widest edge; returns the place after them. */
function addEdges(side: OverlaySide, layer: PolygonLayer, feature: number, at: number): number {
	const { vertices, edges } = side
	const [firstRing, endRing] = ringRange(layer, feature)
	const first = layer.ringOffsets[firstRing]!
	const [x0, y0] = [vertices[2 * first]!, vertices[2 * first + 1]!]
	let [left, bottom, right, top, widest, doubleArea] = [Infinity, Infinity, -Infinity, -Infinity, 0, 0]
	for (let ring = firstRing; ring < endRing; ring++) {
		const end = layer.ringOffsets[ring + 1]! - 1
		for (let v = layer.ringOffsets[ring]!; v < end; v++) {
			const ax = vertices[2 * v]!
			const ay = vertices[2 * v + 1]!
			const bx = vertices[2 * v + 2]!
			const by = vertices[2 * v + 3]!
			if (ax < left) left = ax
			if (ax > right) right = ax
			if (ay < bottom) bottom = ay
			if (ay > top) top = ay
			doubleArea += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
			if (ax === bx) continue
			const width = Math.abs(bx - ax)
			if (width > widest) widest = width
			edges[at++] = v
		}
	}
	side.widest[feature] = widest
	side.squareMeters[feature] = doubleArea / 2
	side.boxes.set(left <= right ? [left, bottom, right, top] : [NaN, NaN, NaN, NaN], 4 * feature)
	return at
}

let keys = new Float64Array(1024)

/**
 * Orders the edges of a feature by their left end. The native sort knows numbers only, so each key holds the left end, as a whole
 * number as fine as 53 bits allow, and behind it the place of the edge; a last pass settles what that rounding left open.
 */
function orderEdges({ vertices, edges, edgeOffsets, boxes }: OverlaySide, feature: number): void {
	const [start, end] = [edgeOffsets[feature]!, edgeOffsets[feature + 1]!]
	const count = end - start
	if (count < 2) return
	if (keys.length < count) keys = new Float64Array(2 * count)
	const first = edges[start]!
	const places = 2 ** Math.ceil(Math.log2(edges[end - 1]! - first + 1))
	const left = boxes[4 * feature]!
	const scale = (2 ** 53 / places - 1) / (boxes[4 * feature + 2]! - left)
	for (let e = 0; e < count; e++) {
		const v = edges[start + e]!
		keys[e] = Math.floor((Math.min(vertices[2 * v]!, vertices[2 * v + 2]!) - left) * scale) * places + (v - first)
	}
	keys.subarray(0, count).sort()
	for (let e = 0; e < count; e++) {
		const v = first + (keys[e]! - Math.floor(keys[e]! / places) * places)
		const x = Math.min(vertices[2 * v]!, vertices[2 * v + 2]!)
		let at = start + e
		for (; at > start; at--) {
			const before = edges[at - 1]!
			if (Math.min(vertices[2 * before]!, vertices[2 * before + 2]!) <= x) break
			edges[at] = before
		}
		edges[at] = v
	}
}
