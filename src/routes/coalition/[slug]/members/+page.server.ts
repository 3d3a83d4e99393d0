import { error } from '@sveltejs/kit'
import { addToBody, endMembership, endRole, giveRole, listMembers, listRepresentatives, nameRepresentative } from '#coalition/server'
import { addOrganization, addPerson, findByContact } from '#people/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_members')) error(404)
	const same = can('add_member') ? url.searchParams.get('same') : null
	return {
		body: { name: body.name, slug: body.slug, version: body.charter.version },
		members: (await listMembers(locals.database, body.id, new Date())).map((line) => ({ ...line, own: line.id === actor.person })),
		representatives: await listRepresentatives(locals.database, body.id),
		// Somebody with the same address is there already: a person decides whether they are one.
		same: same ? { people: await findByContact(locals.database, 'email', same), email: same, name: url.searchParams.get('name') ?? '', standing: url.searchParams.get('standing') ?? 'member' } : undefined,
		can: { import: can('import_members') && !body.closedAt, add: can('add_member') && !body.closedAt, end: can('end_membership'), roles: can('give_role') && !body.closedAt },
	}
}

const here = (slug: string) => `/coalition/${slug}/members`

export const actions: Actions = {
	person: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { name = '', email = '', phone = '', standing = '' } = given
			if (given.known) {
				await addToBody(writer, actor, body.id, { person: given.known }, standing, now)
				return undefined
			}
			if (email && !given.anyway && (await findByContact(writer, 'email', email)).length > 0) return new URLSearchParams({ same: email, name, standing })
			await addToBody(writer, actor, body.id, { person: await addPerson(writer, { name, email, phone }, now) }, standing, now)
			return undefined
		}, (same) => `${here(event.params.slug)}${same ? `?${same}` : ''}`),
	organization: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			await addToBody(writer, actor, body.id, { organization: await addOrganization(writer, { name: given.name ?? '', kind: given.kind ?? '' }, now) }, given.standing ?? '', now)
		}, () => here(event.params.slug)),
	end: (event) => act(event, (writer, actor, given, now) => endMembership(writer, actor, given.membership ?? '', now), () => here(event.params.slug)),
	role: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			await giveRole(writer, actor, body.id, given.person ?? '', given.role ?? '', now)
		}, () => here(event.params.slug)),
	represent: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			await nameRepresentative(writer, actor, body.id, { organization: given.organization ?? '', person: given.person ?? '', role: given.role ?? '', mandate: given.mandate ?? '' }, now)
		}, () => here(event.params.slug)),
	endRole: (event) => act(event, (writer, actor, given, now) => endRole(writer, actor, given.role ?? '', now), () => here(event.params.slug)),
}
