import { appendToLedger, linkRecords, newId, Refusal, type Writer } from '#database'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requireCitation } from '../require-citation.ts'
import { offerNews } from '../topics.ts'
import { insertGoal } from './goals.ts'

export interface GivenProposal {
	from: string
	to: string
	/** The number that it stands on. */
	citation: string
	title: string
	text: string
}

/**
 * A hub raises what its numbers show with a body that it is linked with. Errors: `proposal_without_title`, `citation_unknown`,
 * `proposal_needs_link`, those of `requireOpenBody`.
 */
export async function raiseProposal(writer: Writer<CoalitionTables>, actor: Actor, given: GivenProposal, now: Date): Promise<string> {
	await requireOpenBody(writer, given.from, actor, 'raise_proposal', now)
	const to = await getBodyRef(writer, given.to)
	const [a, b] = [given.from, given.to].sort() as [string, string]
	const link = await writer.selectFrom('coalition.body_link').select(['agreed_a_at', 'agreed_b_at']).where('a', '=', a).where('b', '=', b).where('ended_at', 'is', null).executeTakeFirst()
	if (!link?.agreed_a_at || !link.agreed_b_at || to.closed) throw new Refusal('proposal_needs_link', {})
	const title = given.title.trim().slice(0, 200)
	if (!title) throw new Refusal('proposal_without_title', {})
	const citation = given.citation.trim()
	await requireCitation(writer, citation)
	const id = newId('q')
	await writer.insertInto('coalition.proposal').values({ id, to_body: given.to, from_body: given.from, citation, title, text: given.text.trim().slice(0, 8000), raised_by: nameOf(actor), raised_at: now, answered_at: null, answer: null, goal: null }).execute()
	const record = `coalition:proposal/${id}`
	await linkRecords(writer, { from: record, relation: 'cites', to: `atlas:citation/${citation}`, at: now, by: nameOf(actor) })
	await linkRecords(writer, { from: record, relation: 'raised by', to: `coalition:body/${given.from}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'proposal.raised', subject: record, payload: { from: given.from, to: given.to } })
	await offerNews(writer, [given.to], { kind: 'proposal_raised', record, title, address: `/coalition/${to.slug}/agenda`, at: now })
	return id
}

/**
 * The asked body takes a proposal up, which makes a goal of it on the same citation, or declines with a reason. Returns the goal.
 * Errors: `proposal_not_found`, `proposal_answered`, `proposal_without_reason`, those of `requireOpenBody`.
 */
export async function answerProposal(writer: Writer<CoalitionTables>, actor: Actor, id: string, answer: { takesUp: true; reason?: string } | { takesUp: false; reason: string }, now: Date): Promise<string | undefined> {
	const found = await writer.selectFrom('coalition.proposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
	if (!found) throw new Refusal('proposal_not_found', {})
	const body = await getBodyRef(writer, found.to_body)
	await requireMay(writer, body, actor, 'answer_proposal', now)
	if (body.closed) throw new Refusal('body_closed', { name: body.name })
	if (found.answer) throw new Refusal('proposal_answered', {})
	const reason = answer.reason?.trim() ?? ''
	if (!answer.takesUp && !reason) throw new Refusal('proposal_without_reason', {})
	const record = `coalition:proposal/${id}`
	const goal = answer.takesUp ? await insertGoal(writer, nameOf(actor), found.to_body, { title: found.title, story: found.text, citation: found.citation }, now) : undefined
	if (goal) await linkRecords(writer, { from: `coalition:goal/${goal}`, relation: 'answers', to: record, at: now, by: nameOf(actor) })
	await writer.updateTable('coalition.proposal').set({ answered_at: now, answer: goal ? 'taken_up' : 'declined', reason, goal: goal ?? null }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: goal ? 'proposal.taken_up' : 'proposal.declined', subject: record, payload: null })
	return goal
}
