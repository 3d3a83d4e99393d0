import { redirect } from '@sveltejs/kit'
import { getDrawingSize } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { choiceQuery } from '#lib/map-choice.ts'
import { getMapView, viewOfSeries, type MapView } from '#lib/server/map-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, locals }) => {
	if (params.other === params.key) redirect(307, localizeHref(`/indicators/${params.key}`))
	const query = new URLSearchParams(url.searchParams)
	query.set('with', params.other)
	for (const name of ['compare', 'show', 'breaks']) query.delete(name)
	const both = await getMapView(locals, params.key, query)
	const choice = { ...both.choice, with: '' }
	const views = [both, ...(both.pair ? [both.pair] : [])].map(({ indicator, series }) => viewOfSeries(indicator, series, [], both.geography, choice))
	return {
		measures: views.map(measureOf),
		notices: both.notices,
		geography: both.geography.key,
		picture: await getDrawingSize(locals.database, both.geography.key),
		together: `/indicators/${params.key}?vintage=${encodeURIComponent(both.series.vintage)}&geography=${both.geography.key}&with=${encodeURIComponent(params.other)}`,
	}
}

/** One of the two maps: what its picture, legend and read-out need. */
function measureOf({ indicator, series, legend, summary, choice }: MapView) {
	return {
		indicator, legend, summary,
		vintage: series.vintage, decimals: series.decimals, hasMargins: series.margins !== null,
		query: `vintage=${encodeURIComponent(series.vintage)}&geography=${series.geography}&${choiceQuery(choice)}`,
	}
}
