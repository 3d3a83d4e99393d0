import { appendToLedger, Refusal, type Reader, type Writer } from '#database'
import { PARTICIPATION_LEVELS, SUPPORTS, type ParticipationLevel, type Support } from '../../convenings/convening.ts'
import { may } from '../../permissions.ts'
import { getBodyRef, nameOf, positionsOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getConveningRow, recordOf, requireConvening, writeState } from './convenings.ts'

/** What came of a convening, for everybody who may read it. */
export interface Minutes {
	version: number
	minutes: string
	heard: string
	changed: string
	whyNot: string
	levelDelivered: ParticipationLevel
	writtenAt: Date
	/** Decisions that were taken there, in the order in which they were opened. */
	decisions: { id: string; title: string; body: string }[]
}

/** One kind of support: how many asked for it with their RSVP, how many at the door, and how many got it. */
export interface SupportLine {
	kind: Support
	requested: number
	askedThere: number
	/** Undefined until somebody wrote it down. */
	delivered: number | undefined
}

/**
 * Writes a new version of the minutes; earlier ones stay. `decisions` are those of the bodies that convened which were taken there.
 * Errors: `convening_not_begun`, `minutes_without_heard`, `level_unknown`, `minutes_decision_unknown`, those of `requireConvening`.
 */
export async function writeMinutes(writer: Writer<CoalitionTables>, actor: Actor, convening: string, given: { minutes: string; heard: string; changed: string; whyNot: string; levelDelivered: string; decisions?: readonly string[] }, now: Date): Promise<void> {
	const { state, starts_at } = await requireConvening(writer, actor, convening, 'write_minutes', now)
	if (state === 'cancelled' || starts_at > now) throw new Refusal('convening_not_begun')
	const level = PARTICIPATION_LEVELS.find((one) => one === given.levelDelivered)
	if (!level) throw new Refusal('level_unknown', { level: given.levelDelivered.slice(0, 40) })
	if (!given.heard.trim()) throw new Refusal('minutes_without_heard')
	const named = [...new Set(given.decisions ?? [])]
	const known = (await listDecisionsToName(writer, actor, convening, now)).map(({ id }) => id)
	if (named.some((decision) => !known.includes(decision))) throw new Refusal('minutes_decision_unknown')
	const last = await findMinutes(writer, convening)
	const version = (last?.version ?? 0) + 1
	await writer.insertInto('coalition.minutes').values({ convening, version, minutes: given.minutes.trim(), heard: given.heard.trim(), changed: given.changed.trim(), why_not: given.whyNot.trim(), level_delivered: level, written_at: now, written_by: nameOf(actor) }).execute()
	if (named.length > 0) await writer.insertInto('coalition.minutes_decision').values(named.map((decision) => ({ convening, version, decision }))).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'convening.minutes_written', subject: recordOf(convening), payload: { version, level, decisions: named.length } })
	if (state === 'planned') await writeState(writer, actor, convening, 'held', '', now)
}

/** The newest minutes; undefined where none were written. */
export async function findMinutes(reader: Reader<CoalitionTables>, convening: string): Promise<Minutes | undefined> {
	const row = await reader.selectFrom('coalition.minutes').selectAll().where('convening', '=', convening).orderBy('version', 'desc').limit(1).executeTakeFirst()
	if (!row) return undefined
	const decisions = await reader.selectFrom('coalition.minutes_decision').innerJoin('coalition.decision', 'coalition.decision.id', 'coalition.minutes_decision.decision').select(['coalition.decision.id', 'title', 'body']).where('convening', '=', convening).where('version', '=', row.version).orderBy('opened_at').orderBy('coalition.decision.id').execute()
	return { decisions, version: row.version, minutes: row.minutes, heard: row.heard, changed: row.changed, whyNot: row.why_not, levelDelivered: row.level_delivered, writtenAt: row.written_at }
}

