import { ReadRefusal, shownValue } from '../read-refusal.ts'
import { parseBoundedJson } from './bounded-json.ts'
import { LayerBuilder, type LayerOptions } from './layer-builder.ts'
import type { PolygonLayer, PropertyValue } from './polygon-layer.ts'

export interface GeoJsonOptions extends LayerOptions {
	/** Bytes of text at most (default 20 MB). */
	maxBytes?: number
}

interface Geometry {
	type: string
	coordinates?: unknown
	geometries?: unknown
}

/**
 * Reads a GeoJSON FeatureCollection, Feature or geometry of polygons (RFC 7946). The feature's `id` becomes the property `id`
 * when there is no such property; values that are lists or objects become their JSON text.
 * Throws `json_damaged`, `json_too_large`, `json_too_deep`, `geojson_unknown_type`, `geometry_not_polygon`, `geometry_damaged`,
 * `looks_projected` and the limits of `LayerBuilder`.
 */
export function readGeoJson(bytes: Uint8Array, options: GeoJsonOptions): PolygonLayer {
	const root = parseBoundedJson(bytes, { fileName: options.fileName, maxBytes: options.maxBytes ?? 20_000_000, maxDepth: 12 })
	const builder = new LayerBuilder(options)
	for (const feature of featuresOf(root, options.fileName)) {
		const place = { file: options.fileName, feature: builder.featureCount + 1 }
		if (!isRecord(feature)) throw new ReadRefusal('geometry_damaged', place)
		addGeometry(builder, feature.geometry, place, 0)
		builder.endFeature(propertiesOf(feature))
	}
	return builder.build()
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function featuresOf(root: unknown, file: string): unknown[] {
	const type = isRecord(root) ? root.type : undefined
	if (isRecord(root) && type === 'FeatureCollection' && Array.isArray(root.features)) return root.features
	if (type === 'Feature') return [root]
	if (type === 'Polygon' || type === 'MultiPolygon' || type === 'GeometryCollection') return [{ type: 'Feature', geometry: root }]
	throw new ReadRefusal('geojson_unknown_type', { file, type: shownValue(type ?? typeof root) })
}

/** The properties of a feature as columns take them. */
export function propertiesOf(feature: Record<string, unknown>): Map<string, PropertyValue> {
	const properties = new Map<string, PropertyValue>()
	if (isRecord(feature.properties)) {
		for (const [name, value] of Object.entries(feature.properties)) properties.set(name, plainValue(value))
	}
	if (feature.id !== undefined && !properties.has('id')) properties.set('id', plainValue(feature.id))
	return properties
}

function plainValue(value: unknown): PropertyValue {
	if (value === undefined || value === null) return null
	return typeof value === 'object' ? JSON.stringify(value) : (value as PropertyValue)
}

function addGeometry(builder: LayerBuilder, geometry: unknown, place: { file: string; feature: number }, depth: number): void {
	if (geometry === null || geometry === undefined) return
	if (!isRecord(geometry)) throw new ReadRefusal('geometry_damaged', place)
	const { type, coordinates, geometries } = geometry as unknown as Geometry
	if (type === 'Polygon') addPolygon(builder, coordinates, place)
	else if (type === 'MultiPolygon') for (const polygon of listOf(coordinates, place)) addPolygon(builder, polygon, place)
	else if (type === 'GeometryCollection' && depth === 0) {
		for (const member of listOf(geometries, place)) addGeometry(builder, member, place, 1)
	} else throw new ReadRefusal('geometry_not_polygon', { ...place, type: shownValue(type) })
}

function addPolygon(builder: LayerBuilder, rings: unknown, place: { file: string; feature: number }): void {
	for (const ring of listOf(rings, place)) {
		for (const position of listOf(ring, place)) {
			if (!Array.isArray(position) || typeof position[0] !== 'number' || typeof position[1] !== 'number') {
				throw new ReadRefusal('geometry_damaged', place)
			}
			builder.addVertex(position[0], position[1])
		}
		builder.endRing()
	}
	builder.endPolygon()
}

function listOf(value: unknown, place: { file: string; feature: number }): unknown[] {
	if (!Array.isArray(value)) throw new ReadRefusal('geometry_damaged', place)
	return value
}
