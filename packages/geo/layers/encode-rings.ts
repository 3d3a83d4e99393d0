import { ReadRefusal } from '../read-refusal.ts'
import { ringRange, type PolygonLayer } from './polygon-layer.ts'

const SCALE = 1e7
const VERSION = 1

/** Bytes that grow; numbers are written as little-endian base-128 varints of at most 53 bits. */
class VarintWriter {
	private bytes = new Uint8Array(4096)
	private length = 0

	write(value: number): void {
		if (this.length + 8 > this.bytes.length) {
			const larger = new Uint8Array(this.bytes.length * 2)
			larger.set(this.bytes)
			this.bytes = larger
		}
		while (value > 127) {
			this.bytes[this.length++] = (value % 128) + 128
			value = Math.floor(value / 128)
		}
		this.bytes[this.length++] = value
	}

	/** Small steps in either direction take one or two bytes. */
	writeSigned(value: number): void {
		this.write(value < 0 ? -2 * value - 1 : 2 * value)
	}

	take(): Uint8Array {
		return this.bytes.slice(0, this.length)
	}
}

/**
 * Packs the geometry of `count` features from `first` on: coordinates rounded to 1e-7 degree (about 1 cm), as steps from vertex to
 * vertex; the closing vertex of a ring is left out. Properties are not packed.
 */
export function encodeRings(layer: PolygonLayer, first = 0, count = layer.featureCount - first): Uint8Array {
	const writer = new VarintWriter()
	writer.write(VERSION)
	writer.write(count)
	let x = 0
	let y = 0
	for (let feature = first; feature < first + count; feature++) {
		const polygons = layer.featureOffsets.subarray(feature, feature + 2)
		writer.write(polygons[1]! - polygons[0]!)
		for (let polygon = polygons[0]!; polygon < polygons[1]!; polygon++) {
			const rings = layer.polygonOffsets.subarray(polygon, polygon + 2)
			writer.write(rings[1]! - rings[0]!)
			for (let ring = rings[0]!; ring < rings[1]!; ring++) {
				const [start, end] = [layer.ringOffsets[ring]!, layer.ringOffsets[ring + 1]! - 1]
				writer.write(end - start)
				for (let v = start; v < end; v++) {
					const nextX = Math.round(layer.coordinates[2 * v]! * SCALE)
					const nextY = Math.round(layer.coordinates[2 * v + 1]! * SCALE)
					writer.writeSigned(nextX - x)
					writer.writeSigned(nextY - y)
					x = nextX
					y = nextY
				}
			}
		}
	}
	return writer.take()
}

/** Reads varints and refuses to run past the end. */
class VarintReader {
	private readonly bytes: Uint8Array
	private at = 0

	constructor(bytes: Uint8Array) {
		this.bytes = bytes
	}

	read(): number {
		let value = 0
		let factor = 1
		for (;;) {
			const byte = this.bytes[this.at++]
			if (byte === undefined || factor > 2 ** 49) throw new ReadRefusal('rings_damaged', { position: this.at })
			value += (byte & 127) * factor
			if (byte < 128) return value
			factor *= 128
		}
	}

	/** A number of things that follow, each at least one byte long. */
	readCount(): number {
		const count = this.read()
		if (count > this.bytes.length - this.at) throw new ReadRefusal('rings_damaged', { position: this.at })
		return count
	}

	readSigned(): number {
		const value = this.read()
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2
	}
}

/** The layer that `encodeRings` packed, without properties. Throws `rings_damaged`. */
export function decodeRings(bytes: Uint8Array): PolygonLayer {
	const reader = new VarintReader(bytes)
	if (reader.read() !== VERSION) throw new ReadRefusal('rings_damaged', { position: 0 })
	const featureCount = reader.readCount()
	const coordinates: number[] = []
	const [ringOffsets, polygonOffsets, featureOffsets] = [[0], [0], [0]]
	let x = 0
	let y = 0
	for (let feature = 0; feature < featureCount; feature++) {
		for (let polygons = reader.readCount(); polygons > 0; polygons--) {
			for (let rings = reader.readCount(); rings > 0; rings--) {
				const start = coordinates.length
				for (let vertices = reader.readCount(); vertices > 0; vertices--) {
					x += reader.readSigned()
					y += reader.readSigned()
					coordinates.push(x / SCALE, y / SCALE)
				}
				if (coordinates.length > start) coordinates.push(coordinates[start]!, coordinates[start + 1]!)
				ringOffsets.push(coordinates.length / 2)
			}
			polygonOffsets.push(ringOffsets.length - 1)
		}
		featureOffsets.push(polygonOffsets.length - 1)
	}
	return {
		featureCount,
		coordinates: Float64Array.from(coordinates),
		ringOffsets: Uint32Array.from(ringOffsets),
		polygonOffsets: Uint32Array.from(polygonOffsets),
		featureOffsets: Uint32Array.from(featureOffsets),
		properties: new Map(),
		repairs: { closed: 0, turned: 0, dropped: 0 },
	}
}

/** Packs a whole layer in chunks of so many features; a chunk is decoded on its own. */
export function* encodeChunks(layer: PolygonLayer, featuresPerChunk = 256): Generator<{ first: number; count: number; bytes: Uint8Array }> {
	for (let first = 0; first < layer.featureCount; first += featuresPerChunk) {
		const count = Math.min(featuresPerChunk, layer.featureCount - first)
		yield { first, count, bytes: encodeRings(layer, first, count) }
	}
}

/** How many vertices the features own, closing vertices included. */
export function vertexCount(layer: PolygonLayer, first = 0, count = layer.featureCount - first): number {
	if (count === 0) return 0
	return layer.ringOffsets[ringRange(layer, first + count - 1)[1]]! - layer.ringOffsets[ringRange(layer, first)[0]]!
}
