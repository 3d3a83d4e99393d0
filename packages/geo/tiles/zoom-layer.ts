import { WORLD_BITS, type TileSource } from './tile-source.ts'

/** Bits of a tile's extent: 4096 units across. */
export const EXTENT_BITS = 12
export const EXTENT = 1 << EXTENT_BITS

/** Features simplified for one zoom, in units of 1/4096 tile from the world's north-west corner; rings are not closed. */
export interface ZoomLayer {
	/** Ordinals in the source, ascending. */
	features: Int32Array
	/** Ring range of the i-th feature. */
	featureRings: Int32Array
	/** Vertex range of each ring. */
	ringOffsets: number[]
	/** 1 for outer rings, 0 for holes. */
	isOuter: number[]
	points: Int32Array
	/** West, north, east, south of the i-th feature. */
	bounds: Int32Array
}

/** A buffer of points that grows; `reserve` before writing. */
class PointBuffer {
	values = new Int32Array(65_536)
	length = 0

	reserve(numbers: number): void {
		if (this.length + numbers <= this.values.length) return
		const larger = new Int32Array(Math.max(this.values.length * 2, this.length + numbers))
		larger.set(this.values.subarray(0, this.length))
		this.values = larger
	}
}

/**
 * Leaves out the vertices less important than `tolerance` units and rounds the others to whole units. Rings that keep fewer than
 * three different vertices go; a feature that would lose all of them keeps a mark one unit large.
 */
export function simplifyForZoom(source: TileSource, features: Int32Array, zoom: number, tolerance: number): ZoomLayer {
	const buffer = new PointBuffer()
	const featureRings = new Int32Array(features.length + 1)
	const bounds = new Int32Array(4 * features.length)
	const ringOffsets = [0]
	const isOuter: number[] = []
	for (let i = 0; i < features.length; i++) {
		const from = buffer.length
		addFeature(source, features[i]!, WORLD_BITS - EXTENT_BITS - zoom, tolerance, buffer, ringOffsets, isOuter)
		featureRings[i + 1] = ringOffsets.length - 1
		measureBounds(buffer, from, bounds, 4 * i)
	}
	return { features, featureRings, ringOffsets, isOuter, points: buffer.values, bounds }
}

function addFeature(
	source: TileSource, feature: number, shift: number, tolerance: number, buffer: PointBuffer, ringOffsets: number[], isOuter: number[],
): void {
	const minimum = tolerance * 2 ** shift
	const before = ringOffsets.length
	for (let polygon = source.featureOffsets[feature]!; polygon < source.featureOffsets[feature + 1]!; polygon++) {
		const outer = source.polygonOffsets[polygon]!
		for (let ring = outer; ring < source.polygonOffsets[polygon + 1]!; ring++) {
			const kept = addRing(source, ring, shift, minimum, buffer)
			if (kept) {
				ringOffsets.push(buffer.length / 2)
				isOuter.push(ring === outer ? 1 : 0)
			} else if (ring === outer) break
		}
	}
	if (ringOffsets.length > before || source.featureOffsets[feature] === source.featureOffsets[feature + 1]) return
	const v = source.ringOffsets[source.polygonOffsets[source.featureOffsets[feature]!]!]!
	const half = (1 << shift) >> 1
	addMark((source.points[2 * v]! + half) >> shift, (source.points[2 * v + 1]! + half) >> shift, buffer)
	ringOffsets.push(buffer.length / 2)
	isOuter.push(1)
}

function addMark(x: number, y: number, buffer: PointBuffer): void {
	buffer.reserve(6)
	buffer.values.set([x, y, x, y + 1, x + 1, y], buffer.length)
	buffer.length += 6
}

/** Adds the kept vertices of a ring; takes them back and answers false when no area is left. */
function addRing(source: TileSource, ring: number, shift: number, minimum: number, buffer: PointBuffer): boolean {
	const { points, importance, ringOffsets } = source
	const first = ringOffsets[ring]!
	const last = ringOffsets[ring + 1]! - 1
	buffer.reserve(2 * (last - first))
	const half = (1 << shift) >> 1
	const values = buffer.values
	const start = buffer.length
	let end = start
	let lastX = -0x80000000
	let lastY = -0x80000000
	for (let v = first; v < last; v++) {
		if (importance[v]! < minimum) continue
		const x = (points[2 * v]! + half) >> shift
		const y = (points[2 * v + 1]! + half) >> shift
		if (x === lastX && y === lastY) continue
		values[end] = x
		values[end + 1] = y
		end += 2
		lastX = x
		lastY = y
	}
	while (end > start + 2 && values[end - 2] === values[start] && values[end - 1] === values[start + 1]) end -= 2
	const isKept = end - start >= 6 && doubleArea(values, start, end) !== 0
	buffer.length = isKept ? end : start
	return isKept
}

/** Twice the signed area of an open ring in `values` from `start` to `end`; positive when clockwise on a screen. */
export function doubleArea(values: Int32Array, start: number, end: number): number {
	const x0 = values[start]!
	const y0 = values[start + 1]!
	let ax = values[start + 2]! - x0
	let ay = values[start + 3]! - y0
	let sum = 0
	for (let i = start + 4; i < end; i += 2) {
		const bx = values[i]! - x0
		const by = values[i + 1]! - y0
		sum += ax * by - bx * ay
		ax = bx
		ay = by
	}
	return sum
}

function measureBounds(buffer: PointBuffer, from: number, bounds: Int32Array, at: number): void {
	let west = 0x7fffffff
	let north = 0x7fffffff
	let east = -0x80000000
	let south = -0x80000000
	const values = buffer.values
	for (let i = from; i < buffer.length; i += 2) {
		const x = values[i]!
		const y = values[i + 1]!
		if (x < west) west = x
		if (x > east) east = x
		if (y < north) north = y
		if (y > south) south = y
	}
	bounds[at] = west
	bounds[at + 1] = north
	bounds[at + 2] = east
	bounds[at + 3] = south
}
