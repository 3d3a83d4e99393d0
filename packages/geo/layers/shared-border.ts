import { ringRange, type PolygonLayer } from './polygon-layer.ts'

/** What two areas have in common: corners that stand in both outlines, and meters of edges that do. */
export interface SharedBorder {
	corners: number
	meters: number
}

const SCALE = 1e7
const METERS_PER_DEGREE = 111_195

/**
 * Remembers the outline of a feature; the function it returns tells what another feature shares with it, in time of the other's vertices.
 * Only vertices and edges that stand in both count, rounded to 1e-7 degree: outlines of one layer meet so, those of two layers may not.
 * Meters are approximate, on a sphere.
 */
export function prepareBorder(layer: PolygonLayer, feature: number): (other: PolygonLayer, otherFeature: number) => SharedBorder {
	const corners = new Set<string>()
	const edges = new Set<string>()
	walkEdges(layer, feature, (from, to) => {
		corners.add(from)
		edges.add(edgeOf(from, to))
	})
	return (other, otherFeature) => {
		const shared = new Set<string>()
		let meters = 0
		walkEdges(other, otherFeature, (from, to, length) => {
			if (corners.has(from)) shared.add(from)
			if (edges.has(edgeOf(from, to))) meters += length
		})
		return { corners: shared.size, meters }
	}
}

const edgeOf = (from: string, to: string) => (from < to ? `${from} ${to}` : `${to} ${from}`)

function walkEdges(layer: PolygonLayer, feature: number, visit: (from: string, to: string, meters: number) => void): void {
	const { coordinates, ringOffsets } = layer
	const nameOf = (v: number) => `${Math.round(coordinates[2 * v]! * SCALE)},${Math.round(coordinates[2 * v + 1]! * SCALE)}`
	const [first, end] = ringRange(layer, feature)
	for (let ring = first; ring < end; ring++) {
		let from = nameOf(ringOffsets[ring]!)
		for (let v = ringOffsets[ring]!; v < ringOffsets[ring + 1]! - 1; v++) {
			const to = nameOf(v + 1)
			visit(from, to, lengthOf(coordinates, v))
			from = to
		}
	}
}

/** Meters from a vertex to the next; a degree of longitude shrinks with the latitude. */
function lengthOf(coordinates: Float64Array, v: number): number {
	const [ax, ay, bx, by] = [coordinates[2 * v]!, coordinates[2 * v + 1]!, coordinates[2 * v + 2]!, coordinates[2 * v + 3]!]
	return METERS_PER_DEGREE * Math.hypot((bx - ax) * Math.cos(((ay + by) * Math.PI) / 360), by - ay)
}
