import { sql } from 'kysely'
import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import { readDay, readPastDay, readText } from '../accountability/read-given.ts'
import { readFollows } from '../accountability/read-follows.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { countSignatures } from './count-signatures.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** What is signed, word for word. */
export interface GivenText {
	text: string
	decisionMaker: string
	ask: string
	/** As 2027-03-01. */
	deadline: string
}

export interface GivenStatement extends GivenText {
	title: string
	forOrganizations: boolean
	forPeople: boolean
	/** What it follows from: identifiers or addresses of decisions, positions, goals or citations. */
	follows?: string | undefined
}

/** Today where the day begins last. */
const earliestToday = (now: Date) => new Date(now.getTime() - 12 * 3_600_000).toISOString().slice(0, 10)

/** Whether a day of signing is over everywhere. */
export const isPast = (deadline: string, now: Date): boolean => deadline < earliestToday(now)

function readVersion(given: GivenText, now: Date) {
	const deadline = readDay(given.deadline)
	if (isPast(deadline, now)) throw new Refusal('statement_deadline_past', { day: deadline })
	return {
		text: readText(given.text, new Refusal('statement_without_text'), 20_000), decision_maker: readText(given.decisionMaker, new Refusal('statement_without_decision_maker'), 200),
		ask: readText(given.ask, new Refusal('statement_without_ask'), 500), deadline,
	}
}

/**
 * Writes a statement for organizations, people or both to sign. Errors: `statement_without_title`, `statement_for_nobody`, `statement_without_text`,
 * `statement_without_decision_maker`, `statement_without_ask`, `statement_deadline_past`, those of `readDay`, `readFollows`, `requireOpenBody`.
 */
export async function writeStatement(writer: CoalitionWriter, actor: Actor, body: string, given: GivenStatement, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'write_statement', now)
	const title = readText(given.title, new Refusal('statement_without_title'), 200)
	if (!given.forOrganizations && !given.forPeople) throw new Refusal('statement_for_nobody')
	const version = readVersion(given, now)
	const id = newId('st')
	await writer.insertInto('coalition.statement').values({ id, body, title, for_organizations: given.forOrganizations, for_people: given.forPeople, made_at: now, made_by: nameOf(actor) }).execute()
	await writer.insertInto('coalition.statement_version').values({ ...version, statement: id, version: 1, written_at: now, written_by: nameOf(actor) }).execute()
	const record = `coalition:statement/${id}`
	for (const link of await readFollows(writer, given.follows)) await linkRecords(writer, { from: record, ...link, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'statement.written', subject: record, payload: { body, version: 1, deadline: version.deadline } })
	return id
}

/** The newest version of a statement with its body and whether it is closed. Errors: `statement_not_found`. */
export async function getStatementRef(reader: Reader<CoalitionTables>, id: string) {
	const found = await reader.selectFrom('coalition.statement').innerJoin('coalition.statement_version', 'statement', 'coalition.statement.id')
		.select(['body', 'title', 'for_organizations', 'for_people', 'version', 'text', 'ask', 'decision_maker', sql<string>`deadline::text`.as('deadline')]).where('coalition.statement.id', '=', id).orderBy('version', 'desc').limit(1).executeTakeFirst()
	if (!found) throw new Refusal('statement_not_found')
	const closed = await reader.selectFrom('coalition.statement_event').select('number').where('statement', '=', id).where('kind', '=', 'closed').executeTakeFirst()
	return { ...found, closed: closed !== undefined }
}

/** Holds a statement so that its text and its signatures do not change at once: for a change alone, for signing shared. */
export async function holdStatement(writer: CoalitionWriter, id: string, how: 'change' | 'sign'): Promise<void> {
	const query = writer.selectFrom('coalition.statement').select('id').where('id', '=', id)
	await (how === 'change' ? query.forUpdate() : query.forShare()).executeTakeFirst()
}

/** The statement of an id for a change, held. Errors: `statement_not_found`, `statement_closed`, those of `requireOpenBody`. */
async function requireStatement(writer: CoalitionWriter, actor: Actor, id: string, now: Date) {
	await holdStatement(writer, id, 'change')
	const found = await getStatementRef(writer, id)
	await requireOpenBody(writer, found.body, actor, 'write_statement', now)
	return found
}

/** Adds a changed text as a new version, which nobody has signed. Errors: `statement_same`, those of `requireStatement` and of `writeStatement`. */
export async function reviseStatement(writer: CoalitionWriter, actor: Actor, id: string, given: GivenText, now: Date): Promise<number> {
	const old = await requireStatement(writer, actor, id, now)
	if (old.closed) throw new Refusal('statement_closed')
	const next = readVersion(given, now)
	if (next.text === old.text && next.ask === old.ask && next.decision_maker === old.decision_maker && next.deadline === old.deadline) throw new Refusal('statement_same')
	const version = old.version + 1
	await writer.insertInto('coalition.statement_version').values({ ...next, statement: id, version, written_at: now, written_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'statement.revised', subject: `coalition:statement/${id}`, payload: { version, deadline: next.deadline } })
	return version
}

export type StatementStep = 'delivered' | 'answered' | 'closed'

/**
 * Records that a statement was handed over, with the counts of that moment, what the decision-maker answered, or that it is closed.
 * Errors: `statement_event_without_text`, `statement_not_delivered`, `statement_closed`, those of `readPastDay` and `requireStatement`.
 */
export async function recordStep(writer: CoalitionWriter, actor: Actor, id: string, kind: StatementStep, given: { text: string; onDay: string }, now: Date): Promise<void> {
	const { version, closed } = await requireStatement(writer, actor, id, now)
	if (closed && kind !== 'answered') throw new Refusal('statement_closed')
	const events = await writer.selectFrom('coalition.statement_event').select(['number', 'kind']).where('statement', '=', id).execute()
	if (kind === 'answered' && !events.some((event) => event.kind === 'delivered')) throw new Refusal('statement_not_delivered')
	const text = readText(given.text, new Refusal('statement_event_without_text'))
	const counts = kind === 'delivered' ? await countSignatures(writer, id, version) : undefined
	await writer.insertInto('coalition.statement_event').values({
		statement: id, number: events.length + 1, kind, version, text, on_day: readPastDay(given.onDay, now), organizations: counts?.organizations ?? null, verified: counts?.verified ?? null, unverified: counts?.unverified ?? null, at: now, by: nameOf(actor),
	}).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `statement.${kind}`, subject: `coalition:statement/${id}`, payload: { version, ...counts } })
}
