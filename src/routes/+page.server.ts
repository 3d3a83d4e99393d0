import { findGeography, getDrawingSize, listIndicators } from '#atlas/server'
import { DOMAINS, headlineOf } from '#atlas'
import { listCalls } from '#coalition/server'
import { getHomeCoalition } from '#lib/server/home-coalition.ts'
import { getMapView } from '#lib/server/map-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
	const region = locals.region!
	const listed = await listIndicators(locals.database)
	const opening = headlineOf(listed.map(({ indicator }) => indicator.key))!
	const now = new Date()
	const [calls, coalition, view, geography] = await Promise.all([listCalls(locals.database, { open: true }, now), getHomeCoalition(locals.database, now), getMapView(locals, opening, new URLSearchParams()), findGeography(locals.database, region.mainGeography)])
	const picture = await getDrawingSize(locals.database, view.geography.key)
	const indices = listed.filter(({ indicator }) => indicator.domain === 'index')
	const sample = geography!.places[geography!.regional[0]!]!
	return {
		about: region.about,
		calls: calls.map(({ id, title, place }) => ({ id, title, place })),
		coalition,
		counts: { tracts: geography!.regional.length, counties: Object.keys(region.counties).length, indicators: listed.length - indices.length },
		named: geography!.names.length > 0,
		picture,
		opening: { key: opening, name: view.indicator.name, unit: view.indicator.unit, universe: view.indicator.definition.universe, decimals: view.series.decimals, vintage: view.series.vintage, summary: view.summary },
		example: `${sample.name.replace(/^[^\d]*/, '')} ${sample.countyName}`,
		domains: DOMAINS.map((domain) => ({ domain, count: listed.filter(({ indicator }) => indicator.domain === domain).length })),
		indices: indices.map(({ indicator }) => ({ key: indicator.key, name: indicator.name, about: indicator.about })),
	}
}
