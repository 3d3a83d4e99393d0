import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { MEASURE_KINDS, type MeasureKind } from '../../agenda/measures.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getOpenGoal } from './goals.ts'

export interface MeasureLine {
	id: string
	kind: MeasureKind
	programme: string
	title: string
	unit: 'count' | 'percent'
	ended: boolean
	/** Newest day last; a day read twice has both. */
	readings: { day: Date; value: number; source: string }[]
}
export interface GoalCompany {
	partners: { id: string; name: string; does: string }[]
	measures: MeasureLine[]
}

/** Who does what for a goal, and what programmes measure for it, ended measures last. */
export async function findGoalCompany(reader: Reader<CoalitionTables>, goal: string): Promise<GoalCompany> {
	const [partners, measures] = await Promise.all([
		reader.selectFrom('coalition.goal_partner').select(['id', 'name', 'does']).where('goal', '=', goal).where('ended_at', 'is', null).orderBy('began_at').orderBy('id').execute(),
		reader.selectFrom('coalition.goal_measure').selectAll().where('goal', '=', goal).orderBy('ended_at', (order) => order.desc().nullsFirst()).orderBy('set_at').orderBy('id').execute(),
	])
	const ids = measures.map(({ id }) => id)
	const readings = ids.length === 0 ? [] : await reader.selectFrom('coalition.measure_reading').select(['measure', 'day', 'value', 'source']).where('measure', 'in', ids).orderBy('day').orderBy('id').execute()
	return { partners, measures: measures.map(({ id, kind, programme, title, unit, ended_at }) => ({ id, kind, programme, title, unit, ended: ended_at !== null, readings: readings.filter(({ measure }) => measure === id).map(({ day, value, source }) => ({ day, value, source })) })) }
}

/** Adds who does what for a goal. Errors: `goal_not_found`, `partner_incomplete`, those of `requireOpenBody`. */
export async function addPartner(writer: Writer<CoalitionTables>, actor: Actor, goal: string, given: { name: string; does: string }, now: Date): Promise<void> {
	await requireOpenBody(writer, (await getOpenGoal(writer, goal)).body, actor, 'set_goal', now)
	const [name, does] = [given.name.trim().slice(0, 160), given.does.trim().slice(0, 400)]
	if (!name || !does) throw new Refusal('partner_incomplete', {})
	await writer.insertInto('coalition.goal_partner').values({ id: newId('n'), goal, name, does, began_at: now, ended_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'goal.partner_added', subject: `coalition:goal/${goal}`, payload: null })
}

/** Ends a partner's part. Errors: `partner_not_found`, those of `requireOpenBody`. */
export async function endPartner(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.goal_partner').select('goal').where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()
	if (!found) throw new Refusal('partner_not_found', {})
	await requireOpenBody(writer, (await getOpenGoal(writer, found.goal)).body, actor, 'set_goal', now)
	await writer.updateTable('coalition.goal_partner').set({ ended_at: now }).where('id', '=', id).execute()
}

/** Adds a measure of a programme. Errors: `goal_not_found`, `measure_incomplete`, `measure_kind_unknown`, those of `requireOpenBody`. */
export async function addMeasure(writer: Writer<CoalitionTables>, actor: Actor, goal: string, given: { kind: string; programme: string; title: string; unit: string }, now: Date): Promise<string> {
	await requireOpenBody(writer, (await getOpenGoal(writer, goal)).body, actor, 'set_goal', now)
	const kind = MEASURE_KINDS.find((one) => one === given.kind)
	if (!kind) throw new Refusal('measure_kind_unknown', {})
	const [programme, title] = [given.programme.trim().slice(0, 160), given.title.trim().slice(0, 200)]
	if (!programme || !title) throw new Refusal('measure_incomplete', {})
	const id = newId('q')
	await writer.insertInto('coalition.goal_measure').values({ id, goal, kind, programme, title, unit: given.unit === 'percent' ? 'percent' : 'count', set_at: now, set_by: nameOf(actor), ended_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'measure.set', subject: `coalition:measure/${id}`, payload: { goal } })
	return id
}

async function getMeasure(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date) {
	const found = await writer.selectFrom('coalition.goal_measure').select(['goal', 'unit']).where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()
	if (!found) throw new Refusal('measure_not_found', {})
	await requireOpenBody(writer, (await getOpenGoal(writer, found.goal)).body, actor, 'set_goal', now)
	return found
}

/** Writes down what a programme measured on a day; a correction is a further reading. Errors: `measure_not_found`, `measure_value_unreadable`, `measure_day_unreadable`, `measure_without_source`, those of `requireOpenBody`. */
export async function readMeasure(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { day: string; value: string; source: string }, now: Date): Promise<void> {
	const { unit } = await getMeasure(writer, actor, id, now)
	const value = Number(given.value.trim())
	if (!/^\d+(\.\d+)?$/.test(given.value.trim()) || value >= 1e12 || (unit === 'percent' && value > 100)) throw new Refusal('measure_value_unreadable', { value: given.value.trim().slice(0, 40) })
	const day = given.day.trim()
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) || day > now.toISOString().slice(0, 10)) throw new Refusal('measure_day_unreadable', { value: day.slice(0, 40) })
	const source = given.source.trim().slice(0, 300)
	if (!source) throw new Refusal('measure_without_source', {})
	await writer.insertInto('coalition.measure_reading').values({ measure: id, day, value, source, at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'measure.read', subject: `coalition:measure/${id}`, payload: { day } })
}

/** Ends a measure; what was read stays. Errors: `measure_not_found`, those of `requireOpenBody`. */
export async function endMeasure(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	await getMeasure(writer, actor, id, now)
	await writer.updateTable('coalition.goal_measure').set({ ended_at: now }).where('id', '=', id).execute()
}
