import { error } from '@sveltejs/kit'
import { listDecisions } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	return { body: { name: body.name, slug: body.slug }, decisions: await listDecisions(locals.database, actor, body, new Date()), mayOpen: can('open_decision') && !body.closedAt }
}
