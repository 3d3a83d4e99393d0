import { createHash } from 'node:crypto'
import { requireFile, useFilePublicly } from '#files/server'
import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { FINDING_KINDS, FINDING_VALUES } from '../../accountability/findings.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { AccountabilityTables } from './accountability-tables.ts'
import { readPastDay, readSource, readText } from './read-given.ts'

type CoalitionWriter = Writer<CoalitionTables>

export interface GivenFinding {
	kind: string
	value: string
	text: string
	/** The day that it tells of; of a search without result, the day of the search. */
	onDay: string
	source: string
	/** SHA-256 of the archived copy, in hexadecimal; may be empty for a search that found nothing. */
	file: string
}

/** The commitment of an id with its body. Errors: `commitment_not_found`. */
export async function getCommitmentRef(reader: Reader<CoalitionTables>, id: string): Promise<{ id: string; body: string }> {
	const found = await reader.selectFrom('coalition.commitment').select(['id', 'body']).where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('commitment_not_found')
	return found
}

/**
 * Adds evidence, an official status, the schedule or a stage of money, with the archived copy of its source. Errors: `finding_kind_unknown`,
 * `finding_without_text`, `finding_without_source`, those of `readSource`, `readPastDay`, `requireFile`, `requireOpenBody`.
 */
export async function addFinding(writer: CoalitionWriter, actor: Actor, commitment: string, given: GivenFinding, now: Date): Promise<number> {
	const { body } = await getCommitmentRef(writer, commitment)
	await requireOpenBody(writer, body, actor, 'add_evidence', now)
	const kind = FINDING_KINDS.find((one) => one === given.kind)
	if (!kind || !(FINDING_VALUES[kind] as readonly string[]).includes(given.value)) throw new Refusal('finding_kind_unknown')
	const nothing = given.value === 'none_found'
	if (!nothing && !given.file.trim()) throw new Refusal('finding_without_source')
	const file = given.file.trim() ? await requireFile(writer, nameOf(actor), given.file) : null
	return appendEvent(writer, actor, { commitment, kind, value: given.value, text: readText(given.text, new Refusal('finding_without_text')), source: nothing && !given.source.trim() ? '' : readSource(given.source), source_file: file, on_day: readPastDay(given.onDay, now) }, now)
}

/** Enters the office holder's reply from a letter, beside the archived letter. Errors: `reply_without_text`, `finding_without_source`, those of `readPastDay`, `requireFile`, `requireOpenBody`. */
export async function enterReply(writer: CoalitionWriter, actor: Actor, commitment: string, given: { text: string; onDay: string; file: string }, now: Date): Promise<number> {
	const { body } = await getCommitmentRef(writer, commitment)
	await requireOpenBody(writer, body, actor, 'add_evidence', now)
	if (!given.file.trim()) throw new Refusal('finding_without_source')
	const file = await requireFile(writer, nameOf(actor), given.file)
	return appendEvent(writer, actor, { commitment, kind: 'reply', value: 'letter', text: readText(given.text, new Refusal('reply_without_text')), source: '', source_file: file, on_day: readPastDay(given.onDay, now) }, now)
}

type NewEvent = Omit<AccountabilityTables['coalition.commitment_event'], 'number' | 'at' | 'entered_by' | 'on_day'> & { on_day: string }

/** Appends to the history of a commitment, one at a time. */
export async function appendEvent(writer: CoalitionWriter, actor: Actor, event: NewEvent, now: Date): Promise<number> {
	await writer.selectFrom('coalition.commitment').select('id').where('id', '=', event.commitment).forNoKeyUpdate().executeTakeFirst()
	const last = await writer.selectFrom('coalition.commitment_event').select(({ fn }) => fn.max('number').as('number')).where('commitment', '=', event.commitment).executeTakeFirst()
	const number = (last?.number ?? 0) + 1
	await writer.insertInto('coalition.commitment_event').values({ ...event, number, at: now, entered_by: nameOf(actor) }).execute()
	const record = `coalition:commitment/${event.commitment}`
	if (event.source_file) await useFilePublicly(writer, event.source_file, record, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `commitment.${event.kind}`, subject: record, payload: { number, value: event.value, sourceSha256: event.source_file?.toString('hex') ?? null } })
	return number
}

const REPLY_DAYS = 60
const hashOf = (code: string) => createHash('sha256').update(`reply ${code}`).digest()

/** Makes a code with which the office replies without an account, good for 60 days. It is shown once and kept as a hash. Errors: those of `requireOpenBody`. */
export async function makeReplyCode(writer: CoalitionWriter, actor: Actor, commitment: string, now: Date): Promise<string> {
	const { body } = await getCommitmentRef(writer, commitment)
	await requireOpenBody(writer, body, actor, 'record_commitment', now)
	const code = newId('r', 16).slice(2)
	await writer.insertInto('coalition.reply_code').values({ code_hash: hashOf(code), commitment, made_at: now, made_by: nameOf(actor), until: new Date(now.getTime() + REPLY_DAYS * 86_400_000) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'commitment.reply_code_made', subject: `coalition:commitment/${commitment}`, payload: null })
	return code
}

/** Until when a code opens the reply to a commitment; undefined where it does not. */
export async function findReplyCode(reader: Reader<CoalitionTables>, commitment: string, code: string, now: Date): Promise<Date | undefined> {
	const found = await reader.selectFrom('coalition.reply_code').select('until').where('code_hash', '=', hashOf(code.replace(/[\s-]/g, '').toLowerCase())).where('commitment', '=', commitment).where('until', '>', now).executeTakeFirst()
	return found?.until
}

/** The office holder replies with the code, without an account. Errors: `reply_code_unknown`, `reply_without_text`. */
export async function replyByCode(writer: CoalitionWriter, commitment: string, code: string, text: string, now: Date): Promise<number> {
	if (!(await findReplyCode(writer, commitment, code, now))) throw new Refusal('reply_code_unknown')
	const office: Actor = { account: 'office', person: undefined, administrator: false }
	return appendEvent(writer, office, { commitment, kind: 'reply', value: 'code', text: readText(text, new Refusal('reply_without_text')), source: '', source_file: null, on_day: now.toISOString().slice(0, 10) }, now)
}
