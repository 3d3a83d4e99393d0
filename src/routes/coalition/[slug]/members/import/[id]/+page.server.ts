import { error } from '@sveltejs/kit'
import { findMemberImport, mapMemberColumns, setListAside, takeInMembers, undoMemberImport } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	const list = can('import_members') ? await findMemberImport(locals.database, body.id, params.id, new Date()) : undefined
	if (!list) error(404)
	const { rows, ...rest } = list
	const good = rows.filter(({ faults }) => faults.length === 0)
	const certain = good.filter(({ candidates }) => candidates.length === 0)
	return {
		body: { name: body.name, slug: body.slug },
		list: rest,
		faulty: rows.filter(({ faults }) => faults.length > 0),
		doubtful: good.filter(({ candidates }) => candidates.length > 0),
		certain: { count: certain.length, first: certain.slice(0, 8).map(({ row, name, email, phone }) => ({ row, name, email, phone })) },
	}
}

const here = ({ slug, id }: { slug: string; id: string }) => `/coalition/${slug}/members/import/${id}`

export const actions: Actions = {
	map: (event) => act(event, async (writer, actor, given, now) => mapMemberColumns(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, event.params.id, given, now), () => here(event.params)),
	take: (event) =>
		act(event, async (writer, actor, given, now) => {
			const choices = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (/^row-\d+$/.test(name) ? [[Number(name.slice(4)), value]] : [])))
			await takeInMembers(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, event.params.id, { choices, leaveFaulty: given.leave === 'on' }, now)
		}, () => here(event.params)),
	aside: (event) => act(event, async (writer, actor, _, now) => setListAside(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, event.params.id, now), () => `/coalition/${event.params.slug}/members/import`),
	undo: (event) => act(event, async (writer, actor, _, now) => void (await undoMemberImport(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, event.params.id, now)), () => here(event.params)),
}
