import { ringRange, type PolygonLayer } from './polygon-layer.ts'

/**
 * Whether a feature and a box (west, south, east, north; west not above east) share a point, borders included: an edge meets the box,
 * or the box lies within the feature and in none of its holes.
 */
export function featureMeetsBox(layer: PolygonLayer, feature: number, box: readonly [number, number, number, number]): boolean {
	const [first, end] = ringRange(layer, feature)
	let inside = false
	for (let ring = first; ring < end; ring++) {
		for (let v = layer.ringOffsets[ring]!; v < layer.ringOffsets[ring + 1]! - 1; v++) {
			const [ax, ay, bx, by] = layer.coordinates.subarray(2 * v, 2 * v + 4) as unknown as [number, number, number, number]
			if (edgeMeetsBox(ax, ay, bx, by, box)) return true
			// Even-odd rule for the corner of the box: no edge meets the box, so all of it lies on the same side.
			if (ay > box[1] !== by > box[1] && box[0] < ((bx - ax) * (box[1] - ay)) / (by - ay) + ax) inside = !inside
		}
	}
	return inside
}

/** Clips the edge against each side of the box (Liang and Barsky 1984); what is left of it lies in the box. */
function edgeMeetsBox(ax: number, ay: number, bx: number, by: number, [west, south, east, north]: readonly [number, number, number, number]): boolean {
	let [from, to] = [0, 1]
	const keeps = (step: number, room: number): boolean => {
		if (step === 0) return room >= 0
		const at = room / step
		if (step < 0) from = Math.max(from, at)
		else to = Math.min(to, at)
		return from <= to
	}
	return keeps(ax - bx, ax - west) && keeps(bx - ax, east - ax) && keeps(ay - by, ay - south) && keeps(by - ay, north - ay)
}
