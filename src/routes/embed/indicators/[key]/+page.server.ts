import { getDrawingSize, listSources } from '#atlas/server'
import { choiceQuery } from '#lib/map-choice.ts'
import { publishedBeside } from '#lib/server/map-companions.ts'
import { getMapView } from '#lib/server/map-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, locals, setHeaders }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const [sources, picture] = await Promise.all([listSources(locals.database), getDrawingSize(locals.database, view.geography.key)])
	const { publisher, title } = sources.find(({ key }) => key === view.series.source)!
	const beside = publishedBeside(view, sources)
	setHeaders({ 'cache-control': 'public, max-age=300' })
	return {
		indicator: view.indicator,
		vintage: view.series.vintage, decimals: view.series.decimals, hasMargins: view.series.margins !== null,
		legend: view.legend,
		show: view.choice.show, summary: view.summary, picture,
		notices: view.notices,
		source: { publisher, title },
		beside: beside?.key === view.series.source ? undefined : beside,
		query: `vintage=${encodeURIComponent(view.series.vintage)}&geography=${view.geography.key}&${choiceQuery(view.choice)}`,
	}
}
