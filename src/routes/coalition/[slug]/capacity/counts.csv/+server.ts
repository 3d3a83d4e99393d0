import { error } from '@sveltejs/kit'
import { findBodyCounts } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import { answerCounts } from '#lib/server/count-rows.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_capacity')) error(404)
	const { periods } = await findBodyCounts(locals.database, actor, body, url.searchParams.get('by') === 'quarter' ? 'quarter' : 'year', new Date())
	return answerCounts(`${body.slug}-counts.csv`, periods.map((period) => ({ name: body.name, period, counts: period.counts })))
}
