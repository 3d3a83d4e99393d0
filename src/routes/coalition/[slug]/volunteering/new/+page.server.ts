import { error } from '@sveltejs/kit'
import { listHelpable, offerRole } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import { readRoleForm } from '#lib/server/volunteering-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('offer_role') || body.closedAt) error(404)
	return { body: { name: body.name }, helpable: await listHelpable(locals.database, body.id, new Date()) }
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return offerRole(writer, actor, body.id, readRoleForm(given), now)
		}, (id) => `/volunteering/${id}/change#add`),
}
