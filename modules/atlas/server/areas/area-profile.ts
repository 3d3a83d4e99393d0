import type { CoreTables, Reader } from '#database'
import { apportionedValue, type ApportionedValue, type AreaPart, type Weights } from '../../areas.ts'
import { compare, valueOfArea, type AreaValue } from '../../comparison.ts'
import { findGaps } from '../../gaps.ts'
import { listPlaceColumns } from '../place-columns.ts'
import type { Geography } from '../places.ts'
import type { Profile, ProfileRow } from '../profile.ts'
import type { Series } from '../series.ts'
import { figuresOf } from '../series-figures.ts'
import type { AtlasTables } from '../tables.ts'
import { takeTurns } from '../take-turns.ts'
import type { Area } from './find-area.ts'
import { chosenParts, weighArea, type WeighedArea } from './weigh-area.ts'

type Tables = AtlasTables & CoreTables

export interface AreaProfile {
	area: Area
	geography: Geography
	/** By land. */
	parts: AreaPart[]
	byPeople: WeighedArea['byPeople']
	/** What the numbers were weighed by. */
	by: Weights
	/** As of a place, but without a rank: an area has none among tracts. */
	rows: (ProfileRow & { weighed: ApportionedValue })[]
	gaps: Profile['gaps']
	/** The counties that the area touches. */
	counties: { geoid: string; name: string }[]
}

/**
 * Everything known of an area, from the places that it holds, beside its counties, the region and the state; by people where that can be
 * told, unless land is asked for. Row by row, so that others are answered meanwhile. Undefined for an unknown one.
 */
export async function findAreaProfile(reader: Reader<Tables>, id: string, asked?: 'land' | 'people'): Promise<AreaProfile | undefined> {
	const found = await weighArea(reader, id)
	if (!found) return undefined
	const { area, geography, parts, byPeople } = found
	const chosen = chosenParts(found, asked)
	const counties = [...new Map(parts.map(({ ordinal }) => [geography.places[ordinal]!.countyGeoid, geography.places[ordinal]!.countyName]))].map(([geoid, name]) => ({ geoid, name }))
	const inCounties = counties.flatMap(({ geoid }) => geography.byCounty.get(geoid)!)
	const columns = await listPlaceColumns(reader, geography.key)
	const rows: AreaProfile['rows'] = []
	const pause = takeTurns()
	for (const { indicator, series } of columns) {
		if (indicator.domain === 'index') continue
		rows.push({ indicator, ...rowOf(series, chosen.parts, { county: valueOfArea(series, inCounties), ...figuresOf(geography, series) }) })
		await pause()
	}
	const spreads = new Map(columns.map(({ indicator, series }) => [indicator.key, figuresOf(geography, series).standardDeviation]))
	const gaps = findGaps(rows.map((row) => ({
		direction: row.indicator.definition.group ? 'neither' as const : row.indicator.direction,
		place: { estimate: row.estimate, moe: row.margin ?? NaN }, area: row.region, standardDeviation: spreads.get(row.indicator.key)!,
	})))
	return { area, geography, parts, byPeople, by: chosen.by, rows, gaps, counties }
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
