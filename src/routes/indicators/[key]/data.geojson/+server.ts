import { boundariesText } from '#atlas/server'
import { getMapView } from '#lib/server/map-view.ts'
import { downloadHeaders, valuesOf } from '#lib/server/place-values.ts'
import type { RequestHandler } from './$types'

/** The places of a map with their boundaries and numbers. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const text = await boundariesText(locals.database, view.geography, (place) =>
		place.inRegion ? { geoid: place.geoid, name: place.name, county: place.countyName, indicator: view.indicator.key, unit: view.indicator.unit, years: view.series.vintage, ...valuesOf(view, place) } : undefined,
	)
	return new Response(text, { headers: downloadHeaders(view, 'geojson', 'application/geo+json') })
}
