import { getDrawing } from '#atlas/server'
import type { RequestHandler } from './$types'

/** Outlines of the region's places, which the builder draws once and then only recolours. */
export const GET: RequestHandler = async ({ locals, request }) => {
	const tag = `"${locals.region!.loadedAt.getTime().toString(36)}-outlines"`
	const headers = { etag: tag, 'cache-control': 'public, max-age=3600', 'content-type': 'application/json' }
	if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
	const { width, height, ordinals, paths, counties } = await getDrawing(locals.database, locals.region!.mainGeography)
	return new Response(JSON.stringify({ width, height, ordinals, paths, counties }), { headers })
}
