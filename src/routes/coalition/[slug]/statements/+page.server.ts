import { error } from '@sveltejs/kit'
import { listCalls, listStatements, writeStatement } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const [statements, calls] = await Promise.all([listStatements(locals.database, body.id, now), body.visibility === 'public' ? listCalls(locals.database, { body: body.id }, now) : []])
	return {
		body: { name: body.name, slug: body.slug }, statements, calls: calls.map(({ id, title, stoodDownAt, reviewDue }) => ({ id, title, stoodDownAt, reviewDue })),
		can: { write: can('write_statement') && !body.closedAt, call: can('call_response') && !body.closedAt },
	}
}

export const actions: Actions = {
	write: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { title = '', text = '', decisionMaker = '', ask = '', deadline = '', follows } = given
			return writeStatement(writer, actor, body.id, { title, text, decisionMaker, ask, deadline, follows, forOrganizations: given.forOrganizations === 'on', forPeople: given.forPeople === 'on' }, now)
		}, (id) => `/statements/${id}`),
}
