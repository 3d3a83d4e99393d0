import { error } from '@sveltejs/kit'
import { findGeography, findTile } from '#atlas/server'
import { answerTile, tileOf } from '#lib/server/answer-tile.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals, request }) => {
	const { z, x, y } = tileOf(params)
	const geography = await findGeography(locals.database, params.geography)
	if (!geography || z < geography.minZoom || z > geography.maxZoom) error(404)
	return answerTile(request, locals.region!.loadedAt, `${params.geography}-${z}-${x}-${y}`, () => findTile(locals.database, params.geography, z, x, y))
}
