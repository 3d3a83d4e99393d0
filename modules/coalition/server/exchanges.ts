import { appendToLedger, linkRecords, newId, Refusal, type Writer } from '#database'
import { EXCHANGE_KINDS } from '../exchange-kinds.ts'
import { nameOf, requireOpenBody, type Actor } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'
import { requireCitation } from './require-citation.ts'

export interface GivenExchange {
	/** The body that it comes from. */
	from: string
	kind: string
	text: string
	/** Identifier of a citation that it stands on. */
	citation?: string | undefined
}

/** Records what moves through a link, in its direction. Errors: `link_not_found`, `link_not_agreed`, `exchange_without_text`, `exchange_kind_unknown`, `citation_unknown`, those of `requireOpenBody`. */
export async function recordExchange(writer: Writer<CoalitionTables>, actor: Actor, link: string, given: GivenExchange, now: Date): Promise<string> {
	const found = await writer.selectFrom('coalition.body_link').selectAll().where('id', '=', link).where('ended_at', 'is', null).executeTakeFirst()
	if (!found || (given.from !== found.a && given.from !== found.b)) throw new Refusal('link_not_found', {})
	await requireOpenBody(writer, given.from, actor, 'record_exchange', now)
	if (!found.agreed_a_at || !found.agreed_b_at) throw new Refusal('link_not_agreed', {})
	const kind = EXCHANGE_KINDS.find((one) => one === given.kind)
	if (!kind) throw new Refusal('exchange_kind_unknown', { kind: given.kind.slice(0, 40) })
	const text = given.text.trim().slice(0, 4000)
	if (!text) throw new Refusal('exchange_without_text', {})
	const citation = given.citation?.trim() || null
	if (citation) await requireCitation(writer, citation)
	const id = newId('x')
	await writer.insertInto('coalition.exchange').values({ id, link, from_body: given.from, kind, text, citation, opened_at: now, recorded_by: nameOf(actor), answered_at: null, answer: '' }).execute()
	const record = `coalition:exchange/${id}`
	if (citation) await linkRecords(writer, { from: record, relation: 'cites', to: `atlas:citation/${citation}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'exchange.recorded', subject: record, payload: { link, from: given.from, kind } })
	return id
}

/** The receiving body answers; an answer is final. Errors: `exchange_not_found`, `exchange_answered`, `exchange_without_answer`, those of `requireOpenBody`. */
export async function answerExchange(writer: Writer<CoalitionTables>, actor: Actor, id: string, answer: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.exchange').innerJoin('coalition.body_link', 'coalition.body_link.id', 'coalition.exchange.link')
		.select(['from_body', 'a', 'b', 'answered_at', 'ended_at']).where('coalition.exchange.id', '=', id).executeTakeFirst()
	if (!found || found.ended_at) throw new Refusal('exchange_not_found', {})
	await requireOpenBody(writer, found.from_body === found.a ? found.b : found.a, actor, 'answer_exchange', now)
	if (found.answered_at) throw new Refusal('exchange_answered', {})
	const text = answer.trim().slice(0, 4000)
	if (!text) throw new Refusal('exchange_without_answer', {})
	await settleExchange(writer, nameOf(actor), id, text, now)
}

/** Writes an answer without asking who may, unless one is there: for a question that began as an ask. */
export async function settleExchange(writer: Writer<CoalitionTables>, by: string, id: string, answer: string, now: Date): Promise<void> {
	const settled = await writer.updateTable('coalition.exchange').set({ answered_at: now, answer: answer.slice(0, 4000) }).where('id', '=', id).where('answered_at', 'is', null).returning('id').executeTakeFirst()
	if (settled) await appendToLedger(writer, { at: now, actor: by, kind: 'exchange.answered', subject: `coalition:exchange/${id}`, payload: null })
}
