import { ringRange, type PolygonLayer } from './polygon-layer.ts'

const RADIANS = Math.PI / 180
/** WGS 84: equatorial radius in metres and eccentricity. */
const EQUATOR = 6_378_137
const E = 0.0818191908426215

/** The authalic q of a latitude: area between it and the equator, on the ellipsoid (Snyder 1987, equation 3-12). */
function authalicQ(latitude: number): number {
	const s = Math.sin(latitude * RADIANS)
	const es = E * s
	return (1 - E * E) * (s / (1 - es * es) - (1 / (2 * E)) * Math.log((1 - es) / (1 + es)))
}

/**
 * Area of each feature in square metres, holes taken out, on the WGS 84 ellipsoid: rings are measured in the cylindrical
 * equal-area projection, so an edge is straight there; for edges of a few kilometres the difference is far below 0.1 %.
 */
export function areaSquareMeters(layer: PolygonLayer): Float64Array {
	const areas = new Float64Array(layer.featureCount)
	for (let feature = 0; feature < layer.featureCount; feature++) {
		const [first, end] = ringRange(layer, feature)
		let sum = 0
		for (let ring = first; ring < end; ring++) sum += ringArea(layer, layer.ringOffsets[ring]!, layer.ringOffsets[ring + 1]!)
		areas[feature] = sum
	}
	return areas
}

/** Signed area of a closed ring; holes run clockwise and so count negative. */
function ringArea(layer: PolygonLayer, first: number, end: number): number {
	const c = layer.coordinates
	const x0 = c[2 * first]!
	const q0 = authalicQ(c[2 * first + 1]!)
	let sum = 0
	let ax = 0
	let ay = 0
	for (let v = first + 1; v < end - 1; v++) {
		const bx = c[2 * v]! - x0
		const by = authalicQ(c[2 * v + 1]!) - q0
		sum += ax * by - ay * bx
		ax = bx
		ay = by
	}
	return (sum / 2) * RADIANS * (EQUATOR * EQUATOR) / 2
}

/** West, south, east, north of each feature, four numbers each; NaN for a feature without geometry. */
export function featureBounds(layer: PolygonLayer): Float64Array {
	const bounds = new Float64Array(4 * layer.featureCount).fill(NaN)
	for (let feature = 0; feature < layer.featureCount; feature++) {
		const [first, end] = ringRange(layer, feature)
		if (end > first) bounds.set(boundsOf(layer.coordinates, layer.ringOffsets[first]!, layer.ringOffsets[end]!), 4 * feature)
	}
	return bounds
}

/** West, south, east, north of the whole layer. */
export function layerBounds(layer: PolygonLayer): [number, number, number, number] {
	return boundsOf(layer.coordinates, 0, layer.coordinates.length / 2)
}

function boundsOf(coordinates: Float64Array, first: number, end: number): [number, number, number, number] {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
	for (let v = first; v < end; v++) {
		const x = coordinates[2 * v]!
		const y = coordinates[2 * v + 1]!
		if (x < west) west = x
		if (x > east) east = x
		if (y < south) south = y
		if (y > north) north = y
	}
	return [west, south, east, north]
}
