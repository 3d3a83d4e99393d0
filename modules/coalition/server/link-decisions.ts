import { appendToLedger, Refusal, type Reader, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'

/** The decision by which one side agreed to a link. */
export interface LinkDecision {
	side: string
	decision: string
	title: string
	/** When it was adopted. */
	adoptedAt: Date
}

/** Decisions that a side may name: those that it adopted, the newest first. */
export async function listNameable(reader: Reader<CoalitionTables>, side: string): Promise<{ id: string; title: string }[]> {
	return reader.selectFrom('coalition.decision').select(['id', 'title']).where('body', '=', side).where('state', '=', 'adopted').orderBy('closed_at', 'desc').orderBy('id').limit(200).execute()
}

/** The decisions that hold for a link, one for each side that named one. */
export async function listLinkDecisions(reader: Reader<CoalitionTables>, link: string): Promise<LinkDecision[]> {
	const rows = await reader.selectFrom('coalition.link_decision as named').innerJoin('coalition.decision as decision', 'decision.id', 'named.decision').distinctOn('side').select(['side', 'decision.id as decision', 'title', 'closed_at']).where('link', '=', link).orderBy('side').orderBy('named.id', 'desc').execute()
	return rows.map(({ closed_at, ...row }) => ({ ...row, adoptedAt: closed_at! }))
}

/** A side names the decision that it adopted the link by; a newer naming takes its place. Errors: `link_not_found`, `link_decision_unfit`, those of `requireOpenBody`. */
export async function nameLinkDecision(writer: Writer<CoalitionTables>, actor: Actor, id: string, side: string, decision: string, now: Date): Promise<void> {
	const link = await writer.selectFrom('coalition.body_link').select(['a', 'b']).where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()
	if (!link || (side !== link.a && side !== link.b)) throw new Refusal('link_not_found', {})
	await requireOpenBody(writer, side, actor, 'answer_link', now)
	const fits = (await listNameable(writer, side)).some((one) => one.id === decision)
	if (!fits) throw new Refusal('link_decision_unfit', {})
	await writer.insertInto('coalition.link_decision').values({ link: id, side, decision, named_at: now, named_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'link.decision_named', subject: `coalition:link/${id}`, payload: { side, decision } })
}
