import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { readText } from '../accountability/read-given.ts'
import { listOwnBodies, nameOf, requireOpenBody, type Actor } from '../actor.ts'
import { may } from '../../permissions.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { offerNews } from '../topics.ts'

type CoalitionWriter = Writer<CoalitionTables>

export interface GivenCall {
	title: string
	happened: string
	place: string
	needed: string
	/** Whether all bodies are called; else those of `bodies`. */
	everybody: boolean
	bodies: readonly string[]
}

/** Bodies that a public page may name: open ones that are not private. */
const callable = (reader: Reader<CoalitionTables>) => reader.selectFrom('coalition.body').select(['id', 'name', 'slug']).where('closed_at', 'is', null).where('visibility', '<>', 'private')

export const listCallable = (reader: Reader<CoalitionTables>): Promise<{ id: string; name: string; slug: string }[]> => callable(reader).orderBy('name').execute()

/** Bodies for which this person may answer a call. */
export async function listAnswering(reader: Reader<CoalitionTables>, actor: Actor, now: Date): Promise<{ id: string; name: string }[]> {
	return (await listOwnBodies(reader, actor, now)).filter(({ positions, visibility }) => may(positions, 'answer_call', visibility)).map(({ id, name }) => ({ id, name })).filter(({ id }, n, all) => all.findIndex((one) => one.id === id) === n)
}

/**
 * Calls bodies together because something happened, and offers it as news to their people. Errors: `call_without_title`, `call_without_happening`,
 * `call_without_place`, `call_without_need`, `call_to_nobody`, those of `requireOpenBody`.
 */
export async function callTogether(writer: CoalitionWriter, actor: Actor, body: string, given: GivenCall, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'call_response', now)
	const row = {
		title: readText(given.title, new Refusal('call_without_title'), 200), happened: readText(given.happened, new Refusal('call_without_happening')),
		place: readText(given.place, new Refusal('call_without_place'), 200), needed: readText(given.needed, new Refusal('call_without_need')),
	}
	const all = await listCallable(writer)
	const called = given.everybody ? all : all.filter(({ id }) => given.bodies.includes(id))
	if (called.length === 0) throw new Refusal('call_to_nobody')
	const id = newId('rc')
	await writer.insertInto('coalition.response_call').values({ ...row, id, body, everybody: given.everybody, called_at: now, called_by: nameOf(actor), stood_down_at: null, stood_down_by: null }).execute()
	if (!given.everybody) await writer.insertInto('coalition.response_invited').values(called.map((one) => ({ call: id, body: one.id }))).execute()
	await offerNews(writer, [body, ...called.map((one) => one.id)], { kind: 'response_called', record: `coalition:response/${id}`, title: row.title, text: row.needed, address: `/response/${id}`, at: now })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.called', subject: `coalition:response/${id}`, payload: { body, called: given.everybody ? 'all' : called.length } })
	return id
}

/** The call of an id. Errors: `call_not_found`. */
export async function getCallRef(reader: Reader<CoalitionTables>, id: string) {
	const found = await reader.selectFrom('coalition.response_call').select(['id', 'body', 'title', 'everybody', 'stood_down_at']).where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('call_not_found')
	return found
}

/** Holds a call so that what is numbered in it is numbered one at a time. Errors: `call_not_found`, `call_stood_down`. */
async function holdOpenCall(writer: CoalitionWriter, id: string) {
	await writer.selectFrom('coalition.response_call').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
	const found = await getCallRef(writer, id)
	if (found.stood_down_at) throw new Refusal('call_stood_down')
	return found
}

/** The open call of an id for those who lead it, held. Errors: `call_not_found`, `call_stood_down`, those of `requireOpenBody`. */
export async function requireLeading(writer: CoalitionWriter, actor: Actor, id: string, now: Date) {
	const { body } = await getCallRef(writer, id)
	await requireOpenBody(writer, body, actor, 'lead_response', now)
	return holdOpenCall(writer, id)
}

const nextNumber = async (reader: Reader<CoalitionTables>, table: 'coalition.response_answer' | 'coalition.response_update', call: string) =>
	Number((await reader.selectFrom(table).select(({ fn }) => fn.countAll<string>().as('count')).where('call', '=', call).executeTakeFirstOrThrow()).count) + 1

