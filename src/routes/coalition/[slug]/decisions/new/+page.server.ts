import { findAgenda, openDecision } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	const { goals } = can('open_decision') ? await findAgenda(locals.database, body.id) : { goals: [] }
	return { goals: goals.filter(({ closedAt }) => !closedAt).map(({ id, title }) => ({ id, title })), goal: url.searchParams.get('goal') ?? '', body: { name: body.name, slug: body.slug, rules: body.charter.rules }, mayOpen: can('open_decision') && !body.closedAt }
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { method = '', electorate = '', title = '', text = '', options = '', closesOn = '', citation = '', goal = '' } = given
			return openDecision(writer, actor, body.id, { method, electorate, secret: given.secret === 'on', title, text, options, closesOn, citation, goal }, now)
		}, (decision) => `/coalition/decisions/${decision}`),
}
