import { error, redirect } from '@sveltejs/kit'
import { findBodyAccountability, listPublicBodies, recordCommitment } from '#coalition/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('record_commitment') || body.closedAt) error(404)
	const now = new Date()
	const [publicBodies, { planks }] = await Promise.all([listPublicBodies(locals.database, {}, now), findBodyAccountability(locals.database, body.id, now)])
	return {
		body: { name: body.name, slug: body.slug }, file: url.searchParams.get('file') ?? '', today: now.toISOString().slice(0, 10),
		terms: publicBodies.flatMap(({ name, offices }) => offices.flatMap(({ post, terms }) => terms.map(({ id, holder, beginsOn, endsOn }) => ({ id, name: `${holder}, ${post}, ${name} (${beginsOn.slice(0, 4)}–${endsOn.slice(0, 4)})` })))),
		asks: planks.flatMap(({ asks }) => asks.map(({ id, text, post }) => ({ id, name: `${post}: ${text.slice(0, 70)}` }))),
	}
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { term = '', ask, quote = '', source = '', file = '', madeOn = '', dueRule = '', dueOn, test = '', follows } = given
			return recordCommitment(writer, actor, body.id, { term, ask, quote, source, file, madeOn, dueRule, dueOn, test, follows, allOrNothing: given.allOrNothing === 'on' }, now)
		}, (id) => `/commitments/${id}`),
}
