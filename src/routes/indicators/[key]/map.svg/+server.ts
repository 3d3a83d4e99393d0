import { getDrawing } from '#atlas/server'
import { drawMap } from '#lib/server/map-picture.ts'
import { getMapView, tagOfView } from '#lib/server/map-view.ts'
import { inLanguage } from '#lib/localized.ts'
import { mapTitle, yearsOfMap } from '#lib/legend-rows.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, url, locals, request }) => {
	const view = await getMapView(locals, params.key, url.searchParams)
	const tag = `"${tagOfView(view, locals.region!)}"`
	const headers = { etag: tag, 'cache-control': 'public, max-age=300', 'content-type': 'image/svg+xml; charset=utf-8' }
	if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
	const drawing = await getDrawing(locals.database, view.geography.key)
	const title = `${mapTitle(view.legend, view.indicator.name)}, ${inLanguage(locals.region!.name)}, ${yearsOfMap(view.legend, view.series.vintage)}`
	return new Response(drawMap(view, drawing, title), { headers })
}
