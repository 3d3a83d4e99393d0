import { boundariesText, listSources } from '#atlas/server'
import { columnsOf } from '#lib/server/map-columns.ts'
import { getMapView } from '#lib/server/map-view.ts'
import { downloadHeaders } from '#lib/server/place-values.ts'
import { chooseRows } from '#lib/server/table-page.ts'
import type { RequestHandler } from './$types'

/** The places of a map that the filters let through, with their boundaries and the columns of the CSV. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const ordinals = chooseRows(view, url.searchParams, 'place')
	const columns = columnsOf(view, await listSources(locals.database), ordinals)
	const rowOf = new Map(ordinals.map((ordinal, row) => [ordinal, row]))
	const text = await boundariesText(locals.database, view.geography, ({ ordinal }) => {
		const row = rowOf.get(ordinal)
		return row === undefined ? undefined : Object.fromEntries(columns.map(({ name, data }) => [name, data[row]]))
	})
	return new Response(text, { headers: downloadHeaders(view, 'geojson', 'application/geo+json') })
}
