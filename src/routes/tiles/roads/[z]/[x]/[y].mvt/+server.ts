import { error } from '@sveltejs/kit'
import { findBackdrop, findBackdropTile } from '#atlas/server'
import { answerTile, tileOf } from '#lib/server/answer-tile.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, request }) => {
	const { z, x, y } = tileOf(params)
	const backdrop = await findBackdrop(locals.database)
	if (!backdrop || z < backdrop.minZoom || z > backdrop.maxZoom) error(404)
	return answerTile(request, locals.region!.loadedAt, `roads-${z}-${x}-${y}`, () => findBackdropTile(locals.database, z, x, y))
}
