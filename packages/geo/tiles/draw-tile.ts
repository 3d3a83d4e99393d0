import { clipRing, newRingBuffer, type RingBuffer } from './clip.ts'
import type { TileLayerWriter } from './tile-writer.ts'
import { doubleArea, EXTENT, EXTENT_BITS, type ZoomLayer } from './zoom-layer.ts'

/** How far geometry reaches beyond the edge of a tile, in units of 1/4096 tile. */
export const BUFFER = 64

/** A part of a feature within one column of tiles: rings as in ZoomLayer. */
interface Strip {
	ringOffsets: number[]
	isOuter: number[]
	points: Int32Array
	first: number
	end: number
}

/** Draws features into tiles of one zoom, column by column; what spans several rows is clipped to its column once. */
export class TileDrawer {
	private readonly layer: ZoomLayer
	private readonly clippedX = newRingBuffer()
	private readonly clippedY = newRingBuffer()
	private readonly strips = new Map<number, Strip>()
	private column = -1

	constructor(layer: ZoomLayer) {
		this.layer = layer
	}

	/** Draws the i-th feature of the zoom layer into a tile; answers false when nothing of it lies there. */
	draw(i: number, x: number, y: number, writer: TileLayerWriter): boolean {
		if (x !== this.column) this.strips.clear()
		this.column = x
		const b = this.layer.bounds
		const [west, east] = [x * EXTENT - BUFFER, (x + 1) * EXTENT + BUFFER]
		const [north, south] = [y * EXTENT - BUFFER, (y + 1) * EXTENT + BUFFER]
		const cutsX = b[4 * i]! < west || b[4 * i + 2]! > east
		const cutsY = b[4 * i + 1]! < north || b[4 * i + 3]! > south
		writer.begin()
		const rows = (b[4 * i + 3]! >> EXTENT_BITS) - (b[4 * i + 1]! >> EXTENT_BITS)
		const strip = cutsX && rows > 2 ? this.stripOf(i, west, east) : this.whole(i)
		let skipsHoles = false
		for (let ring = strip.first; ring < strip.end; ring++) {
			const isOuter = strip.isOuter[ring] === 1
			if (!isOuter && skipsHoles) continue
			let values = strip.points
			let start = 2 * strip.ringOffsets[ring]!
			let end = 2 * strip.ringOffsets[ring + 1]!
			if (cutsX && rows <= 2) {
				values = clipped(values, start, end, 0, west, east, this.clippedX)
				start = 0
				end = this.clippedX.length
			}
			if (cutsY && end > start) {
				values = clipped(values, start, end, 1, north, south, this.clippedY)
				start = 0
				end = this.clippedY.length
			}
			const area = end - start < 6 ? 0 : doubleArea(values, start, end)
			if (area !== 0) writer.ring(values, start, end, x * EXTENT, y * EXTENT, area > 0 !== isOuter)
			if (isOuter) skipsHoles = area === 0
		}
		return writer.hasGeometry
	}

	private whole(i: number): Strip {
		const { ringOffsets, isOuter, points, featureRings } = this.layer
		return { ringOffsets, isOuter, points, first: featureRings[i]!, end: featureRings[i + 1]! }
	}

	private stripOf(i: number, west: number, east: number): Strip {
		const known = this.strips.get(i)
		if (known) return known
		const whole = this.whole(i)
		const ringOffsets = [0]
		const pieces: Int32Array[] = []
		for (let ring = whole.first; ring < whole.end; ring++) {
			clipRing(whole.points, 2 * whole.ringOffsets[ring]!, 2 * whole.ringOffsets[ring + 1]!, 0, west, east, this.clippedX)
			pieces.push(this.clippedX.values.slice(0, this.clippedX.length))
			ringOffsets.push(ringOffsets[ringOffsets.length - 1]! + this.clippedX.length / 2)
		}
		const points = new Int32Array(2 * ringOffsets[ringOffsets.length - 1]!)
		pieces.forEach((piece, ring) => points.set(piece, 2 * ringOffsets[ring]!))
		const strip = { ringOffsets, isOuter: whole.isOuter.slice(whole.first, whole.end), points, first: 0, end: pieces.length }
		this.strips.set(i, strip)
		return strip
	}
}

/** Clips a ring into a buffer and answers the points there. */
function clipped(values: Int32Array, start: number, end: number, axis: 0 | 1, low: number, high: number, into: RingBuffer): Int32Array {
	clipRing(values, start, end, axis, low, high, into)
	dropRepeats(into)
	return into.values
}

/** Rounded cuts may fall on a neighbouring point. */
function dropRepeats(ring: RingBuffer): void {
	const values = ring.values
	let length = 0
	for (let i = 0; i < ring.length; i += 2) {
		if (length > 0 && values[i] === values[length - 2] && values[i + 1] === values[length - 1]) continue
		values[length] = values[i]!
		values[length + 1] = values[i + 1]!
		length += 2
	}
	while (length > 2 && values[0] === values[length - 2] && values[1] === values[length - 1]) length -= 2
	ring.length = length
}
