import { SUPPORTS } from '#coalition'
import { findMinutes, listSupports, recordSupports, writeMinutes } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getWorkPage } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening } = await getWorkPage({ locals, params, url }, 'write_minutes')
	const [minutes, supports] = await Promise.all([findMinutes(locals.database, params.id), listSupports(locals.database, params.id)])
	const { id, title, levelPromised } = convening
	return { convening: { id, title, levelPromised }, minutes, supports: SUPPORTS.map((kind) => supports.find((line) => line.kind === kind) ?? { kind, requested: 0, askedThere: 0, delivered: undefined }) }
}

export const actions: Actions = {
	write: (event) =>
		act(event, (writer, actor, { minutes = '', heard = '', changed = '', whyNot = '', levelDelivered = '' }, now) => writeMinutes(writer, actor, event.params.id, { minutes, heard, changed, whyNot, levelDelivered }, now), () => `/convenings/${event.params.id}#after`),
	supports: (event) =>
		act(event, (writer, actor, given, now) => {
			const counts = Object.fromEntries(SUPPORTS.map((kind) => [kind, { askedThere: given[`there-${kind}`] ?? '', delivered: given[`delivered-${kind}`] ?? '' }]))
			return recordSupports(writer, actor, event.params.id, counts, now)
		}, () => `/convenings/${event.params.id}#after`),
}
