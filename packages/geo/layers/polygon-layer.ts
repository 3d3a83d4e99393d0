export type PropertyValue = string | number | boolean | null

/**
 * Areas of a map as typed arrays, in longitude and latitude (WGS 84 degrees).
 * Vertex v is (coordinates[2v], coordinates[2v+1]); ring r owns vertices ringOffsets[r] to ringOffsets[r+1]; polygon p owns rings
 * polygonOffsets[p] to polygonOffsets[p+1], the first its outer ring; feature f owns polygons featureOffsets[f] to
 * featureOffsets[f+1] (none for a feature without geometry). Rings are closed (last vertex = first), outer rings run
 * counter-clockwise and holes clockwise, as RFC 7946 asks.
 */
export interface PolygonLayer {
	featureCount: number
	coordinates: Float64Array
	ringOffsets: Uint32Array
	polygonOffsets: Uint32Array
	featureOffsets: Uint32Array
	/** Attribute name → one value per feature. */
	properties: Map<string, PropertyValue[]>
	/** What the reader mended: rings closed, rings turned round, rings without area left out. */
	repairs: LayerRepairs
}

export interface LayerRepairs {
	closed: number
	turned: number
	dropped: number
}

/** Limits of a layer; each may be raised by the caller who knows the file. */
export interface LayerLimits {
	maxFeatures: number
	maxVertices: number
	maxFeatureVertices: number
}

export const LAYER_LIMITS: LayerLimits = { maxFeatures: 50_000, maxVertices: 1_000_000, maxFeatureVertices: 100_000 }

/** The vertex range and ring range of a feature, for loops over everything it owns. */
export function ringRange(layer: PolygonLayer, feature: number): [first: number, end: number] {
	return [layer.polygonOffsets[layer.featureOffsets[feature]!]!, layer.polygonOffsets[layer.featureOffsets[feature + 1]!]!]
}
