import { getDrawing } from '#atlas/server'
import { m } from '#lib/paraglide/messages.js'
import { rampIndex } from '#lib/map/ramps.ts'
import { drawColours } from '#lib/server/index-picture.ts'
import { classesOfScores, getIndexView, INDEX_CLASSES } from '#lib/server/index-view.ts'
import type { RequestHandler } from './$types'

/** The map of the index that the query describes. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { table, scored, draft } = await getIndexView(locals, url.searchParams)
	const drawing = await getDrawing(locals.database, table.geography.key)
	const rowOf = new Map(table.ordinals.map((ordinal, row) => [ordinal, row]))
	const classes = scored && classesOfScores(scored.scores)
	const colourOf = (ordinal: number) => {
		const key = classes ? classes.classOf(rowOf.get(ordinal)!) : -1
		return key < 0 ? -1 : rampIndex(key, INDEX_CLASSES)
	}
	return new Response(drawColours(drawing, draft.title || m.indices_untitled(), 'ramp', colourOf), { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=300' } })
}
