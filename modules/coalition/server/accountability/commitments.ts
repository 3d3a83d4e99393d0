import { requireFile, useFilePublicly } from '#files/server'
import { appendToLedger, linkRecords, newId, Refusal, type Writer } from '#database'
import { DUE_RULES, dueDay } from '../../accountability/due.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { dayColumn } from './day-column.ts'
import { readFollows } from './read-follows.ts'
import { readDay, readPastDay, readSource, readText } from './read-given.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** Adds a plank to a body's agenda for office holders. Errors: `plank_without_text`, `goal_not_found`, those of `requireOpenBody`. */
export async function addPlank(writer: CoalitionWriter, actor: Actor, body: string, given: { text: string; goal?: string | undefined }, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'record_commitment', now)
	const text = readText(given.text, new Refusal('plank_without_text'))
	const goal = given.goal?.trim() || null
	if (goal && !(await writer.selectFrom('coalition.goal').select('id').where('id', '=', goal).executeTakeFirst())) throw new Refusal('goal_not_found', {})
	const id = newId('pk')
	await writer.insertInto('coalition.plank').values({ id, body, text, goal, made_at: now, made_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'plank.added', subject: `coalition:plank/${id}`, payload: { body } })
	return id
}

/** Records what was asked of an office, word for word. Errors: `plank_not_found`, `office_not_found`, `ask_without_text`, `accountability_day_unreadable`, `accountability_day_ahead`, those of `requireOpenBody`. */
export async function recordAsk(writer: CoalitionWriter, actor: Actor, given: { plank: string; office: string; text: string; sentOn: string; source: string }, now: Date): Promise<string> {
	const plank = await writer.selectFrom('coalition.plank').select('body').where('id', '=', given.plank).executeTakeFirst()
	if (!plank) throw new Refusal('plank_not_found')
	await requireOpenBody(writer, plank.body, actor, 'record_commitment', now)
	if (!(await writer.selectFrom('coalition.office').select('id').where('id', '=', given.office).executeTakeFirst())) throw new Refusal('office_not_found')
	const id = newId('as')
	const row = { id, plank: given.plank, office: given.office, text: readText(given.text, new Refusal('ask_without_text')), sent_on: readPastDay(given.sentOn, now), source: given.source.trim().slice(0, 1000), made_at: now, made_by: nameOf(actor) }
	await writer.insertInto('coalition.ask').values(row).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'ask.recorded', subject: `coalition:ask/${id}`, payload: null })
	return id
}

export interface GivenCommitment {
	term: string
	/** The ask that it answers; empty for none. */
	ask?: string | undefined
	quote: string
	source: string
	/** SHA-256 of the archived copy, in hexadecimal. */
	file: string
	madeOn: string
	dueRule: string
	/** Where the promise names its day. */
	dueOn?: string | undefined
	test: string
	allOrNothing: boolean
	/** What it follows from: an identifier of a decision, goal, proposal or citation; empty for none. */
	follows?: string | undefined
}

/**
 * Records a promise with the archived copy of its source; from then on everybody reads both. Errors: `term_not_found`, `ask_not_found`,
 * `ask_of_other_office`, `commitment_without_quote`, `commitment_without_test`, `commitment_outside_term`, `commitment_due_before`,
 * `commitment_rule_unknown`, `commitment_follows_unknown`, those of `readSource`, `readDay`, `requireFile` and `requireOpenBody`.
 */
export async function recordCommitment(writer: CoalitionWriter, actor: Actor, body: string, given: GivenCommitment, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'record_commitment', now)
	const term = await writer.selectFrom('coalition.office_term').select(['id', 'office', dayColumn('begins_on'), dayColumn('ends_on')]).where('id', '=', given.term).executeTakeFirst()
	if (!term) throw new Refusal('term_not_found')
	const ask = await readAsk(writer, body, term.office, given.ask)
	const row = { ...readPromise(given, term, now), id: newId('cm'), body, ask, office_term: term.id, source_file: await requireFile(writer, nameOf(actor), given.file), recorded_at: now, recorded_by: nameOf(actor) }
	await writer.insertInto('coalition.commitment').values(row).execute()
	const record = `coalition:commitment/${row.id}`
	await useFilePublicly(writer, row.source_file, record, now)
	for (const link of await readFollows(writer, given.follows)) await linkRecords(writer, { from: record, ...link, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'commitment.recorded', subject: record, payload: { body, sourceSha256: row.source_file.toString('hex'), dueOn: row.due_on } })
	return row.id
}

async function readAsk(writer: CoalitionWriter, body: string, office: string, given: string | undefined): Promise<string | null> {
	if (!given?.trim()) return null
	const ask = await writer.selectFrom('coalition.ask').innerJoin('coalition.plank', 'coalition.plank.id', 'coalition.ask.plank').select(['coalition.ask.id', 'office']).where('coalition.ask.id', '=', given.trim()).where('body', '=', body).executeTakeFirst()
	if (!ask) throw new Refusal('ask_not_found')
	if (ask.office !== office) throw new Refusal('ask_of_other_office')
	return ask.id
}

function readPromise(given: GivenCommitment, term: { begins_on: string; ends_on: string }, now: Date) {
	const made = readPastDay(given.madeOn, now)
	if (made < term.begins_on || made > term.ends_on) throw new Refusal('commitment_outside_term', { begins: term.begins_on, ends: term.ends_on })
	const rule = DUE_RULES.find((one) => one === given.dueRule)
	if (!rule) throw new Refusal('commitment_rule_unknown')
	const due = dueDay(rule, { madeOn: made, stated: rule === 'stated' ? readDay(given.dueOn) : '', termEnds: term.ends_on })
	if (due < made) throw new Refusal('commitment_due_before', { made, due })
	return {
		quote: readText(given.quote, new Refusal('commitment_without_quote')), test: readText(given.test, new Refusal('commitment_without_test')), source: readSource(given.source),
		made_on: made, due_rule: rule, due_on: due, all_or_nothing: given.allOrNothing,
	}
}
