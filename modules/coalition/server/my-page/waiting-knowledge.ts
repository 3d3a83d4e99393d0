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
