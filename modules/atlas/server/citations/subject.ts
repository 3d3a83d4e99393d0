import type { CoreTables, Reader } from '#database'
import { valueOfArea } from '../../comparison.ts'
import type { CitedPlace, HowMade } from '../../citation.ts'
import type { Bilingual } from '../../domains.ts'
import { apportionedValue } from '../../areas.ts'
import { chosenParts, weighArea } from '../areas/weigh-area.ts'
import { findGeography, type Geography } from '../places.ts'
import { listSeries, type Series } from '../series.ts'
import type { AtlasTables } from '../tables.ts'

/** Names of the loaded region and of its state. Undefined while no region is loaded. */
export async function findNames(reader: Reader<AtlasTables>): Promise<{ region: Bilingual; state: Bilingual } | undefined> {
	const row = await reader.selectFrom('atlas.region').select(['name', 'manifest']).executeTakeFirst()
	return row && { region: row.name, state: row.manifest.state.name }
}

/** Whose numbers are cited, and how one of them is found in a series. */
export interface Subject {
	place: CitedPlace
	geography: Geography
	/** Position in place order; absent for many places together. */
	ordinal?: number
	valueIn(series: Series): { estimate: number; moe: number; how: HowMade }
}

/**
 * The subject of a citation: a place by its GEOID, a county of the geography by its five digits, `region`, or `state` for every
 * place that is loaded.
 * Undefined when there is no such place.
 */
export async function findSubject(reader: Reader<AtlasTables & CoreTables>, geographyKey: string, geoid: string, names: { region: Bilingual; state: Bilingual }): Promise<Subject | undefined> {
	if (geographyKey === 'area') return findAreaSubject(reader, geoid)
	const geography = await findGeography(reader, geographyKey)
	if (!geography) return undefined
	const place = geography.places.find((candidate) => candidate.geoid === geoid)
	if (place) {
		const valueIn = (series: Series) => ({ estimate: series.estimates[place.ordinal]!, moe: series.margins?.[place.ordinal] ?? NaN, how: 'own' as const })
		return { place: { geography: geography.key, geoid, name: place.name, county: place.countyName }, geography, ordinal: place.ordinal, valueIn }
	}
	const ordinals = geoid === 'region' ? geography.regional : geoid === 'state' ? geography.places.map(({ ordinal }) => ordinal) : geography.byCounty.get(geoid)
	if (!ordinals) return undefined
	const name = geoid === 'region' || geoid === 'state' ? names[geoid].en : geography.places[ordinals[0]!]!.countyName
	return { place: { geography: geography.key, geoid, name, county: '' }, geography, valueIn: (series) => valueOfArea(series, ordinals) }
}

/** The newest series of an indicator on a geography, or the one of a vintage. */
export async function findHead(reader: Reader<AtlasTables>, indicator: string, geography: string, vintage?: string) {
	const heads = await listSeries(reader, indicator)
	return heads.find((head) => head.geography === geography && (vintage === undefined || head.vintage === vintage))
}

/** An area's values are apportioned from the places that it holds; it has no rank among them. */
async function findAreaSubject(reader: Reader<AtlasTables & CoreTables>, id: string): Promise<Subject | undefined> {
	const found = await weighArea(reader, id)
	if (!found) return undefined
	const { area, geography } = found
	const { parts } = chosenParts(found)
	const valueIn = (series: Series) => {
		const { estimate, moe } = apportionedValue(series, parts)
		return { estimate, moe, how: 'apportioned' as const }
	}
	return { place: { geography: 'area', geoid: id, name: area.name, county: '' }, geography, valueIn }
}
