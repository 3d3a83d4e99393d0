import type { CoreTables, Reader } from '#database'
import { areaSquareMeters, decodeRings, featureGeometry } from '@throughline/geo'
import { compare, valueOfArea, type AreaValue } from '../../comparison.ts'
import { findGaps } from '../../gaps.ts'
import { apportionedValue, type ApportionedValue, type AreaPart } from '../../areas.ts'
import { listPlaceColumns } from '../place-columns.ts'
import { findGeography, type Geography } from '../places.ts'
import type { Profile, ProfileRow } from '../profile.ts'
import type { Series } from '../series.ts'
import { figuresOf } from '../series-figures.ts'
import type { AreaTable, AtlasTables } from '../tables.ts'
import { findParts } from './area-parts.ts'

type Tables = AtlasTables & CoreTables

export interface Area {
	id: string
	name: string
	kind: AreaTable['kind']
	geography: string
	geoids: string[]
	squareMeters: number
	bounds: number[]
	madeAt: Date
}

export interface AreaProfile {
	area: Area
	geography: Geography
	parts: AreaPart[]
	/** As of a place, but without a rank: an area has none among tracts. */
	rows: (ProfileRow & { weighed: ApportionedValue })[]
	gaps: Profile['gaps']
	/** The counties that the area touches. */
	counties: { geoid: string; name: string }[]
}

function toArea({ id, name, kind, geography, geoids, area_m2, bounds, made_at }: Omit<AreaTable, 'rings' | 'content_hash' | 'made_by'>): Area {
	return { id, name, kind, geography, geoids, squareMeters: area_m2, bounds, madeAt: made_at }
}

const COLUMNS = ['id', 'name', 'kind', 'geography', 'geoids', 'area_m2', 'bounds', 'made_at'] as const

/** Areas made here, newest first, at most `limit`. */
export async function listAreas(reader: Reader<Tables>, limit = 100): Promise<Area[]> {
	return (await reader.selectFrom('atlas.area').select(COLUMNS).orderBy('made_at', 'desc').orderBy('id').limit(limit).execute()).map(toArea)
}

/** An area with its outline as a GeoJSON geometry for each feature; undefined when there is none. */
export async function findArea(reader: Reader<Tables>, id: string): Promise<{ area: Area; outline: () => ReturnType<typeof featureGeometry>[] } | undefined> {
	const row = await reader.selectFrom('atlas.area').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const layer = decodeRings(row.rings)
	return { area: toArea(row), outline: () => Array.from({ length: layer.featureCount }, (_, i) => featureGeometry(layer, i)) }
}

const held = new Map<string, { loaded: Geography; parts: AreaPart[] }>()

/** The places that an area holds; found once for a loaded region and kept for the last two hundred areas. */
export async function partsOf(reader: Reader<Tables>, id: string): Promise<{ area: Area; geography: Geography; parts: AreaPart[] } | undefined> {
	const row = await reader.selectFrom('atlas.area').selectAll().where('id', '=', id).executeTakeFirst()
	const geography = row && (await findGeography(reader, row.geography))
	if (!row || !geography) return undefined
	const known = held.get(id)
	if (known?.loaded === geography) return { area: toArea(row), geography, parts: known.parts }
	const byGeoid = new Map(geography.places.map(({ geoid, ordinal }) => [geoid, ordinal]))
	const parts = row.kind === 'picked' ? pickedParts(row.geoids.flatMap((geoid) => byGeoid.get(geoid) ?? []), areaSquareMeters(decodeRings(row.rings))) : await findParts(reader, geography, decodeRings(row.rings))
	held.set(id, { loaded: geography, parts })
	if (held.size > 200) held.delete(held.keys().next().value!)
	return { area: toArea(row), geography, parts }
}

/** Places that were picked lie wholly in the area; the outline's features stand in their order. */
function pickedParts(ordinals: readonly number[], squareMeters: Float64Array): AreaPart[] {
	const all = squareMeters.reduce((sum, area) => sum + area, 0)
	return ordinals.map((ordinal, i) => ({ ordinal, placeShare: 1, areaShare: squareMeters[i]! / all }))
}

/** Everything known of an area, from the places that it holds, beside its counties, the region and the state. Undefined for an unknown one. */
export async function findAreaProfile(reader: Reader<Tables>, id: string): Promise<AreaProfile | undefined> {
	const found = await partsOf(reader, id)
	if (!found) return undefined
	const { area, geography, parts } = found
	const counties = [...new Map(parts.map(({ ordinal }) => [geography.places[ordinal]!.countyGeoid, geography.places[ordinal]!.countyName]))].map(([geoid, name]) => ({ geoid, name }))
	const inCounties = counties.flatMap(({ geoid }) => geography.byCounty.get(geoid)!)
	const columns = await listPlaceColumns(reader, geography.key)
	const rows = columns.filter(({ indicator }) => indicator.domain !== 'index').map(({ indicator, series }) => ({ indicator, ...rowOf(series, parts, { county: valueOfArea(series, inCounties), ...figuresOf(geography, series) }) }))
	const spreads = new Map(columns.map(({ indicator, series }) => [indicator.key, figuresOf(geography, series).standardDeviation]))
	const gaps = findGaps(rows.map((row) => ({
		direction: row.indicator.definition.group ? 'neither' as const : row.indicator.direction,
		place: { estimate: row.estimate, moe: row.margin ?? NaN }, area: row.region, standardDeviation: spreads.get(row.indicator.key)!,
	})))
	return { area, geography, parts, rows, gaps, counties }
}

function rowOf(series: Series, parts: readonly AreaPart[], around: Record<'county' | 'region' | 'state', AreaValue>): Omit<AreaProfile['rows'][number], 'indicator'> {
	const weighed = apportionedValue(series, parts)
	const beside = (area: AreaValue) => ({ ...area, verdict: compare(weighed, area) })
	const { estimates: _, margins: __, numerators: ___, numeratorMargins: ____, universes: _____, universeMargins: ______, kind: _______, ...head } = series
	return {
		series: head, estimate: weighed.estimate, margin: Number.isNaN(weighed.moe) ? undefined : weighed.moe, weighed,
		county: beside(around.county), region: beside(around.region), state: beside(around.state), standing: undefined, history: [],
	}
}
