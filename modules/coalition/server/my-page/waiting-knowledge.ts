import type { Reader } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listForModerators } from '../knowledge/find-comments.ts'
import { shorten } from './shorten.ts'
import type { AllowedIn, Waiting } from './waiting.ts'

/** Comments that were reported, or whose author appeals, in the bodies that this person moderates; never one of their own, nor an appeal against themselves. */
export async function waitingOfComments(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn, now: Date): Promise<Waiting[]> {
	const lists = await Promise.all(allowedIn('moderate').map(async ({ id, name }) => (await listForModerators(reader, id, actor, now)).filter(({ own, appeal, hidByReader }) => !own && !(appeal && hidByReader)).map((comment): Waiting => ({
		kind: 'comment', body: name, title: shorten(comment.text), path: `/coalition/comments/${comment.id}`, since: comment.appeal?.at ?? comment.reports[0]?.at, due: undefined,
	}))))
	return lists.flat()
}

/** Questions to the bodies whose members this person answers with, to which nobody has answered yet; none of their own. */
export async function waitingOfQuestions(reader: Reader<CoalitionTables>, actor: Actor, allowedIn: AllowedIn): Promise<Waiting[]> {
	const bodies = allowedIn('answer_question')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.question').select(['id', 'to_body', 'title', 'asked_at']).where('to_body', 'in', bodies.map(({ id }) => id)).where('person', '<>', actor.person!)
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom('coalition.answer').select('coalition.answer.id').whereRef('question', '=', 'coalition.question.id').where('withdrawn_at', 'is', null)))).execute()
	return rows.map(({ id, to_body, title, asked_at }) => ({ kind: 'question', body: bodies.find((one) => one.id === to_body)!.name, title: shorten(title), path: `/coalition/questions/${id}`, since: asked_at, due: undefined }))
}
