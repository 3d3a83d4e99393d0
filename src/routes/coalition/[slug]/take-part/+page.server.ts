import { error } from '@sveltejs/kit'
import { listCalls, listRoles, listStatements, listUptakes } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

const UPTAKES = 3

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const [statements, roles, calls, uptakes] = await Promise.all([
		listStatements(locals.database, body.id, now), listRoles(locals.database, actor, { body: body.id }, now), body.visibility === 'public' ? listCalls(locals.database, { body: body.id }, now) : [], listUptakes(locals.database, actor, body.id, now),
	])
	return {
		body: { name: body.name, slug: body.slug }, statements: statements.filter(({ open }) => open), anyStatement: statements.length > 0, roles: roles.filter(({ closed }) => can('offer_role') || !closed),
		calls: calls.map(({ id, title, stoodDownAt, reviewDue }) => ({ id, title, stoodDownAt, reviewDue })), uptakes: uptakes.slice(0, UPTAKES), moreUptakes: uptakes.length > UPTAKES,
		can: { write: can('write_statement') && !body.closedAt, offer: can('offer_role') && !body.closedAt, call: can('call_response') && !body.closedAt, record: can('record_uptake') && !body.closedAt },
	}
}
