import { sql } from 'kysely'
import type { Reader } from '#database'
import { ringsOf } from './load/county-borders.ts'
import type { Geography, Place } from './places.ts'
import type { AtlasTables } from './tables.ts'

/** Where a place lies in its region: paths of an SVG whose viewBox is `0 0 width height`. */
export interface Locator {
	width: number
	height: number
	/** Borders of all counties of the region. */
	counties: string
	/** The outline of the place's county; undefined in a region that was loaded before there were such. */
	county: string | undefined
	place: string
	/** The box of the place: left, top, right, bottom. */
	box: [number, number, number, number]
}

/** The drawing that shows where a place lies; undefined for a place outside of the region, which the drawing does not hold. */
export async function findLocator(reader: Reader<AtlasTables>, geography: Geography, place: Place): Promise<Locator | undefined> {
	if (!place.inRegion) return undefined
	const index = geography.regional.indexOf(place.ordinal)
	const row = await reader
		.selectFrom('atlas.picture')
		// Only what is drawn leaves the database: the paths of all places are a hundred times as much.
		.select([
			sql<number>`(drawing ->> 'width')::float`.as('width'), sql<number>`(drawing ->> 'height')::float`.as('height'),
			sql<string>`drawing ->> 'counties'`.as('counties'), sql<string | null>`drawing -> 'outlines' ->> ${place.countyGeoid}::text`.as('county'),
			sql<string>`drawing -> 'paths' ->> ${index}::int`.as('place'),
		])
		.where('geography', '=', geography.key)
		.executeTakeFirst()
	return row && { ...row, county: row.county ?? undefined, box: boxOfPath(row.place) }
}

/** The box of a drawn path: left, top, right, bottom. */
export function boxOfPath(path: string): Locator['box'] {
	const corners = ringsOf(path).flat().map((corner) => corner.split(',').map(Number))
	const [xs, ys] = [corners.map(([x]) => x!), corners.map(([, y]) => y!)]
	return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
