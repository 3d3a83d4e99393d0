import { error } from '@sveltejs/kit'
import { listUptakes } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	return { body: { name: body.name, slug: body.slug }, uptakes: await listUptakes(locals.database, actor, body.id, new Date()), can: { record: can('record_uptake') && !body.closedAt } }
}
