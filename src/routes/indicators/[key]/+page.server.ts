import { gradeOf } from '#atlas'
import { findImport, getDrawingSize, listSources } from '#atlas/server'
import { getMapView } from '#lib/server/map-view.ts'
import { readTablePage } from '#lib/server/table-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const [sources, picture] = await Promise.all([listSources(locals.database), getDrawingSize(locals.database, view.geography.key)])
	const source = sources.find(({ key }) => key === view.series.source)!
	const { estimates, margins } = view.series
	const table = readTablePage(view, url.searchParams)
	return {
		indicator: view.indicator,
		series: { geography: view.series.geography, geographyVintage: view.series.geographyVintage, main: view.series.main, vintage: view.series.vintage, decimals: view.series.decimals, hasMargins: margins !== null },
		listed: view.listed.map(({ geography, vintage, geographyVintage }) => ({ geography, vintage, geographyVintage })),
		choice: view.choice,
		legend: view.legend,
		summary: view.summary,
		picture,
		source: { key: source.key, publisher: source.publisher, title: source.title, vintage: source.vintage, import: source.report.import },
		broughtBy: source.report.import && (await findImport(locals.database, source.report.import, undefined))?.begunByName,
		counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })),
		table: {
			...table,
			rows: table.ordinals.map((ordinal) => {
				const place = view.geography.places[ordinal]!
				const margin = margins?.[ordinal]
				return { geoid: place.geoid, name: place.name, county: place.countyName, estimate: estimates[ordinal]!, margin: margin ?? NaN, grade: gradeOf(estimates[ordinal]!, margin) }
			}),
		},
	}
}
