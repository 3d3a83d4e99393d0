import { listSources } from '#atlas/server'
import { columnsOf } from '#lib/server/map-columns.ts'
import { getMapView } from '#lib/server/map-view.ts'
import { parquetOf } from '#lib/server/parquet.ts'
import { downloadHeaders } from '#lib/server/place-values.ts'
import { chooseRows, readOrder } from '#lib/server/table-page.ts'
import type { RequestHandler } from './$types'

/** The numbers of a map as Parquet: the columns of the CSV with types, null where nothing is known. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const columns = columnsOf(view, await listSources(locals.database), chooseRows(view, url.searchParams, readOrder(url.searchParams) ?? 'place'))
	return new Response(await parquetOf(columns), { headers: downloadHeaders(view, 'parquet', 'application/vnd.apache.parquet') })
}
