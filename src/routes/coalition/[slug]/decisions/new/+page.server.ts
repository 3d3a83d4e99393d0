import { openDecision } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	return { body: { name: body.name, slug: body.slug, rules: body.charter.rules }, mayOpen: can('open_decision') && !body.closedAt }
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { method = '', electorate = '', title = '', text = '', options = '', closesOn = '', citation = '' } = given
			return openDecision(writer, actor, body.id, { method, electorate, secret: given.secret === 'on', title, text, options, closesOn, citation }, now)
		}, (decision) => `/coalition/decisions/${decision}`),
}
