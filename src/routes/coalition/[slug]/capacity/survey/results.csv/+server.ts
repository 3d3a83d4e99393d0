import { error } from '@sveltejs/kit'
import { findWaveResults } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import { waveCsv } from '#lib/server/wave-rows.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_capacity')) error(404)
	return new Response(waveCsv(await findWaveResults(locals.database, actor, body, new Date())), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${body.slug}-survey.csv"`, 'cache-control': 'private, no-cache' },
	})
}
