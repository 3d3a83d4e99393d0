import { error } from '@sveltejs/kit'
import { endActionItem, listActionItems, listConvenings, listMembers, setActionItem } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const maySet = can('set_action_item') && !body.closedAt
	const [items, members, convenings] = await Promise.all([listActionItems(locals.database, { body: body.id }, now), maySet ? listMembers(locals.database, body.id, now) : [], maySet ? listConvenings(locals.database, actor, { body: body.id }, now) : []])
	return {
		body: { name: body.name, slug: body.slug }, maySet, convening: url.searchParams.get('convening') ?? '',
		// Which person it is, only members read.
		items: items.map(({ owner, ...item }) => ({ ...item, owner: owner.kind === 'organization' || can('see_members') ? owner.name : '', mayEnd: !item.ended && (maySet || (owner.kind === 'person' && owner.id === actor.person)) })),
		owners: members.map(({ id, name }) => ({ id, name })), convenings: convenings.map(({ id, title }) => ({ id, title })),
	}
}

const here = (slug: string) => `/coalition/${slug}/actions`

export const actions: Actions = {
	set: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return setActionItem(writer, actor, body.id, { what: given.what ?? '', owner: given.owner ?? '', dueOn: given.dueOn ?? '', convening: given.convening }, now)
		}, () => here(event.params.slug)),
	end: (event) => act(event, (writer, actor, given, now) => endActionItem(writer, actor, given.item ?? '', { how: given.how ?? '', words: given.words ?? '' }, now), () => here(event.params.slug)),
}
