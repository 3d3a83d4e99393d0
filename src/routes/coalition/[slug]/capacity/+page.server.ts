import { error } from '@sveltejs/kit'
import type { PeriodKind } from '#coalition'
import { findBodyCounts, findBodyHealth } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_capacity')) error(404)
	const now = new Date()
	const by: PeriodKind = url.searchParams.get('by') === 'quarter' ? 'quarter' : 'year'
	const [{ periods }, health] = await Promise.all([
		findBodyCounts(locals.database, actor, body, by, now),
		can('see_health') && !body.closedAt ? findBodyHealth(locals.database, actor, body, now) : undefined,
	])
	return { body: { name: body.name, slug: body.slug }, by, periods, health, today: now.toISOString().slice(0, 10) }
}
