import type { PeriodKind } from '#coalition'
import { findAllCapacity } from '#coalition/server'
import { readingActor } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	const [actor, now] = [await readingActor(locals), new Date()]
	const by: PeriodKind = url.searchParams.get('by') === 'quarter' ? 'quarter' : 'year'
	const all = await findAllCapacity(locals.database, actor, { by, period: url.searchParams.get('period') ?? undefined }, now)
	return { by, period: all.period.key, periods: all.periods.map(({ key }) => key), bodies: all.bodies }
}
