import { json } from '@sveltejs/kit'
import { findBackdrop, findGeography } from '#atlas/server'
import type { RequestHandler } from './$types'

/** What the map of `/areas/new` needs: the region's places, column by column in the same order. */
export const GET: RequestHandler = async ({ locals }) => {
	const [geography, backdrop] = await Promise.all([findGeography(locals.database, locals.region!.mainGeography), findBackdrop(locals.database)])
	const { key, bounds, minZoom, maxZoom, places, regional } = geography!
	return json(
		{
			geography: key, bounds, minZoom, maxZoom, backdrop: backdrop ?? null, ordinals: regional,
			geoids: regional.map((i) => places[i]!.geoid), names: regional.map((i) => places[i]!.name), counties: regional.map((i) => places[i]!.countyName),
		},
		{ headers: { 'cache-control': 'public, max-age=300' } },
	)
}
