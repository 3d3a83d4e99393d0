import { findImport, getDrawingSize, listSources } from '#atlas/server'
import { getMapView } from '#lib/server/map-view.ts'
import { listOthers } from '#lib/server/other-measures.ts'
import { readTablePage, unreadNumbers } from '#lib/server/table-page.ts'
import { publishedBeside } from '#lib/server/map-companions.ts'
import { rowsOf } from '#lib/server/table-rows.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const [sources, picture, others] = await Promise.all([listSources(locals.database), getDrawingSize(locals.database, view.geography.key), listOthers(locals.database, view)])
	const source = sources.find(({ key }) => key === view.series.source)!
	const table = readTablePage(view, url.searchParams)
	return {
		indicator: view.indicator,
		series: { geography: view.series.geography, geographyVintage: view.series.geographyVintage, main: view.series.main, vintage: view.series.vintage, decimals: view.series.decimals, hasMargins: view.series.margins !== null },
		listed: view.listed.map(({ geography, vintage, geographyVintage }) => ({ geography, vintage, geographyVintage })),
		choice: view.choice,
		legend: view.legend,
		summary: view.summary,
		picture,
		source: { key: source.key, publisher: source.publisher, title: source.title, vintage: source.vintage, import: source.report.import },
		beside: publishedBeside(view, sources),
		broughtBy: source.report.import && (await findImport(locals.database, source.report.import, undefined))?.begunByName,
		counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })),
		others,
		notices: view.notices,
		table: { ...table, unread: unreadNumbers(table), rows: rowsOf(view, table.ordinals) },
	}
}
