import type { PolygonLayer } from './polygon-layer.ts'

type Ring = [longitude: number, latitude: number][]

/** The GeoJSON geometry of a feature (RFC 7946), or null when it has none. */
export function featureGeometry(
	layer: PolygonLayer, feature: number,
): { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] } | null {
	const polygons: Ring[][] = []
	for (let polygon = layer.featureOffsets[feature]!; polygon < layer.featureOffsets[feature + 1]!; polygon++) {
		const rings: Ring[] = []
		for (let ring = layer.polygonOffsets[polygon]!; ring < layer.polygonOffsets[polygon + 1]!; ring++) rings.push(ringOf(layer, ring))
		polygons.push(rings)
	}
	if (polygons.length === 0) return null
	return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0]! } : { type: 'MultiPolygon', coordinates: polygons }
}

function ringOf(layer: PolygonLayer, ring: number): Ring {
	const positions: Ring = []
	for (let v = layer.ringOffsets[ring]!; v < layer.ringOffsets[ring + 1]!; v++) {
		positions.push([layer.coordinates[2 * v]!, layer.coordinates[2 * v + 1]!])
	}
	return positions
}
