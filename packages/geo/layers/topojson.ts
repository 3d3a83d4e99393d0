import { ReadRefusal, shownList } from '../read-refusal.ts'
import { parseBoundedJson } from './bounded-json.ts'
import { isRecord, propertiesOf, type GeoJsonOptions } from './geojson.ts'
import { LayerBuilder } from './layer-builder.ts'
import type { PolygonLayer } from './polygon-layer.ts'

export interface TopoJsonOptions extends GeoJsonOptions {
	/** Which object to read; may be left out when the file has one. */
	object?: string
}

type Place = { file: string; feature: number }
type Arc = Float64Array

/**
 * Reads the polygons of one object of a TopoJSON file, quantised or not. The `id` becomes the property `id`.
 * Throws as `readGeoJson`, and `topojson_object_missing`.
 */
export function readTopoJson(bytes: Uint8Array, options: TopoJsonOptions): PolygonLayer {
	const file = options.fileName
	const root = parseBoundedJson(bytes, { fileName: file, maxBytes: options.maxBytes ?? 20_000_000, maxDepth: 12 })
	if (!isRecord(root) || root.type !== 'Topology' || !isRecord(root.objects) || !Array.isArray(root.arcs)) {
		throw new ReadRefusal('geojson_unknown_type', { file, type: isRecord(root) ? String(root.type) : typeof root })
	}
	const names = Object.keys(root.objects)
	const name = options.object ?? (names.length === 1 ? names[0]! : '')
	const object = Object.hasOwn(root.objects, name) ? root.objects[name] : undefined
	if (!isRecord(object)) throw new ReadRefusal('topojson_object_missing', { file, object: name, available: shownList(names) })
	const arcs = decodeArcs(root.arcs, root.transform, file)
	const builder = new LayerBuilder(options)
	const members = object.type === 'GeometryCollection' && Array.isArray(object.geometries) ? object.geometries : [object]
	for (const member of members) {
		const place = { file, feature: builder.featureCount + 1 }
		if (!isRecord(member)) throw new ReadRefusal('geometry_damaged', place)
		addMember(builder, member, arcs, place)
		builder.endFeature(propertiesOf(member))
	}
	return builder.build()
}

function decodeArcs(arcs: unknown[], transform: unknown, file: string): Arc[] {
	const { scale, translate } = isRecord(transform) ? (transform as { scale: number[]; translate: number[] }) : { scale: undefined, translate: undefined }
	return arcs.map((arc) => {
		if (!Array.isArray(arc)) throw new ReadRefusal('geometry_damaged', { file, feature: 1 })
		const points = new Float64Array(2 * arc.length)
		let x = 0
		let y = 0
		arc.forEach((position: number[], i) => {
			x = scale ? x + position[0]! : position[0]!
			y = scale ? y + position[1]! : position[1]!
			points[2 * i] = scale ? x * scale[0]! + translate![0]! : x
			points[2 * i + 1] = scale ? y * scale[1]! + translate![1]! : y
		})
		return points
	})
}

function addMember(builder: LayerBuilder, member: Record<string, unknown>, arcs: Arc[], place: Place): void {
	if (member.type === null || member.type === undefined) return
	if (member.type === 'Polygon') addPolygon(builder, member.arcs, arcs, place)
	else if (member.type === 'MultiPolygon' && Array.isArray(member.arcs)) {
		for (const polygon of member.arcs) addPolygon(builder, polygon, arcs, place)
	} else throw new ReadRefusal('geometry_not_polygon', { ...place, type: String(member.type) })
}

function addPolygon(builder: LayerBuilder, rings: unknown, arcs: Arc[], place: Place): void {
	if (!Array.isArray(rings)) throw new ReadRefusal('geometry_damaged', place)
	for (const ring of rings) {
		if (!Array.isArray(ring)) throw new ReadRefusal('geometry_damaged', place)
		ring.forEach((reference, i) => addArc(builder, reference as number, arcs, i > 0, place))
		builder.endRing()
	}
	builder.endPolygon()
}

/** A negative reference ~i is arc i backwards; every arc but the first repeats the end of the one before. */
function addArc(builder: LayerBuilder, reference: number, arcs: Arc[], skipFirst: boolean, place: Place): void {
	const arc = arcs[reference < 0 ? ~reference : reference]
	if (!arc) throw new ReadRefusal('geometry_damaged', place)
	const count = arc.length / 2
	for (let k = skipFirst ? 1 : 0; k < count; k++) {
		const at = reference < 0 ? count - 1 - k : k
		builder.addVertex(arc[2 * at]!, arc[2 * at + 1]!)
	}
}
