import { error } from '@sveltejs/kit'
import { findRoomYear, listTargets, setTarget } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const year = Number(url.searchParams.get('year')) || undefined
	const [room, targets] = await Promise.all([findRoomYear(locals.database, actor, body, year, new Date()), listTargets(locals.database, body.id)])
	return { body: { name: body.name, slug: body.slug }, room, targets, mayAim: can('open_room_survey') && !body.closedAt }
}

export const actions: Actions = {
	target: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			await setTarget(writer, actor, body.id, { group: given.group ?? '', percent: given.percent ?? '' }, now)
		}, () => `/coalition/${event.params.slug}/room#targets`),
}
