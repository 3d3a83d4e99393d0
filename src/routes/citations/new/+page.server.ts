import { error } from '@sveltejs/kit'
import { findProfile } from '#atlas/server'
import type { PageServerLoad } from './$types'

const both = (name: string) => ({ en: name, es: name })

/** What can be cited of one measure of a place: its own number and rank, and those of its county, the region and the state. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const [indicator, geography, geoid] = ['indicator', 'geography', 'geoid'].map((name) => url.searchParams.get(name) ?? '') as [string, string, string]
	const profile = await findProfile(locals.database, geography, geoid)
	const row = profile?.rows.find((candidate) => candidate.indicator.key === indicator)
	if (!profile || !row) error(404)
	const { place } = profile
	const { county, region, state, standing } = row
	const own = { geoid: place.geoid, name: both(place.name), estimate: row.estimate, margin: row.margin ?? NaN }
	const areas = [
		{ geoid: place.countyGeoid, name: both(place.countyName), estimate: county.estimate, margin: county.moe },
		{ geoid: 'region', name: locals.region!.name, estimate: region.estimate, margin: region.moe },
		...(profile.geography.regional.length < profile.geography.places.length ? [{ geoid: 'state', name: locals.region!.state.name, estimate: state.estimate, margin: state.moe }] : []),
	]
	return { indicator: row.indicator, decimals: row.series.decimals, vintage: row.series.vintage, geography, place, standing, numbers: [own, ...areas].filter(({ estimate }) => !Number.isNaN(estimate)) }
}
