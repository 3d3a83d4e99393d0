import { error } from '@sveltejs/kit'
import { findArea } from '#atlas/server'
import type { RequestHandler } from './$types'

/** The outline of an area as GeoJSON, one feature for each outline that it is made of. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const found = await findArea(locals.database, params.id)
	if (!found) error(404)
	const { id, name, kind, madeAt } = found.area
	const features = found.outline().map((geometry) => ({ type: 'Feature', properties: { id, name, kind, made_at: madeAt.toISOString() }, geometry }))
	return new Response(JSON.stringify({ type: 'FeatureCollection', features }), { headers: { 'content-type': 'application/geo+json', 'content-disposition': `attachment; filename="${id}.geojson"` } })
}
