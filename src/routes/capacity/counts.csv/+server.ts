import { findAllCapacity } from '#coalition/server'
import { readingActor } from '#lib/server/coalition-actor.ts'
import { answerCounts } from '#lib/server/count-rows.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, url }) => {
	const by = url.searchParams.get('by') === 'quarter' ? 'quarter' : 'year'
	const { period, bodies } = await findAllCapacity(locals.database, await readingActor(locals), { by, period: url.searchParams.get('period') ?? undefined }, new Date())
	return answerCounts(`counts-${period.key}.csv`, bodies.map(({ name, counts }) => ({ name, period, counts })))
}
