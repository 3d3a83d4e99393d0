import { error, redirect } from '@sveltejs/kit'
import { callTogether, listCallable } from '#coalition/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('call_response') || body.closedAt) error(404)
	return { body: { name: body.name }, bodies: (await listCallable(locals.database)).filter(({ id }) => id !== body.id).map(({ id, name }) => ({ id, name })) }
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { title = '', happened = '', place = '', needed = '' } = given
			const bodies = Object.keys(given).filter((name) => name.startsWith('body-')).map((name) => name.slice('body-'.length))
			return callTogether(writer, actor, body.id, { title, happened, place, needed, everybody: given.whom !== 'chosen', bodies }, now)
		}, (id) => `/response/${id}`),
}
