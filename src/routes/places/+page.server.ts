import { redirect } from '@sveltejs/kit'
import type { PlaceName } from '#atlas'
import { findGeography, searchPlaces, type FoundPlaces, type Geography } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import type { PageServerLoad } from './$types'

/** Results that one page lists. */
const MOST = 50

export const load: PageServerLoad = async ({ locals, url }) => {
	const geography = (await findGeography(locals.database, locals.region!.mainGeography))!
	const question = (url.searchParams.get('q') ?? '').trim().slice(0, 200)
	const county = url.searchParams.get('county') ?? ''
	const chosen = geography.names.find(({ key }) => key === url.searchParams.get('name'))
	const { found, total, names } = question ? searchPlaces(geography, question, MOST) : chosen ? ofName(geography, chosen) : inCounty(geography, county)
	if (question && total === 1 && names.length <= 1) redirect(303, localizeHref(`/places/${geography.key}/${found[0]!.geoid}`))
	const counties = Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name, count: geography.byCounty.get(geoid)?.length ?? 0 }))
	return {
		geography: geography.key, maxZoom: geography.maxZoom, question, county, total, counties,
		found: found.map(({ geoid, name, countyName }) => ({ geoid, name, countyName })),
		chosen: question || !chosen ? undefined : shown(chosen),
		names: names.slice(0, MOST).map(shown),
		known: geography.names.map(shown),
	}
}

const shown = ({ key, name, kind, ordinals }: PlaceName) => ({ key, name, kind, count: ordinals.length })

function ofName(geography: Geography, { ordinals }: PlaceName): FoundPlaces {
	return { found: ordinals.map((ordinal) => geography.places[ordinal]!), total: ordinals.length, names: [] }
}

function inCounty(geography: Geography, county: string): FoundPlaces {
	const found = (geography.byCounty.get(county) ?? []).map((ordinal) => geography.places[ordinal]!).filter(({ inRegion }) => inRegion)
	return { found, total: found.length, names: [] }
}
