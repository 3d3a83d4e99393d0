import { error } from '@sveltejs/kit'
import { findResource, getBodyRef, withdrawResource } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const found = await findResource(locals.database, params.id)
	if (!found) error(404)
	const { slug } = await getBodyRef(locals.database, found.body)
	const { body, actor, can } = await getBodyPage(locals, slug)
	if (!can('see_inside')) error(404)
	const { addedBy, ...resource } = found
	const own = addedBy === (actor.account ?? actor.person)
	const [newer, older] = await Promise.all([found.supersededBy, found.supersedes].map((id) => (id ? findResource(locals.database, id) : undefined)))
	const named = (other: typeof found | undefined) => other && { id: other.id, title: other.title }
	return { body: { name: body.name, slug }, resource, newer: named(newer), older: named(older), mayWithdraw: !found.withdrawnAt && !body.closedAt && (own || can('moderate')) }
}

export const actions: Actions = {
	withdraw: (event) => act(event, (writer, actor, given, now) => withdrawResource(writer, actor, event.params.id, given.reason ?? '', now), () => `/coalition/resources/${event.params.id}`),
}
