import { sql } from 'kysely'
import type { Reader } from '#database'
import { fold, searchNames, wordsOf, type PlaceName } from '../names.ts'
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
	/** Names that people know, of cities, ZIP codes and neighborhoods, each with the region's places that it stands for. */
	names: PlaceName[]
}

const held = new Map<string, { loadedAt: number; geography: Promise<Geography | undefined> }>()

/** A geography with its places in order. Read in turns and held in memory until the region is loaded anew. Undefined when there is none of that key. */
export async function findGeography(reader: Reader<AtlasTables>, key: string): Promise<Geography | undefined> {
	const region = await reader.selectFrom('atlas.region').select('loaded_at').executeTakeFirst()
	const loadedAt = region?.loaded_at.getTime() ?? 0
	const known = held.get(key)
	if (known?.loadedAt === loadedAt) return known.geography
	const geography = readGeography(reader, key)
	held.set(key, { loadedAt, geography })
	const found = await geography.catch((cause) => {
		held.delete(key)
		throw cause
	})
	// A key of no geography is not remembered: anybody may ask for any.
	if (!found) held.delete(key)
	return found
}

async function readGeography(reader: Reader<AtlasTables>, key: string): Promise<Geography | undefined> {
	const row = await reader.selectFrom('atlas.geography').selectAll().where('key', '=', key).executeTakeFirst()
	if (!row) return undefined
	const [places, names] = await Promise.all([readPlaces(reader, key), listNames(reader, key)])
	const byCounty = Map.groupBy(places, ({ countyGeoid }) => countyGeoid)
	return {
		key, kind: row.kind, vintage: row.vintage, bounds: row.bounds, minZoom: row.min_zoom, maxZoom: row.max_zoom, places,
		regional: places.filter(({ inRegion }) => inRegion).map(({ ordinal }) => ordinal),
		byCounty: new Map([...byCounty].map(([county, list]) => [county, list.map(({ ordinal }) => ordinal)])),
		names,
	}
}

/** Places of one query: their rows are parsed within a few milliseconds, and others get their turn before the next. */
const BATCH = 1000

async function readPlaces(reader: Reader<AtlasTables>, geography: string): Promise<Place[]> {
	const places: Place[] = []
	for (;;) {
		const rows = await reader
			.selectFrom('atlas.place')
			// Label points are left out: an array takes many times as long to parse as all the rest.
			.select(['ordinal', 'geoid', 'name', 'county_geoid', 'county_name', 'in_region'])
			.where('geography', '=', geography)
			.where('ordinal', '>=', places.length)
			.orderBy('ordinal')
			.limit(BATCH)
			.execute()
		places.push(...rows.map(toPlace))
		if (rows.length < BATCH) return places
	}
}

/** The names of a geography's places in the region, in the order of their sources. */
async function listNames(reader: Reader<AtlasTables>, geography: string): Promise<PlaceName[]> {
	const rows = await reader
		.selectFrom('atlas.name as n')
		.innerJoin('atlas.name_place as l', 'l.name', 'n.key')
		.innerJoin('atlas.place as p', (join) => join.onRef('p.geography', '=', 'l.geography').onRef('p.ordinal', '=', 'l.ordinal'))
		.select(['n.key', 'n.name', 'n.kind', sql<string>`string_agg(l.ordinal::text, ',' order by l.ordinal)`.as('ordinals')])
		.where('l.geography', '=', geography)
		.where('p.in_region', '=', true)
		.groupBy(['n.key', 'n.name', 'n.kind', 'n.ordinal'])
		.orderBy('n.ordinal')
		.execute()
	return rows.map((row) => ({ ...row, ordinals: row.ordinals.split(',').map(Number) }))
}

function toPlace(row: Omit<PlaceTable, 'geography' | 'area_m2' | 'centroid'>): Place {
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

/** The borders of the region's counties out of a geography's drawing, and the width of that drawing. */
export async function getCountyOutlines(reader: Reader<AtlasTables>, geography: string): Promise<{ path: string; width: number }> {
	return reader
		.selectFrom('atlas.picture')
		.select([sql<string>`drawing ->> 'counties'`.as('path'), sql<number>`(drawing ->> 'width')::int`.as('width')])
		.where('geography', '=', geography)
		.executeTakeFirstOrThrow()
}

/** The outline drawing of a geography's part in the region. */
export async function getDrawing(reader: Reader<AtlasTables>, geography: string): Promise<Drawing> {
	const row = await reader.selectFrom('atlas.picture').select('drawing').where('geography', '=', geography).executeTakeFirstOrThrow()
	return row.drawing
}

/** Words that say what is searched for, not which one. */
const KIND_WORDS = new Set(['census', 'tract', 'sector', 'censal', 'county', 'condado', 'zip', 'postal', 'city', 'ciudad', 'neighborhood', 'barrio'])

export interface FoundPlaces {
	found: Place[]
	/** How many places fit in all. */
	total: number
	/** Names that fit every word; the places they stand for are among those found. */
	names: PlaceName[]
}

/**
 * Places of the region that fit every word of the question, best first, at most `limit`: a word is the beginning of a tract number, of a
 * word of the county's name or of a name by which people know the place, or a GEOID from its fifth digit on. When nothing fits so, numbers
 * may also end with the word ("35" finds 405.35). An empty question finds nothing.
 */
export function searchPlaces(geography: Pick<Geography, 'places' | 'regional'> & { names?: readonly PlaceName[] }, question: string, limit = 50): FoundPlaces {
	const words = fold(question).split(/[\s,;]+/).filter((word) => word && !KIND_WORDS.has(word))
	if (words.length === 0) return { found: [], total: 0, names: [] }
	const names = searchNames(geography.names ?? [], question, (word) => KIND_WORDS.has(word))
	const places = geography.regional.map((ordinal) => geography.places[ordinal]!)
	const nameWords = wordsByPlace(geography.names ?? [])
	const namedSo = ({ ordinal }: Place, word: string) => nameWords.get(ordinal)?.some((part) => part.startsWith(word)) ?? false
	let fitting = places.filter((place) => words.every((word) => fits(place, word) || namedSo(place, word)))
	if (fitting.length === 0) fitting = places.filter((place) => words.every((word) => fits(place, word) || numberOf(place).includes(word)))
	const exact = (place: Place) => words.filter((word) => numberOf(place) === word || place.geoid === word).length
	const found = fitting.toSorted((a, b) => exact(b) - exact(a) || a.ordinal - b.ordinal).slice(0, limit)
	return { found, total: fitting.length, names }
}

/** The words of every name of a place. */
function wordsByPlace(names: readonly PlaceName[]): Map<number, string[]> {
	const words = new Map<number, string[]>()
	for (const { name, ordinals } of names) {
		for (const ordinal of ordinals) words.set(ordinal, [...(words.get(ordinal) ?? []), ...wordsOf(name)])
	}
	return words
}

function fits(place: Place, word: string): boolean {
	if (word.length >= 5 && place.geoid.startsWith(word)) return true
	return numberOf(place).startsWith(word) || fold(place.countyName).split(' ').some((part) => part.startsWith(word))
}

/** The tract's number without the words before it. */
function numberOf(place: Place): string {
	return place.name.replace(/^\D*/, '')
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
