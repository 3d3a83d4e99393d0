import { csvText } from '#atlas'
import { listSources } from '#atlas/server'
import { m } from '#lib/paraglide/messages.js'
import { inLanguage } from '#lib/localized.ts'
import { columnsOf } from '#lib/server/map-columns.ts'
import { getMapView } from '#lib/server/map-view.ts'
import { downloadHeaders } from '#lib/server/place-values.ts'
import type { RequestHandler } from './$types'

/** What each column of the downloads means: a row per column with its type. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const source = (await listSources(locals.database)).find(({ key }) => key === view.series.source)!
	const meanings: Record<string, string> = {
		geoid: m.explorer_column_geoid(), name: m.explorer_column_name(), county: m.explorer_column_county(),
		indicator: `${m.explorer_column_indicator()} ${inLanguage(view.indicator.name)}. ${inLanguage(view.indicator.about)}`,
		unit: m.explorer_column_unit(), years: m.explorer_column_years(), estimate: m.explorer_column_estimate(), margin_of_error_90: m.explorer_column_margin(),
		reliability: m.explorer_column_reliability(), source: m.explorer_column_source(), source_sha256: m.explorer_column_checksum(),
	}
	const rows = columnsOf(view, source, []).map(({ name, type }) => [name, type === 'DOUBLE' ? 'number' : 'text', meanings[name]!])
	return new Response(csvText([['column', 'type', 'meaning'], ...rows]), { headers: downloadHeaders(view, 'dictionary.csv', 'text/csv; charset=utf-8') })
}
