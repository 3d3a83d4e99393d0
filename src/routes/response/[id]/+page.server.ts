import { addTask, addUpdate, answerCall, finishTask, listCallable, listRoles, matchItems, reviewResponse, settleItem, showItem, standDown } from '#coalition/server'
import { act, actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getResponsePage, giveByForm } from '#lib/server/response-page.ts'
import { takePartTurn } from '#lib/server/taking-part-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { call, actor, can, answering, led, places } = await getResponsePage(locals, params.id)
	const leads = can('lead_response')
	return {
		call, answering, led, places, roles: await listRoles(locals.database, actor, { helps: `coalition:response/${params.id}`, open: true }, new Date()),
		bodies: leads && !call.stoodDownAt ? (await listCallable(locals.database)).map(({ id, name }) => ({ id, name })) : [],
		counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })),
		formKey: crypto.randomUUID(), own: locals.account?.name ?? '', done: url.searchParams.get('done') ?? '',
		can: { lead: leads && !call.stoodDownAt, review: leads && call.stoodDownAt !== undefined && !call.review },
	}
}

const here = (id: string) => `/response/${id}`

export const actions: Actions = {
	give: (event) =>
		actAsAnybody(event, (writer, _, given, now) => {
			takePartTurn(event.getClientAddress())
			return giveByForm(writer, event.params.id, given, now)
		}, () => `${here(event.params.id)}?done=given#give`),
	answer: (event) => act(event, (writer, actor, given, now) => answerCall(writer, actor, event.params.id, given.body ?? '', { comes: given.comes === 'yes', text: given.answerText ?? '' }, now), () => `${here(event.params.id)}#answers`),
	update: (event) => act(event, (writer, actor, given, now) => addUpdate(writer, actor, event.params.id, given.update ?? '', now), () => `${here(event.params.id)}#updates`),
	task: (event) => act(event, (writer, actor, given, now) => addTask(writer, actor, event.params.id, { task: given.task ?? '', body: given.doer ?? '', who: given.who ?? '', due: given.due ?? '' }, now), () => `${here(event.params.id)}#tasks`),
	finish: (event) => act(event, (writer, actor, given, now) => finishTask(writer, actor, given.finished ?? '', now), () => `${here(event.params.id)}#tasks`),
	show: (event) => act(event, (writer, actor, given, now) => showItem(writer, actor, given.item ?? '', given.shown === 'on', now), () => `${here(event.params.id)}#led`),
	settle: (event) => act(event, (writer, actor, given, now) => settleItem(writer, actor, given.item ?? '', given.state === 'done' ? 'done' : 'set_aside', now), () => `${here(event.params.id)}#led`),
	match: (event) => act(event, (writer, actor, given, now) => matchItems(writer, actor, given.need ?? '', given.offer ?? '', now), () => `${here(event.params.id)}#led`),
	standDown: (event) => act(event, (writer, actor, given, now) => standDown(writer, actor, event.params.id, given.reason ?? '', now), () => here(event.params.id)),
	review: (event) => act(event, (writer, actor, given, now) => reviewResponse(writer, actor, event.params.id, { worked: given.worked ?? '', failed: given.failed ?? '', changes: given.changes ?? '' }, now), () => `${here(event.params.id)}#review`),
}
