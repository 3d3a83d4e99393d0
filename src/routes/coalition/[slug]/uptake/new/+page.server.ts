import { error, redirect } from '@sveltejs/kit'
import { listUptakable, listUptakes, recordUptake } from '#coalition/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('record_uptake') || body.closedAt) error(404)
	const now = new Date()
	const [records, uptakes] = await Promise.all([listUptakable(locals.database, body.id), listUptakes(locals.database, actor, body.id, now)])
	return {
		body: { name: body.name, slug: body.slug }, records, today: now.toISOString().slice(0, 10), file: url.searchParams.get('file') ?? '',
		// What a newer record puts right is not put right twice.
		earlier: uptakes.filter(({ correctedBy }) => !correctedBy).map(({ id, adopter, document }) => ({ id, adopter, document })),
	}
}

export const actions: Actions = {
	record: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { record = '', adopter = '', document = '', part = '', quote = '', adoptedOn = '', source = '', file = '', corrects } = given
			return recordUptake(writer, actor, body.id, { record, adopter, document, part, quote, adoptedOn, source, file, corrects }, now)
		}, (id) => `/uptake/${id}`),
}
