import { error } from '@sveltejs/kit'
import { firstOfEach } from '#coalition'
import { listConvenings } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const all = await listConvenings(locals.database, actor, { body: body.id }, now)
	return {
		body: { name: body.name, slug: body.slug, visibility: body.visibility },
		coming: firstOfEach(all.filter(({ endsAt }) => endsAt > now).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())),
		past: all.filter(({ endsAt }) => endsAt <= now),
		mayConvene: can('convene') && !body.closedAt,
	}
}
