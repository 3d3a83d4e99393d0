import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { getBodyRef, nameOf, positionsOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { settleExchange } from '../exchanges.ts'
import { may } from '../../permissions.ts'
import { offerNews } from '../topics.ts'

export interface GivenQuestion {
	/** The body in whose name it is asked. */
	from: string
	/** The body whose members answer. */
	to: string
	title: string
	text: string
	/** An ask of a link of the two that waits for an answer. */
	exchange?: string | undefined
}

/** Asks the members of a body, in the name of one that the actor belongs to. Errors: `question_without_title`, `question_exchange_unfit`, `question_exchange_asked`, `question_too_far`, those of `requireOpenBody`. */
export async function askQuestion(writer: Writer<CoalitionTables>, actor: Actor, given: GivenQuestion, now: Date): Promise<string> {
	await requireOpenBody(writer, given.from, actor, 'ask_question', now)
	const to = await getBodyRef(writer, given.to)
	const positions = await positionsOf(writer, to.id, actor, now)
	if (!may(positions, 'see_page', to.visibility)) throw new Refusal('body_not_found', {})
	if (to.closed) throw new Refusal('body_closed', { name: to.name })
	if (!may(positions, 'see_inside', to.visibility) && !(await areLinked(writer, given.from, given.to))) throw new Refusal('question_too_far', {})
	const title = given.title.trim().slice(0, 200)
	if (!title) throw new Refusal('question_without_title', {})
	const exchange = given.exchange?.trim() || null
	if (exchange) await requireWaitingAsk(writer, exchange, given)
	const id = newId('k')
	await writer.insertInto('coalition.question').values({ id, to_body: given.to, from_body: given.from, exchange, title, text: given.text.trim().slice(0, 8000), person: actor.person!, asked_at: now }).execute()
	const record = `coalition:question/${id}`
	if (exchange) await linkRecords(writer, { from: record, relation: 'asks', to: `coalition:exchange/${exchange}`, at: now, by: nameOf(actor) })
	await offerNews(writer, [given.to], { kind: 'question_asked', record, title, text: given.text.trim(), address: `/coalition/questions/${id}`, at: now })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'question.asked', subject: record, payload: { from: given.from, to: given.to } })
	return id
}

async function areLinked(reader: Reader<CoalitionTables>, one: string, other: string): Promise<boolean> {
	const [a, b] = [one, other].sort() as [string, string]
	const link = await reader.selectFrom('coalition.body_link').select('id').where('a', '=', a).where('b', '=', b).where('ended_at', 'is', null).where('agreed_a_at', 'is not', null).where('agreed_b_at', 'is not', null).executeTakeFirst()
	return link !== undefined
}

async function requireWaitingAsk(writer: Writer<CoalitionTables>, exchange: string, { from, to }: GivenQuestion): Promise<void> {
	const found = await writer.selectFrom('coalition.exchange').innerJoin('coalition.body_link', 'coalition.body_link.id', 'coalition.exchange.link')
		.select(['from_body', 'kind', 'a', 'b', 'answered_at', 'ended_at']).where('coalition.exchange.id', '=', exchange).executeTakeFirst()
	const fits = found && !found.ended_at && !found.answered_at && found.kind === 'ask' && found.from_body === from && [found.a, found.b].includes(to) && from !== to
	if (!fits) throw new Refusal('question_exchange_unfit', {})
	if (await writer.selectFrom('coalition.question').select('id').where('exchange', '=', exchange).executeTakeFirst()) throw new Refusal('question_exchange_asked', {})
}

/** Answers as a member of the asked body. The first answer to what began as an ask of a link is the answer there, too. Errors: `question_not_found`, `answer_without_text`, those of `requireOpenBody`. */
export async function answerQuestion(writer: Writer<CoalitionTables>, actor: Actor, question: string, text: string, now: Date): Promise<string> {
	const found = await writer.selectFrom('coalition.question').select(['to_body', 'exchange']).where('id', '=', question).executeTakeFirst()
	if (!found) throw new Refusal('question_not_found', {})
	await requireOpenBody(writer, found.to_body, actor, 'answer_question', now)
	const words = text.trim().slice(0, 8000)
	if (!words) throw new Refusal('answer_without_text', {})
	const id = newId('n')
	await writer.insertInto('coalition.answer').values({ id, question, text: words, person: actor.person!, answered_at: now, withdrawn_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'question.answered', subject: `coalition:question/${question}`, payload: { answer: id } })
	if (found.exchange) await settleExchange(writer, nameOf(actor), found.exchange, words, now)
	return id
}

/** Takes one's own answer back, unless it is the one that helped. Errors: `answer_not_found`, `answer_helped`. */
export async function withdrawAnswer(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	const own = actor.person ? await writer.selectFrom('coalition.answer').select('question').where('id', '=', id).where('person', '=', actor.person).where('withdrawn_at', 'is', null).executeTakeFirst() : undefined
	if (!own) throw new Refusal('answer_not_found', {})
	// The question is locked as it is when an answer is said to have helped, so that one is not taken back meanwhile.
	await writer.selectFrom('coalition.question').select('id').where('id', '=', own.question).forUpdate().execute()
	if ((await writer.selectFrom('coalition.answer').select('helped').where('id', '=', id).executeTakeFirstOrThrow()).helped) throw new Refusal('answer_helped', {})
	await writer.updateTable('coalition.answer').set({ withdrawn_at: now }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'answer.withdrawn', subject: `coalition:answer/${id}`, payload: null })
}

/** Who asked says which answer helped, or, with an empty one, that none did after all and the question is open again. Errors: `question_not_found` for none or somebody else's, `answer_not_found`. */
export async function sayWhatHelped(writer: Writer<CoalitionTables>, actor: Actor, question: string, answer: string, now: Date): Promise<void> {
	const found = actor.person ? await writer.selectFrom('coalition.question').select('id').where('id', '=', question).where('person', '=', actor.person).forUpdate().executeTakeFirst() : undefined
	if (!found) throw new Refusal('question_not_found', {})
	if (answer && !(await writer.selectFrom('coalition.answer').select('id').where('id', '=', answer).where('question', '=', question).where('withdrawn_at', 'is', null).executeTakeFirst())) throw new Refusal('answer_not_found', {})
	await writer.updateTable('coalition.answer').set({ helped: false }).where('question', '=', question).where('helped', '=', true).execute()
	if (answer) await writer.updateTable('coalition.answer').set({ helped: true }).where('id', '=', answer).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: answer ? 'question.helped' : 'question.reopened', subject: `coalition:question/${question}`, payload: answer ? { answer } : null })
}
