import { csvText } from '#atlas'
import { listSources } from '#atlas/server'
import { getMapView } from '#lib/server/map-view.ts'
import { chooseRows, readOrder } from '#lib/server/table-page.ts'
import { downloadHeaders, valuesOf } from '#lib/server/place-values.ts'
import type { RequestHandler } from './$types'

const HEADER = ['geoid', 'name', 'county', 'indicator', 'unit', 'years', 'estimate', 'margin_of_error_90', 'reliability', 'source', 'source_sha256']

/** The numbers of a map, a row per place that the filters let through, in the order asked for; every row says what it is and where it comes from. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const source = (await listSources(locals.database)).find(({ key }) => key === view.series.source)!
	const rows = chooseRows(view, url.searchParams, readOrder(url.searchParams) ?? 'place').map((ordinal) => {
		const place = view.geography.places[ordinal]!
		const { estimate, margin, reliability } = valuesOf(view, place)
		const texts = [estimate, margin].map((value) => (value === null ? '' : String(value)))
		return [place.geoid, place.name, place.countyName, view.indicator.key, view.indicator.unit, view.series.vintage, ...texts, reliability, source.publisher, source.sha256]
	})
	return new Response(csvText([HEADER, ...rows]), { headers: downloadHeaders(view, 'csv', 'text/csv; charset=utf-8') })
}
