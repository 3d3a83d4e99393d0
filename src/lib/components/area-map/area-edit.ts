import { findCrossing, readCornerLines, type Corner } from '#atlas'

/** What the fields of the form hold: GEOIDs picked, GEOIDs typed, corners one to a line; and whether the map shows the outline as closed. */
export interface AreaFields {
	picked: string[]
	geoids: string
	corners: string
	closed: boolean
}

/** Sides of an outline that somebody draws by hand; more come from a paste and are compared when it is sent. */
const MOST_DRAWN = 400

const words = (text: string) => text.split(/[\s,;]+/).filter(Boolean)

/** GEOIDs of both fields, each once. */
export function geoidsOf({ picked, geoids }: AreaFields): string[] {
	return [...new Set([...picked, ...words(geoids)])]
}

/** Corners of the lines that are corners. */
export function cornersOf({ corners }: AreaFields): Corner[] {
	return readCornerLines(corners).flatMap((read) => ('corner' in read ? [read.corner] : []))
}

/** Picks a place, or leaves it out of whichever field names it. */
export function togglePlace(fields: AreaFields, geoid: string): AreaFields {
	if (!geoidsOf(fields).includes(geoid)) return { ...fields, picked: [...fields.picked, geoid] }
	const typed = words(fields.geoids)
	return { ...fields, picked: fields.picked.filter((one) => one !== geoid), geoids: typed.includes(geoid) ? typed.filter((one) => one !== geoid).join('\n') : fields.geoids }
}

/** The fields with one corner more, as a new line. */
export function addCorner(fields: AreaFields, line: string): AreaFields {
	return { ...fields, corners: fields.corners.trim() ? `${fields.corners.trimEnd()}\n${line}` : line }
}

/** The fields without their last corner, open again. */
export function dropCorner(fields: AreaFields): AreaFields {
	return { ...fields, corners: fields.corners.trimEnd().split('\n').slice(0, -1).join('\n'), closed: false }
}

/** The corners that crossing sides begin at, from 1; undefined where none cross, or where there are too many corners to tell at once. */
export function crossingOf(fields: AreaFields): [number, number] | undefined {
	const corners = cornersOf(fields)
	return corners.length <= MOST_DRAWN ? findCrossing(corners, fields.closed) : undefined
}
