import { appendToLedger, linkRecords, newId, Refusal, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requireCitation } from '../require-citation.ts'

export interface GivenGoal {
	title: string
	story: string
	whatWorks?: string | undefined
	citation?: string | undefined
	/** As typed, e.g. `12.5`; empty for none. */
	target?: string | undefined
	/** `2028-12-31`; empty for none. */
	dueOn?: string | undefined
	weight?: string | undefined
}

/** Sets a goal. Errors: `goal_without_title`, `citation_unknown`, `goal_target_unreadable`, `goal_target_without_citation`, `goal_day_unreadable`, `goal_weight_unreadable`, those of `requireOpenBody`. */
export async function setGoal(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenGoal, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'set_goal', now)
	return insertGoal(writer, nameOf(actor), body, given, now)
}

/** The same without asking who may: for a proposal that was taken up. */
export async function insertGoal(writer: Writer<CoalitionTables>, by: string, body: string, given: GivenGoal, now: Date): Promise<string> {
	const title = given.title.trim().slice(0, 200)
	if (!title) throw new Refusal('goal_without_title', {})
	const citation = given.citation?.trim() || null
	if (citation) await requireCitation(writer, citation)
	const id = newId('g')
	await writer.insertInto('coalition.goal').values({ id, body, title, story: given.story.trim().slice(0, 8000), what_works: given.whatWorks?.trim().slice(0, 8000) ?? '', citation, ...readNumbers(given), set_at: now, set_by: by, closed_at: null }).execute()
	const record = `coalition:goal/${id}`
	if (citation) await linkRecords(writer, { from: record, relation: 'cites', to: `atlas:citation/${citation}`, at: now, by })
	await appendToLedger(writer, { at: now, actor: by, kind: 'goal.set', subject: record, payload: { body } })
	return id
}

/** Changes target, day and weight of a goal; title and citation stay what was agreed. Errors: `goal_not_found` and those of `setGoal`. */
export async function changeGoal(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: Pick<GivenGoal, 'story' | 'whatWorks' | 'target' | 'dueOn' | 'weight'>, now: Date): Promise<void> {
	const goal = await getOpenGoal(writer, id)
	await requireOpenBody(writer, goal.body, actor, 'set_goal', now)
	await writer.updateTable('coalition.goal').set({ story: given.story.trim().slice(0, 8000), ...(given.whatWorks !== undefined && { what_works: given.whatWorks.trim().slice(0, 8000) }), ...readNumbers({ ...given, citation: goal.citation ?? undefined }) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'goal.changed', subject: `coalition:goal/${id}`, payload: null })
}

/** Ends a goal with what came of it. Errors: `goal_not_found`, `goal_without_outcome`, those of `requireOpenBody`. */
export async function closeGoal(writer: Writer<CoalitionTables>, actor: Actor, id: string, outcome: string, now: Date): Promise<void> {
	const goal = await getOpenGoal(writer, id)
	await requireOpenBody(writer, goal.body, actor, 'set_goal', now)
	if (!outcome.trim()) throw new Refusal('goal_without_outcome', {})
	await writer.updateTable('coalition.goal').set({ closed_at: now, outcome: outcome.trim().slice(0, 4000) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'goal.closed', subject: `coalition:goal/${id}`, payload: null })
}

/** Errors: `goal_not_found` for none or one that was closed. */
export async function getOpenGoal(writer: Writer<CoalitionTables>, id: string) {
	const goal = await writer.selectFrom('coalition.goal').select(['id', 'body', 'citation']).where('id', '=', id).where('closed_at', 'is', null).executeTakeFirst()
	if (!goal) throw new Refusal('goal_not_found', {})
	return goal
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/

function readNumbers({ citation, target, dueOn, weight }: Pick<GivenGoal, 'citation' | 'target' | 'dueOn' | 'weight'>) {
	const wanted = target?.trim() ?? ''
	if (wanted && !NUMBER.test(wanted)) throw new Refusal('goal_target_unreadable', { value: wanted.slice(0, 40) })
	if (wanted && !citation) throw new Refusal('goal_target_without_citation', {})
	const day = dueOn?.trim() ?? ''
	if (day && !(/^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day))) throw new Refusal('goal_day_unreadable', { value: day.slice(0, 40) })
	const heavy = weight?.trim() || '1'
	if (!NUMBER.test(heavy) || Number(heavy) <= 0 || Number(heavy) >= 1e6) throw new Refusal('goal_weight_unreadable', { value: heavy.slice(0, 40) })
	return { target: wanted ? Number(wanted) : null, due_on: day || null, weight: Number(heavy) }
}
