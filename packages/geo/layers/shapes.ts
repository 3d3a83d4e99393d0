import { ReadRefusal } from '../read-refusal.ts'
import { signedArea } from './layer-builder.ts'

/** A record of a .shp: ring r owns points parts[r] to parts[r+1], x and y interleaved. A null shape has no rings. */
export interface Shape {
	parts: Uint32Array
	points: Float64Array
}

const POLYGON_TYPES = new Set([5, 15, 25])
const EMPTY: Shape = { parts: new Uint32Array(1), points: new Float64Array(0) }

/**
 * The polygons of a .shp (ESRI Shapefile Technical Description, 1998), in file order; measures and heights are passed over.
 * Throws `shp_truncated`, `shp_damaged`, `geometry_not_polygon`.
 */
export function* readShapes(bytes: Uint8Array, fileName: string): Generator<Shape> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
	if (bytes.length < 100) throw new ReadRefusal('shp_truncated', { file: fileName, feature: 1 })
	if (view.getInt32(0) !== 9994) throw new ReadRefusal('shp_damaged', { file: fileName, feature: 1 })
	const end = view.getInt32(24) * 2
	let feature = 1
	for (let at = 100; at < end; feature++) {
		const place = { file: fileName, feature }
		if (at + 12 > bytes.length) throw new ReadRefusal('shp_truncated', place)
		const length = view.getInt32(at + 4) * 2
		if (length < 4) throw new ReadRefusal('shp_damaged', place)
		if (at + 8 + length > bytes.length) throw new ReadRefusal('shp_truncated', place)
		yield readShape(new DataView(bytes.buffer, bytes.byteOffset + at + 8, length), place)
		at += 8 + length
	}
}

function readShape(view: DataView, place: { file: string; feature: number }): Shape {
	const type = view.getInt32(0, true)
	if (type === 0) return EMPTY
	if (!POLYGON_TYPES.has(type)) throw new ReadRefusal('geometry_not_polygon', { ...place, type })
	if (view.byteLength < 44) throw new ReadRefusal('shp_damaged', place)
	const partCount = view.getInt32(36, true)
	const pointCount = view.getInt32(40, true)
	const pointsAt = 44 + 4 * partCount
	if (partCount < 0 || pointCount < 0 || pointsAt + 16 * pointCount > view.byteLength) throw new ReadRefusal('shp_damaged', place)
	const parts = new Uint32Array(partCount + 1)
	for (let i = 0; i < partCount; i++) parts[i] = view.getInt32(44 + 4 * i, true)
	parts[partCount] = pointCount
	if (parts.some((start, i) => start > pointCount || (i > 0 && start < parts[i - 1]!)) || parts[0] !== 0) {
		throw new ReadRefusal('shp_damaged', place)
	}
	const points = new Float64Array(2 * pointCount)
	for (let i = 0; i < points.length; i++) points[i] = view.getFloat64(pointsAt + 8 * i, true)
	return { parts, points }
}

/**
 * Rings sorted into polygons, the outer ring first. Outer rings of a shapefile run clockwise; a hole goes to the smallest outer
 * ring around it, and a hole without one becomes an outer ring, as does everything when no ring runs clockwise.
 */
export function groupRings(shape: Shape): number[][] {
	const areas = Array.from({ length: shape.parts.length - 1 }, (_, ring) => signedArea(shape.points, shape.parts[ring]!, shape.parts[ring + 1]!))
	const outers = areas.flatMap((area, ring) => (area < 0 ? [[ring]] : [])).sort((a, b) => areas[b[0]!]! - areas[a[0]!]!)
	const alone: number[][] = []
	areas.forEach((area, ring) => {
		if (area < 0 || area === 0) return
		const around = outers.find(([outer]) => -areas[outer!]! > area && isInside(shape, ring, outer!))
		if (around) around.push(ring)
		else alone.push([ring])
	})
	return [...outers.sort((a, b) => a[0]! - b[0]!), ...alone]
}

/** Whether most vertices of a ring lie inside another (some may lie on its border). */
function isInside(shape: Shape, ring: number, outer: number): boolean {
	const [start, end] = [shape.parts[ring]!, shape.parts[ring + 1]!]
	const step = Math.max(1, Math.floor((end - start) / 7))
	let inside = 0
	let tried = 0
	for (let v = start; v < end; v += step, tried++) {
		const [first, last] = [shape.parts[outer]!, shape.parts[outer + 1]!]
		if (ringContains(shape.points, first, last, shape.points[2 * v]!, shape.points[2 * v + 1]!)) inside++
	}
	return inside * 2 > tried
}

/** Even-odd rule for one ring of vertices `first` to `end`, closed or not. */
export function ringContains(coordinates: ArrayLike<number>, first: number, end: number, x: number, y: number): boolean {
	let inside = false
	for (let i = first, j = end - 1; i < end; j = i++) {
		const yi = coordinates[2 * i + 1]!
		const yj = coordinates[2 * j + 1]!
		if (yi > y === yj > y) continue
		const xi = coordinates[2 * i]!
		if (x < ((coordinates[2 * j]! - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
	}
	return inside
}
