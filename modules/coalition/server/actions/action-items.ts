import { sql } from 'kysely'
import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { dayOf, isDay } from '../../decisions/day.ts'
import { currentMemberships, getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

export interface ActionLine {
	id: string
	what: string
	/** Whose it is; a person's name is for members alone. */
	owner: { kind: 'person' | 'organization'; id: string; name: string }
	dueOn: string | undefined
	overdue: boolean
	convening: { id: string; title: string } | undefined
	ended: { how: 'done' | 'dropped'; words: string; at: Date } | undefined
}

/**
 * Sets who does what by when; the owner is a member of the body. Errors: `action_without_words`, `action_owner_unknown`, `action_day_unreadable`,
 * `action_convening_unknown`, those of `requireOpenBody`.
 */
export async function setActionItem(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: { what: string; owner: string; dueOn: string; convening?: string | undefined }, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'set_action_item', now)
	const what = given.what.trim().slice(0, 400)
	if (!what) throw new Refusal('action_without_words', {})
	const dueOn = given.dueOn.trim()
	if (dueOn && !isDay(dueOn)) throw new Refusal('action_day_unreadable', { value: dueOn.slice(0, 40) })
	const owner = await currentMemberships(writer, now).select(['person', 'organization']).where('body', '=', body).where((where) => where.or([where('person', '=', given.owner), where('organization', '=', given.owner)])).executeTakeFirst()
	if (!owner) throw new Refusal('action_owner_unknown', {})
	const convening = given.convening?.trim() || null
	if (convening && !(await writer.selectFrom('coalition.convening').select('id').where('id', '=', convening).where('body', '=', body).executeTakeFirst())) throw new Refusal('action_convening_unknown', {})
	const id = newId('t')
	await writer.insertInto('coalition.action_item').values({ id, body, convening, what, person: owner.person, organization: owner.organization, due_on: dueOn || null, set_at: now, set_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'action.set', subject: `coalition:action/${id}`, payload: { body, convening } })
	return id
}

/** Says that something is done, or dropped and why; its owner may, and whoever sets action items. Errors: `action_not_found`, `action_ended`, `action_without_reason`, those of `requireMay`. */
export async function endActionItem(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { how: string; words: string }, now: Date): Promise<void> {
	const item = await writer.selectFrom('coalition.action_item').select(['body', 'person', 'organization']).where('id', '=', id).executeTakeFirst()
	if (!item) throw new Refusal('action_not_found', {})
	if (!(await isOwner(writer, item, actor))) await requireMay(writer, await getBodyRef(writer, item.body), actor, 'set_action_item', now)
	const [how, words] = [given.how === 'dropped' ? ('dropped' as const) : ('done' as const), given.words.trim().slice(0, 400)]
	if (how === 'dropped' && !words) throw new Refusal('action_without_reason', {})
	const ended = await writer.insertInto('coalition.action_end').values({ item: id, how, words, at: now, by: nameOf(actor) }).onConflict((conflict) => conflict.doNothing()).returning('item').executeTakeFirst()
	if (!ended) throw new Refusal('action_ended', {})
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `action.${how}`, subject: `coalition:action/${id}`, payload: { body: item.body } })
}

async function isOwner(reader: Reader<CoalitionTables>, item: { body: string; person: string | null; organization: string | null }, actor: Actor): Promise<boolean> {
	if (!actor.person) return false
	if (item.person) return item.person === actor.person
	const speaks = await reader.selectFrom('coalition.representation').select('id').where('body', '=', item.body).where('organization', '=', item.organization).where('person', '=', actor.person).where('ended_at', 'is', null).executeTakeFirst()
	return speaks !== undefined
}

/** Action items of a body or of a convening: open ones by their day, then the ended, newest first. */
export async function listActionItems(reader: Reader<CoalitionTables>, of: { body: string } | { convening: string }, now: Date): Promise<ActionLine[]> {
	const rows = await reader.selectFrom('coalition.action_item as item').leftJoin('coalition.action_end as ended', 'ended.item', 'item.id').leftJoin('people.person as person', 'person.id', 'item.person').leftJoin('people.organization as organization', 'organization.id', 'item.organization').leftJoin('coalition.convening as convening', 'convening.id', 'item.convening')
		.select(['item.id', 'what', 'item.person', 'item.organization', 'person.name as person_name', 'organization.name as organization_name', 'how', 'words', 'ended.at as ended_at', 'convening.id as convening_id', 'convening.title as convening_title', sql<string | null>`due_on::text`.as('due')])
		.where('body' in of ? 'item.body' : 'item.convening', '=', 'body' in of ? of.body : of.convening)
		.orderBy('ended.at', (order) => order.desc().nullsFirst()).orderBy('due_on', (order) => order.asc().nullsLast()).orderBy('set_at').orderBy('item.id').execute()
	return rows.map((row) => ({
		id: row.id, what: row.what, owner: row.person ? { kind: 'person', id: row.person, name: row.person_name! } : { kind: 'organization', id: row.organization!, name: row.organization_name! },
		dueOn: row.due ?? undefined, overdue: row.due !== null && row.how === null && row.due < dayOf(now), convening: row.convening_id ? { id: row.convening_id, title: row.convening_title! } : undefined,
		ended: row.how ? { how: row.how, words: row.words!, at: row.ended_at! } : undefined,
	}))
}
