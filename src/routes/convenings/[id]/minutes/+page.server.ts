import { SUPPORTS } from '#coalition'
import { findMinutes, listDecisionsToName, listSupports, recordSupports, writeMinutes } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getWorkPage } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening, actor } = await getWorkPage({ locals, params, url }, 'write_minutes')
	const [minutes, decisions, supports] = await Promise.all([findMinutes(locals.database, params.id), listDecisionsToName(locals.database, actor, params.id, new Date()), listSupports(locals.database, params.id)])
	const { id, title, levelPromised } = convening
	return { convening: { id, title, levelPromised }, minutes, decisions, supports: SUPPORTS.map((kind) => supports.find((line) => line.kind === kind) ?? { kind, requested: 0, askedThere: 0, delivered: undefined }) }
}

export const actions: Actions = {
	write: (event) =>
		act(event, (writer, actor, given, now) => {
			const { minutes = '', heard = '', changed = '', whyNot = '', levelDelivered = '' } = given
			const decisions = Object.keys(given).flatMap((name) => (name.startsWith('decision-') ? [name.slice('decision-'.length)] : []))
			return writeMinutes(writer, actor, event.params.id, { minutes, heard, changed, whyNot, levelDelivered, decisions }, now)
		}, () => `/convenings/${event.params.id}#after`),
	supports: (event) =>
		act(event, (writer, actor, given, now) => {
			const counts = Object.fromEntries(SUPPORTS.map((kind) => [kind, { askedThere: given[`there-${kind}`] ?? '', delivered: given[`delivered-${kind}`] ?? '' }]))
			return recordSupports(writer, actor, event.params.id, counts, now)
		}, () => `/convenings/${event.params.id}#after`),
}
