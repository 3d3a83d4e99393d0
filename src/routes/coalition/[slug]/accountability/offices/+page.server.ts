import { error, redirect } from '@sveltejs/kit'
import { addElection, addOffice, addTerm, listPublicBodies, openPublicBody, recordOfficeContact, setQuietDays } from '#coalition/server'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('set_offices') || body.closedAt) error(404)
	const publicBodies = await listPublicBodies(locals.database, { keptBy: body.id }, new Date())
	return { body: { name: body.name, slug: body.slug }, publicBodies: publicBodies.map(({ commitments: _, ...rest }) => rest) }
}

const here = (slug: string) => `/coalition/${slug}/accountability/offices`

export const actions: Actions = {
	body: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return openPublicBody(writer, actor, body.id, { name: given.name ?? '', about: given.about ?? '', quietDays: given.quietDays }, now)
		}, () => here(event.params.slug)),
	office: (event) => act(event, (writer, actor, given, now) => addOffice(writer, actor, given.publicBody ?? '', { post: given.post ?? '', division: given.division ?? '' }, now), () => here(event.params.slug)),
	reach: (event) => act(event, (writer, actor, given, now) => recordOfficeContact(writer, actor, given.office ?? '', { email: given.email ?? '', telephone: given.telephone ?? '', address: given.address ?? '', source: given.source ?? '' }, now), () => here(event.params.slug)),
	term: (event) => act(event, (writer, actor, given, now) => addTerm(writer, actor, given.office ?? '', { holder: given.holder ?? '', beginsOn: given.beginsOn ?? '', endsOn: given.endsOn ?? '' }, now), () => here(event.params.slug)),
	election: (event) => act(event, (writer, actor, given, now) => addElection(writer, actor, given.publicBody ?? '', given.day ?? '', now), () => here(event.params.slug)),
	quiet: (event) => act(event, (writer, actor, given, now) => setQuietDays(writer, actor, given.publicBody ?? '', given.quietDays ?? '', now), () => here(event.params.slug)),
}
