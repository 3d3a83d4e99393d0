import { error } from '@sveltejs/kit'
import { findGeography } from '#atlas/server'
import { answerTile } from '#lib/server/tile-answer.ts'
import type { RequestHandler } from './$types'

const number = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : NaN)

export const GET: RequestHandler = async ({ params, locals, request }) => {
	const [z, x, y] = [number(params.z), number(params.x), number(params.y)]
	if (!(z <= 22) || !(x < 2 ** z) || !(y < 2 ** z)) error(404)
	const geography = await findGeography(locals.database, params.geography)
	if (!geography || z < geography.minZoom || z > geography.maxZoom) error(404)
	return answerTile(locals, request, geography, { z, x, y })
}
