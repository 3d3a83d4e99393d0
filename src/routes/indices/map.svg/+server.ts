import { error } from '@sveltejs/kit'
import { findOwnIndex, getDrawing } from '#atlas/server'
import { m } from '#lib/paraglide/messages.js'
import { rampIndex } from '#lib/map/ramps.ts'
import { drawColours } from '#lib/server/index-picture.ts'
import { classesOfScores, getIndexView, getSavedView, INDEX_CLASSES } from '#lib/server/index-view.ts'
import type { RequestHandler } from './$types'

/** The map of the index that the query describes, or of a version that somebody saved. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const [id, version] = (url.searchParams.get('recipe') ?? '').split('/')
	const found = id ? await findOwnIndex(locals.database, id, Number(version)) : undefined
	if (id && !found) error(404)
	const { table, scored, draft } = await (found ? getSavedView(locals, found.index) : getIndexView(locals, url.searchParams))
	const drawing = await getDrawing(locals.database, table.geography.key)
	const rowOf = new Map(table.ordinals.map((ordinal, row) => [ordinal, row]))
	const classes = scored && classesOfScores(scored.scores)
	const colourOf = (ordinal: number) => {
		const key = classes ? classes.classOf(rowOf.get(ordinal)!) : -1
		return key < 0 ? -1 : rampIndex(key, INDEX_CLASSES)
	}
	return new Response(drawColours(drawing, found?.index.title || draft.title || m.indices_untitled(), 'ramp', colourOf), { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=300' } })
}
