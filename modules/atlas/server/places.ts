import { sql } from 'kysely'
import type { Reader } from '#database'
import type { AtlasTables, Drawing, PlaceTable } from './tables.ts'

export interface Place {
	ordinal: number
	geoid: string
	name: string
	countyGeoid: string
	countyName: string
	inRegion: boolean
}

export interface Geography {
	key: string
	kind: string
	vintage: number
	bounds: number[]
	minZoom: number
	maxZoom: number
	places: Place[]
	/** Ordinals of the places in the region. */
	regional: number[]
	/** Ordinals by county, of the region's counties and the others. */
	byCounty: Map<string, number[]>
}

const held = new Map<string, { loadedAt: number; geography: Geography }>()

/** A geography with its places in order. Held in memory until the region is loaded anew. Undefined when there is none of that key. */
export async function findGeography(reader: Reader<AtlasTables>, key: string): Promise<Geography | undefined> {
	const region = await reader.selectFrom('atlas.region').select('loaded_at').executeTakeFirst()
	const loadedAt = region?.loaded_at.getTime() ?? 0
	const known = held.get(key)
	if (known?.loadedAt === loadedAt) return known.geography
	const row = await reader.selectFrom('atlas.geography').selectAll().where('key', '=', key).executeTakeFirst()
	if (!row) return undefined
	const rows = await reader.selectFrom('atlas.place').selectAll().where('geography', '=', key).orderBy('ordinal').execute()
	const places = rows.map(toPlace)
	const byCounty = Map.groupBy(places, ({ countyGeoid }) => countyGeoid)
	const geography: Geography = {
		key, kind: row.kind, vintage: row.vintage, bounds: row.bounds, minZoom: row.min_zoom, maxZoom: row.max_zoom, places,
		regional: places.filter(({ inRegion }) => inRegion).map(({ ordinal }) => ordinal),
		byCounty: new Map([...byCounty].map(([county, list]) => [county, list.map(({ ordinal }) => ordinal)])),
	}
	held.set(key, { loadedAt, geography })
	return geography
}

function toPlace(row: PlaceTable): Place {
	return { ordinal: row.ordinal, geoid: row.geoid, name: row.name, countyGeoid: row.county_geoid, countyName: row.county_name, inRegion: row.in_region }
}

/** Width and height of a geography's drawing, so that a page can keep its place free. */
export async function getDrawingSize(reader: Reader<AtlasTables>, geography: string): Promise<{ width: number; height: number }> {
	return reader
		.selectFrom('atlas.picture')
		.select([sql<number>`(drawing ->> 'width')::float / 2`.as('width'), sql<number>`(drawing ->> 'height')::float / 2`.as('height')])
		.where('geography', '=', geography)
		.executeTakeFirstOrThrow()
}

/** The outline drawing of a geography's part in the region. */
export async function getDrawing(reader: Reader<AtlasTables>, geography: string): Promise<Drawing> {
	const row = await reader.selectFrom('atlas.picture').select('drawing').where('geography', '=', geography).executeTakeFirstOrThrow()
	return row.drawing
}

/** Words that say what is searched for, not which one. */
const KIND_WORDS = new Set(['census', 'tract', 'sector', 'censal', 'county', 'condado'])

/**
 * Places of the region that fit every word of the question, best first, at most `limit`: a word is the beginning of a tract number or
 * of a county's name, or a GEOID from its fifth digit on. When nothing fits so, numbers may also end with the word ("35" finds 405.35).
 * An empty question finds nothing.
 */
export function searchPlaces(geography: Pick<Geography, 'places' | 'regional'>, question: string, limit = 50): { found: Place[]; total: number } {
	const words = fold(question).split(/[\s,;]+/).filter((word) => word && !KIND_WORDS.has(word))
	if (words.length === 0) return { found: [], total: 0 }
	const places = geography.regional.map((ordinal) => geography.places[ordinal]!)
	let fitting = places.filter((place) => words.every((word) => fits(place, word)))
	if (fitting.length === 0) fitting = places.filter((place) => words.every((word) => fits(place, word) || numberOf(place).includes(word)))
	const exact = (place: Place) => words.filter((word) => numberOf(place) === word || place.geoid === word).length
	const found = fitting.toSorted((a, b) => exact(b) - exact(a) || a.ordinal - b.ordinal).slice(0, limit)
	return { found, total: fitting.length }
}

function fits(place: Place, word: string): boolean {
	if (word.length >= 5 && place.geoid.startsWith(word)) return true
	return numberOf(place).startsWith(word) || fold(place.countyName).split(' ').some((part) => part.startsWith(word))
}

/** The tract's number without the words before it. */
function numberOf(place: Place): string {
	return place.name.replace(/^\D*/, '')
}

/** Lower case without accents. */
function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A vector tile, or undefined where there is nothing to draw. */
export async function findTile(reader: Reader<AtlasTables>, geography: string, z: number, x: number, y: number): Promise<Buffer | undefined> {
	const row = await reader
		.selectFrom('atlas.tile')
		.select('data')
		.where((where) => where.and({ geography, z, x, y }))
		.executeTakeFirst()
	return row?.data
}

/** The vintages in which a GEOID exists. */
export async function listGeographiesOf(reader: Reader<AtlasTables>, geoid: string): Promise<{ key: string; vintage: number }[]> {
	return reader
		.selectFrom('atlas.place as p')
		.innerJoin('atlas.geography as g', 'g.key', 'p.geography')
		.select(['g.key', 'g.vintage'])
		.where('p.geoid', '=', geoid)
		.orderBy('g.vintage', 'desc')
		.execute()
}

/** Label points of the region's places as [longitude, latitude] by ordinal: what the keyboard walks along. */
export async function listCentroids(reader: Reader<AtlasTables>, geography: string): Promise<{ ordinal: number; centroid: number[] }[]> {
	return reader.selectFrom('atlas.place').select(['ordinal', 'centroid']).where('geography', '=', geography).where(sql<boolean>`in_region`).orderBy('ordinal').execute()
}
