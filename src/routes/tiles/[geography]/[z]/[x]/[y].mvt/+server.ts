import { error } from '@sveltejs/kit'
import { findGeography, findTile } from '#atlas/server'
import type { RequestHandler } from './$types'

const number = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : NaN)

export const GET: RequestHandler = async ({ params, locals, request, setHeaders }) => {
	const [z, x, y] = [number(params.z), number(params.x), number(params.y)]
	if (!(z <= 22) || !(x < 2 ** z) || !(y < 2 ** z)) error(404)
	const geography = await findGeography(locals.database, params.geography)
	if (!geography || z < geography.minZoom || z > geography.maxZoom) error(404)
	// Tiles change only when the region is loaded anew.
	const tag = `"${locals.region!.loadedAt.getTime().toString(36)}-${params.geography}-${z}-${x}-${y}"`
	setHeaders({ etag: tag, 'cache-control': 'public, max-age=3600' })
	if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304 })
	const data = await findTile(locals.database, params.geography, z, x, y)
	if (!data) return new Response(null, { status: 204 })
	return new Response(new Uint8Array(data), { headers: { 'content-type': 'application/vnd.mapbox-vector-tile' } })
}
