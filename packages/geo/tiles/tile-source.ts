import type { PolygonLayer } from '../layers/polygon-layer.ts'
import { vertexImportance } from './importance.ts'

/** The world is 2^30 units wide in Web Mercator, about 4 cm at the equator; y runs south. */
export const WORLD_BITS = 30
const WORLD = 2 ** WORLD_BITS
const RADIANS = Math.PI / 180

/**
 * A layer made ready for drawing: vertices in Web Mercator world units, each with the importance that decides at which scale it
 * goes. Arrays only, so that worker threads can share it (see `prepareTiles`).
 */
export interface TileSource {
	featureCount: number
	/** x and y interleaved, in world units. */
	points: Int32Array
	importance: Float32Array
	ringOffsets: Uint32Array
	polygonOffsets: Uint32Array
	featureOffsets: Uint32Array
	/** West, north, east, south of each feature in world units (an empty box where a feature has no geometry). */
	bounds: Int32Array
	/** Area of each feature in square world units. */
	areas: Float64Array
}

/** Prepares a layer once; with `shared`, its arrays are in memory that worker threads see without copying. */
export function prepareTiles(layer: PolygonLayer, { shared = false }: { shared?: boolean } = {}): TileSource {
	const memory = (bytes: number): ArrayBuffer => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)) as ArrayBuffer
	const keep = (offsets: Uint32Array) => {
		const copy = new Uint32Array(memory(offsets.byteLength))
		copy.set(offsets)
		return copy
	}
	const vertices = layer.coordinates.length / 2
	const source: TileSource = {
		featureCount: layer.featureCount,
		points: new Int32Array(memory(8 * vertices)),
		importance: new Float32Array(memory(4 * vertices)),
		ringOffsets: keep(layer.ringOffsets),
		polygonOffsets: keep(layer.polygonOffsets),
		featureOffsets: keep(layer.featureOffsets),
		bounds: new Int32Array(memory(16 * layer.featureCount)),
		areas: new Float64Array(memory(8 * layer.featureCount)),
	}
	for (let v = 0; v < vertices; v++) {
		source.points[2 * v] = worldX(layer.coordinates[2 * v]!)
		source.points[2 * v + 1] = worldY(layer.coordinates[2 * v + 1]!)
	}
	vertexImportance(source.points, source.ringOffsets, source.importance)
	for (let feature = 0; feature < layer.featureCount; feature++) measure(source, feature)
	return source
}

/** World unit of a longitude. */
export function worldX(longitude: number): number {
	return Math.round((longitude / 360 + 0.5) * WORLD)
}

/** World unit of a latitude; beyond 85.05° the edge of the map. */
export function worldY(latitude: number): number {
	const sine = Math.sin(latitude * RADIANS)
	const y = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
	return Math.round(Math.max(0, Math.min(1, y)) * WORLD)
}

function measure(source: TileSource, feature: number): void {
	const { points, ringOffsets } = source
	const firstRing = source.polygonOffsets[source.featureOffsets[feature]!]!
	const endRing = source.polygonOffsets[source.featureOffsets[feature + 1]!]!
	let west = 0x7fffffff
	let north = 0x7fffffff
	let east = -0x80000000
	let south = -0x80000000
	let area = 0
	for (let ring = firstRing; ring < endRing; ring++) {
		const [start, last] = [ringOffsets[ring]!, ringOffsets[ring + 1]! - 1]
		const x0 = points[2 * start]!
		const y0 = points[2 * start + 1]!
		for (let v = start; v < last; v++) {
			const x = points[2 * v]!
			const y = points[2 * v + 1]!
			if (x < west) west = x
			if (x > east) east = x
			if (y < north) north = y
			if (y > south) south = y
			area += (x - x0) * (points[2 * v + 3]! - y0) - (points[2 * v + 2]! - x0) * (y - y0)
		}
	}
	source.bounds.set([west, north, east, south], 4 * feature)
	source.areas[feature] = Math.abs(area) / 2
}
