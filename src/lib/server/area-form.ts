import { ReadRefusal, readGeoJson, readShapefile, type PolygonLayer } from '@throughline/geo'
import { Refusal } from '#database'
import { findCrossing, findProperCrossing, readCornerLines, type Corner } from '#atlas'
import { MOST_CORNERS, type AreaRequest } from '#atlas/server'
import { text } from './answer-form.ts'

/** An outline from lines of "longitude, latitude": at least three corners. Errors: `area_corner` names the line, `area_few_corners`, `area_crossing`. */
export function readCorners(lines: string): PolygonLayer {
	const corners = readCornerLines(lines).map((read) => {
		if ('line' in read) throw new Refusal('area_corner', read)
		return read.corner
	})
	if (corners.length < 3) throw new Refusal('area_few_corners', { count: corners.length })
	if (corners.length > MOST_CORNERS) throw new Refusal('area_too_many_corners', { count: corners.length, limit: MOST_CORNERS })
	const crossing = corners.length <= MOST_COMPARED ? findCrossing(corners) : undefined
	if (crossing) throw new Refusal('area_crossing', { first: crossing[0], second: crossing[1] })
	const ring = [...corners, corners[0]!]
	return readGeoJson(new TextEncoder().encode(JSON.stringify({ type: 'Polygon', coordinates: [ring] })), { fileName: 'corners' })
}

/** Sides are compared with each other up to this many corners: within a few milliseconds. */
const MOST_COMPARED = 1500

/** Megabytes that the form may have: an outline of as many corners as are taken, written generously. */
export const OUTLINE_MEGABYTES = 3

/** The fields of the form; a form that states too many bytes is refused before it is read. Errors: `area_file_too_large`. */
export async function readAreaFields(request: Request): Promise<FormData> {
	if (Number(request.headers.get('content-length') ?? 0) > OUTLINE_MEGABYTES * 1e6) throw new Refusal('area_file_too_large', { megabytes: OUTLINE_MEGABYTES })
	return request.formData()
}

/** Refuses a ring whose sides cross each other: it has no inside that could be weighed. Errors: `area_file_without_area`, `area_file_crossing`. */
function requireSimple(layer: PolygonLayer): void {
	// The reader leaves rings out whose halves cancel out, as those of an even bow.
	if (layer.ringOffsets.length < 2) throw new Refusal('area_file_without_area', {})
	for (let ring = 0; ring + 1 < layer.ringOffsets.length; ring++) {
		const corners: Corner[] = []
		for (let v = layer.ringOffsets[ring]!; v < layer.ringOffsets[ring + 1]!; v++) corners.push([layer.coordinates[2 * v]!, layer.coordinates[2 * v + 1]!])
		const crossing = corners.length <= MOST_CORNERS + 1 ? findProperCrossing(corners) : undefined
		if (crossing) throw new Refusal('area_file_crossing', { longitude: corners[crossing[0] - 1]![0].toFixed(4), latitude: corners[crossing[0] - 1]![1].toFixed(4) })
	}
}

/** What a form asks for: places by GEOID, a file with one outline, or corners. Errors: `area_two_ways`, `area_file_without_area`, `area_file_crossing`, and those of the readers. */
export async function readAreaForm(fields: FormData): Promise<AreaRequest> {
	const name = text(fields, 'name')
	const file = fields.get('outline')
	const corners = text(fields, 'corners')
	const typed = text(fields, 'geoids').split(/[\s,;]+/).filter(Boolean)
	const geoids = [...fields.getAll('place').filter((value): value is string => typeof value === 'string'), ...typed]
	const ways = [file instanceof File && file.size > 0, corners.trim() !== '', geoids.length > 0].filter(Boolean).length
	if (ways > 1) throw new Refusal('area_two_ways')
	try {
		if (file instanceof File && file.size > 0) {
			const bytes = new Uint8Array(await file.arrayBuffer())
			const layer = /\.zip$/i.test(file.name) ? await readShapefile(bytes, { fileName: file.name }) : readGeoJson(bytes, { fileName: file.name })
			requireSimple(layer)
			return { name, content: { kind: 'uploaded', layer } }
		}
		if (corners.trim()) return { name, content: { kind: 'drawn', layer: readCorners(corners) } }
	} catch (cause) {
		if (cause instanceof ReadRefusal) throw new Refusal(cause.code, cause.parameters)
		throw cause
	}
	return { name, content: { geoids } }
}
