import { answerUptake, findUptake } from '#coalition/server'
import { listExtensions } from '#files/server'
import { act, readingActor } from '#lib/server/coalition-actor.ts'
import { orMissing, permissionsIn } from '#lib/server/taking-part-page.ts'
import { threadOf } from '#lib/server/thread.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const [actor, now] = [await readingActor(locals), new Date()]
	const { recordedBy, ...uptake } = await orMissing(findUptake(locals.database, actor, params.id, now))
	const can = await permissionsIn(locals, uptake.body.id, actor, now)
	const [extensions, links] = await Promise.all([listExtensions(locals.database, [uptake.file]), threadOf(locals.database, `coalition:uptake/${params.id}`)])
	const waits = uptake.state === 'waiting' && can('confirm_uptake')
	return { uptake, extensions, links, answers: waits && recordedBy !== actor.person, own: waits && recordedBy === actor.person }
}

export const actions: Actions = {
	confirm: (event) => act(event, (writer, actor, given, now) => answerUptake(writer, actor, event.params.id, { agrees: true, note: given.note ?? '' }, now), () => `/uptake/${event.params.id}`),
	refuse: (event) => act(event, (writer, actor, given, now) => answerUptake(writer, actor, event.params.id, { agrees: false, note: given.note ?? '' }, now), () => `/uptake/${event.params.id}`),
}