/** Supports that were asked for, offered, or delivered, in the order of `SUPPORTS`; those who cancelled ask for nothing. */
export async function listSupports(reader: Reader<CoalitionTables>, convening: string): Promise<SupportLine[]> {
	const [requested, written] = await Promise.all([
		reader.selectFrom('coalition.support_request').innerJoin('coalition.rsvp', 'coalition.rsvp.id', 'coalition.support_request.rsvp').select(({ fn }) => ['kind', fn.countAll<string>().as('count')]).where('convening', '=', convening).where('answer', '<>', 'cancelled').groupBy('kind').execute(),
		reader.selectFrom('coalition.support').selectAll().where('convening', '=', convening).execute(),
	])
	return SUPPORTS.flatMap((kind) => {
		const [asked, there] = [requested.find((row) => row.kind === kind), written.find((row) => row.kind === kind)]
		return asked || there ? [{ kind, requested: Number(asked?.count ?? 0), askedThere: there?.asked_there ?? 0, delivered: there?.delivered }] : []
	})
}

/** Writes down for each kind how many asked at the door and how many got it. Errors: `support_count_unreadable` names the kind's count, those of `requireConvening`. */
export async function recordSupports(writer: Writer<CoalitionTables>, actor: Actor, convening: string, counts: Partial<Record<Support, { askedThere: string; delivered: string }>>, now: Date): Promise<void> {
	const { state, starts_at } = await requireConvening(writer, actor, convening, 'write_minutes', now)
	if (state === 'cancelled' || starts_at > now) throw new Refusal('convening_not_begun')
	for (const kind of SUPPORTS) {
		const given = counts[kind]
		if (!given || !`${given.askedThere}${given.delivered}`.trim()) continue
		const row = { asked_there: readCount(given.askedThere), delivered: readCount(given.delivered) }
		await writer.insertInto('coalition.support').values({ convening, kind, ...row }).onConflict((conflict) => conflict.columns(['convening', 'kind']).doUpdateSet(row)).execute()
	}
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'convening.supports_recorded', subject: recordOf(convening), payload: null })
}

function readCount(text: string): number {
	const count = Number(text.trim() || '0')
	if (!Number.isInteger(count) || count < 0 || count > 100_000) throw new Refusal('support_count_unreadable', { count: text.slice(0, 20) })
	return count
}

/** Decisions that minutes of a convening may name: those of the bodies that convened, as far as this reader may read them, newest first. */
export async function listDecisionsToName(reader: Reader<CoalitionTables>, actor: Actor, convening: string, now: Date): Promise<{ id: string; title: string; body: string; bodyName: string }[]> {
	const { body } = await getConveningRow(reader, convening)
	const hosts = await reader.selectFrom('coalition.convening_host').select('body').where('convening', '=', convening).execute()
	const readable = await readableAmong(reader, actor, [body, ...hosts.map((host) => host.body)], now)
	if (readable.length === 0) return []
	return reader.selectFrom('coalition.decision').innerJoin('coalition.body', 'coalition.body.id', 'coalition.decision.body').select(['coalition.decision.id', 'title', 'coalition.decision.body', 'coalition.body.name as bodyName'])
		.where('coalition.decision.body', 'in', readable).where('coalition.decision.state', '<>', 'withdrawn').orderBy('opened_at', 'desc').orderBy('coalition.decision.id').execute()
}

/** Of some bodies those whose inside this reader may read. */
export async function readableAmong(reader: Reader<CoalitionTables>, actor: Actor, bodies: readonly string[], now: Date): Promise<string[]> {
	const readable: string[] = []
	for (const body of new Set(bodies)) if (may(await positionsOf(reader, body, actor, now), 'see_inside', (await getBodyRef(reader, body)).visibility)) readable.push(body)
	return readable
}

/** Convenings whose newest minutes name a decision, as far as this reader may read them. */
export async function listConveningsNaming(reader: Reader<CoalitionTables>, actor: Actor, decision: string, now: Date): Promise<{ id: string; title: string; startsAt: Date; zone: string }[]> {
	const rows = await reader.selectFrom('coalition.minutes_decision as named').innerJoin('coalition.convening', 'coalition.convening.id', 'named.convening').select(['coalition.convening.id', 'title', 'body', 'starts_at', 'zone']).where('decision', '=', decision)
		.where('version', '=', ({ selectFrom }) => selectFrom('coalition.minutes').select(({ fn }) => fn.max('version').as('newest')).whereRef('coalition.minutes.convening', '=', 'named.convening')).orderBy('starts_at').execute()
	const readable = await readableAmong(reader, actor, rows.map(({ body }) => body), now)
	return rows.filter(({ body }) => readable.includes(body)).map(({ id, title, starts_at, zone }) => ({ id, title, startsAt: starts_at, zone }))
}
