import { sql } from 'kysely'
import { appendToLedger, newId, Refusal, type Writer } from '#database'
import { dayOf, isDay } from '../../decisions/day.ts'
import { ELECTORATES, mayBeSecret, METHODS, type ElectorateKind, type Method } from '../../decisions/methods.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import { getOpenGoal } from '../agenda/goals.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { offerNews } from '../topics.ts'
import { freezeElectorate } from './electorate.ts'
import { tellElectors } from './tell-electors.ts'

export interface GivenDecision {
	method: string
	electorate: string
	secret: boolean
	title: string
	text: string
	/** Lines to rank, for a ranking. */
	options?: string
	/** Last day for ballots, like 2026-12-01; not for a consent process. */
	closesOn?: string
	/** Identifier of a citation that it stands on. */
	citation?: string | undefined
	/** An open goal of the body that it is about. */
	goal?: string | undefined
}

/**
 * Opens a decision of a body: from now on its electorate and the rules of the charter stay as they are. Returns its id.
 * Errors: `decision_without_title`, `decision_without_text`, `decision_method_unknown`, `decision_not_secret`, `decision_options`,
 * `decision_closing_day`, `decision_nobody_asked`, `citation_unknown`, `goal_not_found`, those of `requireOpenBody`.
 */
export async function openDecision(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenDecision, now: Date): Promise<string> {
	const found = await requireOpenBody(writer, body, actor, 'open_decision', now)
	const { method, electorate, title, text, options, closesOn } = readDecision(given, now)
	const citation = given.citation?.trim() || null
	if (citation && !(await writer.selectFrom('atlas.citation').select('id').where('id', '=', citation).executeTakeFirst())) throw new Refusal('citation_unknown', { id: citation.slice(0, 40) })
	const goal = given.goal?.trim() ? await requireGoalOf(writer, body, given.goal.trim()) : null
	const { rules } = await writer.selectFrom('coalition.charter').select('rules').where('body', '=', body).orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()
	const { quorumShare, absence, absenceDays, fallback, hubsMayBlock, standAsideLimit } = rules
	const id = newId('d')
	await writer.insertInto('coalition.decision').values({
		id, body, method, electorate, secret: given.secret, title, text, options: JSON.stringify(options), citation, goal, proposer: actor.person ?? null, opened_at: now, opened_by: nameOf(actor), closes_on: closesOn,
		rules: JSON.stringify({ quorumShare, absence, absenceDays, fallback, hubsMayBlock, standAsideLimit }), closed_at: null, review_on: null, owner: null, result: null,
	}).execute()
	const electors = await freezeElectorate(writer, id, found, electorate, hubsMayBlock, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'decision.opened', subject: `coalition:decision/${id}`, payload: { body, method, electorate, secret: given.secret, electors } })
	await tellElectors(writer, { id, title, body, name: found.name }, now)
	await offerNews(writer, [body], { kind: 'decision_opened', record: `coalition:decision/${id}`, title, address: `/coalition/decisions/${id}`, at: now })
	return id
}

async function requireGoalOf(writer: Writer<CoalitionTables>, body: string, goal: string): Promise<string> {
	if ((await getOpenGoal(writer, goal)).body !== body) throw new Refusal('goal_not_found', {})
	return goal
}

function readDecision(given: GivenDecision, now: Date): { method: Method; electorate: ElectorateKind; title: string; text: string; options: string[]; closesOn: string | null } {
	const [title, text] = [given.title.trim().slice(0, 160), given.text.trim().slice(0, 12_000)]
	const method = METHODS.find((one) => one === given.method)
	const electorate = ELECTORATES.find((one) => one === given.electorate)
	if (!method || !electorate) throw new Refusal('decision_method_unknown', {})
	if (!title) throw new Refusal('decision_without_title', {})
	if (!text) throw new Refusal('decision_without_text', {})
	if (given.secret && !mayBeSecret(method)) throw new Refusal('decision_not_secret', {})
	const lines = (given.options ?? '').split('\n').map((line) => line.trim().slice(0, 200)).filter(Boolean)
	const options = method === 'ranked' ? lines : []
	if (method === 'ranked' && (options.length < 2 || options.length > 20 || new Set(options).size < options.length)) throw new Refusal('decision_options', {})
	const closesOn = method === 'consent' ? null : (given.closesOn?.trim() ?? '')
	if (closesOn !== null && (!isDay(closesOn) || closesOn < dayOf(now))) throw new Refusal('decision_closing_day', {})
	return { method, electorate, title, text, options, closesOn }
}

/** The row of a decision, locked in a transaction that changes it; its days as text. Errors: `decision_not_found`. */
export async function getDecision(writer: Writer<CoalitionTables>, id: string, lock: 'update' | 'share' | 'none') {
	const found = await writer.selectFrom('coalition.decision').selectAll().select([sql<string | null>`closes_on::text`.as('closes_on'), sql<string | null>`review_on::text`.as('review_on')]).where('id', '=', id)
		.$if(lock === 'update', (query) => query.forUpdate()).$if(lock === 'share', (query) => query.forShare()).executeTakeFirst()
	if (!found) throw new Refusal('decision_not_found', {})
	return found
}
