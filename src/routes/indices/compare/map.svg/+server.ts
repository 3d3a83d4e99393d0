import { error } from '@sveltejs/kit'
import { getDrawing } from '#atlas/server'
import { getComparison } from '#lib/server/compared-indices.ts'
import { drawColours } from '#lib/server/index-picture.ts'
import type { RequestHandler } from './$types'

/** Where the highest fifths of two indices agree. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const found = await getComparison(locals, url.searchParams.get('a') ?? '', url.searchParams.get('b') ?? '')
	if (!found) error(404)
	const drawing = await getDrawing(locals.database, found.geography)
	const picture = drawColours(drawing, `${found.first} · ${found.second}`, 'agreement', (ordinal) => found.agreementOf.get(ordinal) ?? -1)
	return new Response(picture, { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=300' } })
}
