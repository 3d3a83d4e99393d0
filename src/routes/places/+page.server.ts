import { redirect } from '@sveltejs/kit'
import { findGeography, searchPlaces } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	const geography = (await findGeography(locals.database, locals.region!.mainGeography))!
	const question = (url.searchParams.get('q') ?? '').trim().slice(0, 200)
	const county = url.searchParams.get('county') ?? ''
	const { found, total } = county && !question ? inCounty(geography, county) : searchPlaces(geography, question)
	if (question && total === 1) redirect(303, localizeHref(`/places/${geography.key}/${found[0]!.geoid}`))
	const counties = Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name, count: geography.byCounty.get(geoid)?.length ?? 0 }))
	return { geography: geography.key, question, county, total, found: found.map(({ geoid, name, countyName }) => ({ geoid, name, countyName })), counties }
}

function inCounty(geography: NonNullable<Awaited<ReturnType<typeof findGeography>>>, county: string) {
	const found = (geography.byCounty.get(county) ?? []).map((ordinal) => geography.places[ordinal]!).filter(({ inRegion }) => inRegion)
	return { found, total: found.length }
}
