import { ReadRefusal, readGeoJson, readShapefile, type PolygonLayer } from '@throughline/geo'
import { Refusal } from '#database'
import type { AreaRequest } from '#atlas/server'
import { text } from './answer-form.ts'

/** An outline from lines of "longitude, latitude": at least three corners. Errors: `area_corner` names the line, `area_few_corners`. */
export function readCorners(lines: string): PolygonLayer {
	const corners = lines.split(/\r?\n/).flatMap((line, index) => {
		if (!line.trim()) return []
		const numbers = line.trim().split(/[\s,;]+/).map(Number)
		const [longitude, latitude] = numbers
		if (numbers.length !== 2 || !(Math.abs(longitude!) <= 180) || !(Math.abs(latitude!) <= 90)) throw new Refusal('area_corner', { line: index + 1, text: line.trim().slice(0, 60) })
		return [[longitude!, latitude!]]
	})
	if (corners.length < 3) throw new Refusal('area_few_corners', { count: corners.length })
	const ring = [...corners, corners[0]!]
	return readGeoJson(new TextEncoder().encode(JSON.stringify({ type: 'Polygon', coordinates: [ring] })), { fileName: 'corners' })
}

/** What a form asks for: places by GEOID, a file with one outline, or corners. Errors: `area_without_places`, and those of the readers. */
export async function readAreaForm(fields: FormData): Promise<AreaRequest> {
	const name = text(fields, 'name')
	const file = fields.get('outline')
	try {
		if (file instanceof File && file.size > 0) {
			const bytes = new Uint8Array(await file.arrayBuffer())
			const layer = /\.zip$/i.test(file.name) ? await readShapefile(bytes, { fileName: file.name }) : readGeoJson(bytes, { fileName: file.name })
			return { name, content: { kind: 'uploaded', layer } }
		}
		const corners = text(fields, 'corners')
		if (corners.trim()) return { name, content: { kind: 'drawn', layer: readCorners(corners) } }
	} catch (cause) {
		if (cause instanceof ReadRefusal) throw new Refusal(cause.code, cause.parameters)
		throw cause
	}
	const typed = text(fields, 'geoids').split(/[\s,;]+/).filter(Boolean)
	return { name, content: { geoids: [...fields.getAll('place').filter((value): value is string => typeof value === 'string'), ...typed] } }
}
