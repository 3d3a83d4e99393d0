import { chosenParts, findGeography, weighArea, type Geography, type Place } from '#atlas/server'
import { Refusal, type Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'

export interface CampaignPlaces {
	geography: Geography | undefined
	/** Tracts in which the campaign works, by GEOID. */
	places: Place[]
	/** Whether these are all of the region's. */
	whole: boolean
}

type Where = { body: string; geography: string; places: readonly string[] }

/** The tracts of a campaign: those it names, itself or by their county, else those that lie mostly in the host's area, else all of the region. */
export async function findCampaignPlaces(reader: Reader<CoalitionTables>, campaign: Where): Promise<CampaignPlaces> {
	const geography = await findGeography(reader, campaign.geography)
	if (!geography) return { geography, places: [], whole: false }
	const regional = geography.regional.map((ordinal) => geography.places[ordinal]!)
	if (campaign.places.length > 0) {
		const named = new Set(campaign.places)
		return { geography, whole: false, places: sorted(regional.filter(({ geoid, countyGeoid }) => named.has(geoid) || named.has(countyGeoid))) }
	}
	const { area } = (await reader.selectFrom('coalition.body').select('area').where('id', '=', campaign.body).executeTakeFirst()) ?? {}
	const weighed = area ? await weighArea(reader, area) : undefined
	if (!weighed || weighed.geography.key !== geography.key) return { geography, places: sorted(regional), whole: true }
	return { geography, whole: false, places: sorted(chosenParts(weighed, 'land').parts.filter(({ placeShare }) => placeShare >= 0.5).map(({ ordinal }) => geography.places[ordinal]!)) }
}

const sorted = (places: Place[]): Place[] => places.sort((a, b) => (a.geoid < b.geoid ? -1 : 1))

/** Refuses GEOIDs that are neither a tract of the campaign nor a county in which it has one. Errors: `campaign_places_unknown`. */
export async function requirePlaces(reader: Reader<CoalitionTables>, campaign: Where, geoids: readonly string[]): Promise<void> {
	const { places } = await findCampaignPlaces(reader, campaign)
	const known = new Set(places.flatMap(({ geoid, countyGeoid }) => [geoid, countyGeoid]))
	const unknown = geoids.filter((geoid) => !known.has(geoid))
	if (unknown.length > 0) throw new Refusal('campaign_places_unknown', { places: unknown.slice(0, 5).join(', '), count: unknown.length })
}
