import { appendToLedger, linkRecords, newId, Refusal, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getOpenGoal } from './goals.ts'

/** Proposes a position on a goal. Errors: `position_without_statement`, `goal_not_found`, those of `requireOpenBody`. */
export async function proposePosition(writer: Writer<CoalitionTables>, actor: Actor, goal: string, statement: string, now: Date): Promise<string> {
	const { body } = await getOpenGoal(writer, goal)
	await requireOpenBody(writer, body, actor, 'argue', now)
	const text = statement.trim().slice(0, 2000)
	if (!text) throw new Refusal('position_without_statement', {})
	const id = newId('s')
	await writer.insertInto('coalition.position').values({ id, goal, statement: text, proposed_by: nameOf(actor), proposed_at: now }).execute()
	await linkRecords(writer, { from: `coalition:position/${id}`, relation: 'serves', to: `coalition:goal/${goal}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'position.proposed', subject: `coalition:position/${id}`, payload: null })
	return id
}

/** The position of an id with its goal's body and its steps. Errors: `position_not_found`. */
async function getPosition(writer: Writer<CoalitionTables>, id: string) {
	const found = await writer.selectFrom('coalition.position').innerJoin('coalition.goal', 'coalition.goal.id', 'coalition.position.goal').select(['body', 'closed_at']).where('coalition.position.id', '=', id).executeTakeFirst()
	if (!found || found.closed_at) throw new Refusal('position_not_found', {})
	const steps = await writer.selectFrom('coalition.position_step').select('status').where('position', '=', id).execute()
	return { body: found.body, adopted: steps.some(({ status }) => status === 'adopted'), retired: steps.some(({ status }) => status === 'retired') }
}

/**
 * Records that a body adopted a position, or retired one, with the decision or reason that it stands on. Errors: `position_not_found`,
 * `position_step_there`, `position_without_reason`, those of `requireOpenBody`.
 */
export async function settlePosition(writer: Writer<CoalitionTables>, actor: Actor, id: string, status: 'adopted' | 'retired', reason: string, now: Date): Promise<void> {
	const position = await getPosition(writer, id)
	await requireOpenBody(writer, position.body, actor, 'settle_position', now)
	if (position.retired || (status === 'adopted' && position.adopted)) throw new Refusal('position_step_there', {})
	if (!reason.trim()) throw new Refusal('position_without_reason', {})
	await writer.insertInto('coalition.position_step').values({ position: id, status, reason: reason.trim().slice(0, 2000), at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `position.${status}`, subject: `coalition:position/${id}`, payload: null })
}

/** Adds an argument for or against a position that is not retired; there are no replies. Errors: `argument_without_text`, `argument_without_side`, `position_not_found`, `position_step_there`, those of `requireOpenBody`. */
export async function addArgument(writer: Writer<CoalitionTables>, actor: Actor, position: string, side: string, text: string, now: Date): Promise<string> {
	const found = await getPosition(writer, position)
	await requireOpenBody(writer, found.body, actor, 'argue', now)
	if (found.retired) throw new Refusal('position_step_there', {})
	if (side !== 'for' && side !== 'against') throw new Refusal('argument_without_side', {})
	const words = text.trim().slice(0, 2000)
	if (!words) throw new Refusal('argument_without_text', {})
	const id = newId('w')
	await writer.insertInto('coalition.argument').values({ id, position, side, text: words, person: actor.person!, at: now, withdrawn_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'argument.added', subject: `coalition:argument/${id}`, payload: { side } })
	return id
}

/** Takes one's own argument back; it is shown no more. Errors: `argument_not_found` for none, somebody else's or one taken back. */
export async function withdrawArgument(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	const taken = actor.person ? await writer.updateTable('coalition.argument').set({ withdrawn_at: now }).where('id', '=', id).where('person', '=', actor.person).where('withdrawn_at', 'is', null).returning('id').executeTakeFirst() : undefined
	if (!taken) throw new Refusal('argument_not_found', {})
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'argument.withdrawn', subject: `coalition:argument/${id}`, payload: null })
}
