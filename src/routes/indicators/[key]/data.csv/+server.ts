import { csvText } from '#atlas'
import { listSources } from '#atlas/server'
import { columnsOf } from '#lib/server/map-columns.ts'
import { getMapView } from '#lib/server/map-view.ts'
import { downloadHeaders } from '#lib/server/place-values.ts'
import { chooseRows, readOrder } from '#lib/server/table-page.ts'
import type { RequestHandler } from './$types'

/** The numbers of a map, a row per place that the filters let through, in the order asked for; every row says what it is and where it comes from. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const ordinals = chooseRows(view, url.searchParams, readOrder(url.searchParams) ?? 'place')
	const columns = columnsOf(view, await listSources(locals.database), ordinals)
	const rows = ordinals.map((_, i) => columns.map(({ data }) => (data[i] === null ? '' : String(data[i]))))
	return new Response(csvText([columns.map(({ name }) => name), ...rows]), { headers: downloadHeaders(view, 'csv', 'text/csv; charset=utf-8') })
}
