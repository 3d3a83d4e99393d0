import { signedArea } from './layer-builder.ts'
import type { PolygonLayer } from './polygon-layer.ts'

interface Cell {
	x: number
	y: number
	half: number
	distance: number
	reach: number
}

/**
 * A point inside the feature, far from its border: the pole of inaccessibility of its largest polygon (Garcia-Castellanos and
 * Lombardo 2007, found by the quadtree search of polylabel), to a hundredth of its size. NaN for a feature without geometry.
 */
export function labelPoint(layer: PolygonLayer, feature: number): [longitude: number, latitude: number] {
	const polygon = largestPolygon(layer, feature)
	if (polygon < 0) return [NaN, NaN]
	const first = layer.ringOffsets[layer.polygonOffsets[polygon]!]!
	const outerEnd = layer.ringOffsets[layer.polygonOffsets[polygon]! + 1]!
	const c = layer.coordinates
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
	for (let v = first; v < outerEnd; v++) {
		west = Math.min(west, c[2 * v]!)
		east = Math.max(east, c[2 * v]!)
		south = Math.min(south, c[2 * v + 1]!)
		north = Math.max(north, c[2 * v + 1]!)
	}
	const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180))
	const distanceAt = (x: number, y: number) => signedDistance(layer, polygon, x, y, shrink)
	const best = searchCells([west * shrink, south, east * shrink, north], distanceAt)
	return [best.x / shrink, best.y]
}

function largestPolygon(layer: PolygonLayer, feature: number): number {
	let [best, bestArea] = [-1, -1]
	for (let polygon = layer.featureOffsets[feature]!; polygon < layer.featureOffsets[feature + 1]!; polygon++) {
		const ring = layer.polygonOffsets[polygon]!
		const area = Math.abs(signedArea(layer.coordinates, layer.ringOffsets[ring]!, layer.ringOffsets[ring + 1]!))
		if (area > bestArea) [best, bestArea] = [polygon, area]
	}
	return best
}

function searchCells([west, south, east, north]: number[], distanceAt: (x: number, y: number) => number): Cell {
	const size = Math.min(east! - west!, north! - south!)
	const cellOf = (x: number, y: number, half: number): Cell => {
		const distance = distanceAt(x, y)
		return { x, y, half, distance, reach: distance + half * Math.SQRT2 }
	}
	const half = size / 2
	let best = cellOf((west! + east!) / 2, (south! + north!) / 2, 0)
	const waiting: Cell[] = []
	const columns = Math.min(64, Math.ceil((east! - west!) / size))
	const rows = Math.min(64, Math.ceil((north! - south!) / size))
	const step = Math.max((east! - west!) / columns, (north! - south!) / rows) / 2
	for (let i = 0; i < columns; i++) {
		for (let j = 0; j < rows; j++) {
			waiting.push(cellOf(west! + ((i + 0.5) * (east! - west!)) / columns, south! + ((j + 0.5) * (north! - south!)) / rows, Math.max(half, step)))
		}
	}
	for (let rounds = 0; waiting.length > 0 && rounds < 2000; rounds++) {
		let at = 0
		for (let i = 1; i < waiting.length; i++) if (waiting[i]!.reach > waiting[at]!.reach) at = i
		const cell = waiting[at]!
		waiting[at] = waiting[waiting.length - 1]!
		waiting.pop()
		if (cell.distance > best.distance) best = cell
		if (best.distance > 0 && cell.reach - best.distance <= size / 100) break
		const h = cell.half / 2
		for (const [dx, dy] of [[-h, -h], [h, -h], [-h, h], [h, h]]) waiting.push(cellOf(cell.x + dx!, cell.y + dy!, h))
	}
	return best
}

/** Distance to the border of a polygon with its holes, negative outside; x is scaled by `shrink`. */
function signedDistance(layer: PolygonLayer, polygon: number, x: number, y: number, shrink: number): number {
	const c = layer.coordinates
	let inside = false
	let nearest = Infinity
	for (let ring = layer.polygonOffsets[polygon]!; ring < layer.polygonOffsets[polygon + 1]!; ring++) {
		for (let v = layer.ringOffsets[ring]! + 1; v < layer.ringOffsets[ring + 1]!; v++) {
			const ax = c[2 * v - 2]! * shrink
			const ay = c[2 * v - 1]!
			const bx = c[2 * v]! * shrink
			const by = c[2 * v + 1]!
			if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
			nearest = Math.min(nearest, squareDistance(x, y, ax, ay, bx - ax, by - ay))
		}
	}
	return (inside ? 1 : -1) * Math.sqrt(nearest)
}

function squareDistance(x: number, y: number, ax: number, ay: number, dx: number, dy: number): number {
	const length = dx * dx + dy * dy
	const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length))
	const ex = x - ax - along * dx
	const ey = y - ay - along * dy
	return ex * ex + ey * ey
}
