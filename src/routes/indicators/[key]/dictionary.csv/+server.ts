import { csvText } from '#atlas'
import { listSources } from '#atlas/server'
import { m } from '#lib/paraglide/messages.js'
import { inLanguage } from '#lib/localized.ts'
import { columnsOf } from '#lib/server/map-columns.ts'
import { getMapView, type MapView } from '#lib/server/map-view.ts'
import { downloadHeaders } from '#lib/server/place-values.ts'
import type { RequestHandler } from './$types'

/** What each column of the downloads means: a row per column with its type. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const rows = columnsOf(view, await listSources(locals.database), []).map(({ name, type }) => [name, type === 'DOUBLE' ? 'number' : 'text', meaningOf(name, view)])
	return new Response(csvText([['column', 'type', 'meaning'], ...rows]), { headers: downloadHeaders(view, 'dictionary.csv', 'text/csv; charset=utf-8') })
}

const MEANINGS: Record<string, () => string> = {
	geoid: m.explorer_column_geoid, name: m.explorer_column_name, county: m.explorer_column_county, indicator: m.explorer_column_indicator,
	unit: m.explorer_column_unit, years: m.explorer_column_years, estimate: m.explorer_column_estimate, margin_of_error_90: m.explorer_column_margin,
	reliability: m.explorer_column_reliability, source: m.explorer_column_source, source_sha256: m.explorer_column_checksum,
	earlier_years: m.explorer_column_earlier_years, earlier_estimate: m.explorer_column_earlier_estimate, earlier_margin_of_error_90: m.explorer_column_earlier_margin,
	change: m.explorer_column_change, change_margin_of_error_90: m.explorer_column_change_margin, change_verdict: m.explorer_column_verdict,
	earlier_source: m.explorer_column_earlier_source, earlier_source_sha256: m.explorer_column_earlier_checksum,
	other_indicator: m.explorer_column_other_indicator, other_unit: m.explorer_column_other_unit, other_years: m.explorer_column_other_years,
	other_estimate: m.explorer_column_other_estimate, other_margin_of_error_90: m.explorer_column_other_margin, other_reliability: m.explorer_column_other_reliability,
	third: m.explorer_column_third, other_third: m.explorer_column_other_third, other_source: m.explorer_column_other_source, other_source_sha256: m.explorer_column_other_checksum,
}

/** A column's meaning; the keys of measures come with their names and what they measure. */
function meaningOf(column: string, { indicator, pair }: MapView): string {
	const named = column === 'indicator' ? indicator : column === 'other_indicator' ? pair?.indicator : undefined
	const meaning = MEANINGS[column]!()
	return named ? `${meaning} ${inLanguage(named.name)}. ${inLanguage(named.about)}` : meaning
}