/** A called body says that it comes, or that it cannot; the newest word holds. Errors: `call_other_bodies`, `call_not_found`, `call_stood_down`, those of `requireOpenBody`. */
export async function answerCall(writer: CoalitionWriter, actor: Actor, id: string, body: string, given: { comes: boolean; text: string }, now: Date): Promise<void> {
	await requireOpenBody(writer, body, actor, 'answer_call', now)
	const { everybody } = await holdOpenCall(writer, id)
	const invited = everybody || (await writer.selectFrom('coalition.response_invited').select('body').where('call', '=', id).where('body', '=', body).executeTakeFirst()) !== undefined
	if (!invited) throw new Refusal('call_other_bodies')
	await writer.insertInto('coalition.response_answer').values({ call: id, number: await nextNumber(writer, 'coalition.response_answer', id), body, comes: given.comes, text: given.text.trim().slice(0, 500), at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.answered', subject: `coalition:response/${id}`, payload: { body, comes: given.comes } })
}

/** Says how things stand. Errors: `update_without_text`, those of `requireLeading`. */
export async function addUpdate(writer: CoalitionWriter, actor: Actor, id: string, text: string, now: Date): Promise<void> {
	await requireLeading(writer, actor, id, now)
	const number = await nextNumber(writer, 'coalition.response_update', id)
	await writer.insertInto('coalition.response_update').values({ call: id, number, text: readText(text, new Refusal('update_without_text')), at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.updated', subject: `coalition:response/${id}`, payload: { number } })
}

export interface GivenTask {
	task: string
	/** A body's id, or empty for somebody else. */
	body: string
	who: string
	due: string
}

/** Writes down who does what by when. Errors: `task_without_text`, `task_without_owner`, those of `requireLeading`. */
export async function addTask(writer: CoalitionWriter, actor: Actor, id: string, given: GivenTask, now: Date): Promise<string> {
	await requireLeading(writer, actor, id, now)
	const body = given.body.trim() ? (await callable(writer).where('id', '=', given.body.trim()).executeTakeFirst())?.id : undefined
	const who = given.who.trim().slice(0, 200)
	if (!body && !who) throw new Refusal('task_without_owner')
	const task = newId('rt')
	await writer.insertInto('coalition.response_task').values({ id: task, call: id, task: readText(given.task, new Refusal('task_without_text'), 500), body: body ?? null, who, due: given.due.trim().slice(0, 100), made_at: now, made_by: nameOf(actor), done_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.task', subject: `coalition:response/${id}`, payload: { task } })
	return task
}

/** Says that a task is done, by those who lead or by those who may answer for the body that does it. Errors: `task_not_found`, those of `requireOpenBody`. */
export async function finishTask(writer: CoalitionWriter, actor: Actor, task: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.response_task').innerJoin('coalition.response_call', 'coalition.response_call.id', 'call').select(['call', 'coalition.response_call.body as lead', 'coalition.response_task.body as doer']).where('coalition.response_task.id', '=', task).executeTakeFirst()
	if (!found) throw new Refusal('task_not_found')
	try {
		await requireOpenBody(writer, found.lead, actor, 'lead_response', now)
	} catch (cause) {
		if (!found.doer || !(cause instanceof Refusal)) throw cause
		await requireOpenBody(writer, found.doer, actor, 'answer_call', now)
	}
	await writer.updateTable('coalition.response_task').set({ done_at: now }).where('id', '=', task).where('done_at', 'is', null).execute()
}

/** Ends the response; from then on nothing is asked of anybody, and a review is due. Errors: `stand_down_without_text`, those of `requireLeading`. */
export async function standDown(writer: CoalitionWriter, actor: Actor, id: string, text: string, now: Date): Promise<void> {
	await requireLeading(writer, actor, id, now)
	await writer.updateTable('coalition.response_call').set({ stood_down_at: now, stood_down_by: nameOf(actor), stand_down_text: readText(text, new Refusal('stand_down_without_text')) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.stood_down', subject: `coalition:response/${id}`, payload: null })
}

/** Says what worked, what did not and what changes, once. Errors: `review_before_stand_down`, `review_incomplete`, `review_there`, `call_not_found`, those of `requireOpenBody`. */
export async function reviewResponse(writer: CoalitionWriter, actor: Actor, id: string, given: { worked: string; failed: string; changes: string }, now: Date): Promise<void> {
	const { body, stood_down_at } = await getCallRef(writer, id)
	await requireOpenBody(writer, body, actor, 'lead_response', now)
	if (!stood_down_at) throw new Refusal('review_before_stand_down')
	const [worked, failed, changes] = [given.worked, given.failed, given.changes].map((text) => readText(text, new Refusal('review_incomplete'))) as [string, string, string]
	const made = await writer.insertInto('coalition.response_review').values({ call: id, worked, failed, changes, at: now, by: nameOf(actor) }).onConflict((conflict) => conflict.column('call').doNothing()).returning('call').executeTakeFirst()
	if (!made) throw new Refusal('review_there')
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'response.reviewed', subject: `coalition:response/${id}`, payload: null })
}
