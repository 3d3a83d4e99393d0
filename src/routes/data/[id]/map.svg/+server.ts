import { error } from '@sveltejs/kit'
import { getDrawing } from '#atlas/server'
import { getOwnImport } from '#lib/server/import-page.ts'
import { getPreview } from '#lib/server/import-preview.ts'
import { drawMap } from '#lib/server/map-picture.ts'
import { inLanguage } from '#lib/localized.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
	const { id } = await getOwnImport(event)
	const { view } = await getPreview(event.locals.database, id, Number(event.url.searchParams.get('series') ?? 0))
	if (!view) error(404)
	const drawing = await getDrawing(event.locals.database, view.geography.key)
	return new Response(drawMap(view, drawing, inLanguage(view.indicator.name)), { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'private, no-store' } })
}
