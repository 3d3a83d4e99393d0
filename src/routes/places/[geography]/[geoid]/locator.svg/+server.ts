import { error } from '@sveltejs/kit'
import { findGeography, findLocator } from '#atlas/server'
import { inLanguage } from '#lib/localized.ts'
import { drawLocator } from '#lib/server/locator-picture.ts'
import { m } from '#lib/paraglide/messages.js'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, request }) => {
	const geography = await findGeography(locals.database, params.geography)
	const place = geography?.places.find(({ geoid }) => geoid === params.geoid)
	if (!geography || !place) error(404)
	const title = m.locator_alt({ place: place.name, county: place.countyName, region: inLanguage(locals.region!.name) })
	const headers = { etag: `"${locals.region!.loadedAt.getTime().toString(36)}-${Buffer.from(title).toString('base64url')}"`, 'cache-control': 'public, max-age=300', 'content-type': 'image/svg+xml; charset=utf-8' }
	if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
	const locator = await findLocator(locals.database, geography, place)
	if (!locator) error(404)
	return new Response(drawLocator(locator, place.name, title), { headers })
}
