import { appendToLedger, Refusal, type Writer } from '#database'
import type { CommentStepKind } from '../../knowledge/index.ts'
import { getBodyRef, nameOf, requireMay, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getComment } from './comments.ts'

/** Writes a step; the reason stands in its row and not in the ledger. */
async function takeStep(writer: Writer<CoalitionTables>, by: string, comment: string, kind: CommentStepKind, reason: string, now: Date): Promise<void> {
	const words = reason.trim().slice(0, 1000)
	if (!words) throw new Refusal('agenda_comment_without_reason', {})
	await writer.insertInto('coalition.comment_step').values({ comment, kind, reason: words, by, at: now }).execute()
	await appendToLedger(writer, { at: now, actor: by, kind: `comment.${kind}`, subject: `coalition:comment/${comment}`, payload: null })
}

/** Under which name a person's part in a moderation is kept: the person, so that two accounts of one are not two people. */
const partOf = (actor: Actor): string => actor.person ?? nameOf(actor)

/** Anybody with an account who may read a comment reports it, once. Errors: `agenda_comment_not_found`, `comment_hidden`, `comment_reported`, `comment_own`, `agenda_comment_without_reason`, `account_needed`, those of `requireMay`. */
export async function reportComment(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const { body, person, state } = await getComment(writer, id)
	await requireMay(writer, await getBodyRef(writer, body), actor, 'see_inside', now)
	if (!actor.person) throw new Refusal('not_permitted', {})
	if (person === actor.person) throw new Refusal('comment_own', {})
	if (state.hidden) throw new Refusal('comment_hidden', {})
	const before = await writer.selectFrom('coalition.comment_step').select('id').where('comment', '=', id).where('kind', '=', 'reported').where('by', '=', partOf(actor)).executeTakeFirst()
	if (before) throw new Refusal('comment_reported', {})
	await takeStep(writer, partOf(actor), id, 'reported', reason, now)
}

/** A moderator hides a comment, or answers its reports by keeping it. One that an appeal brought back stays. Errors: `agenda_comment_not_found`, `comment_own`, `comment_hidden`, `comment_restored`, `comment_not_reported`, `agenda_comment_without_reason`, those of `requireMay`. */
export async function moderateComment(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { hides: boolean; reason: string }, now: Date): Promise<void> {
	const { body, person, state } = await getComment(writer, id)
	await requireMay(writer, await getBodyRef(writer, body), actor, 'moderate', now)
	if (person === actor.person) throw new Refusal('comment_own', {})
	if (state.hidden) throw new Refusal('comment_hidden', {})
	if (given.hides && state.ruling) throw new Refusal('comment_restored', {})
	if (!given.hides && state.reports.length === 0) throw new Refusal('comment_not_reported', {})
	await takeStep(writer, partOf(actor), id, given.hides ? 'hidden' : 'kept', given.reason, now)
}

/** The author asks, once, that somebody else looks at a hidden comment. Errors: `agenda_comment_not_found` for none and somebody else's, `comment_not_hidden`, `comment_appealed`, `agenda_comment_without_reason`, those of `requireMay`. */
export async function appealComment(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const { body, person, state } = await getComment(writer, id)
	await requireMay(writer, await getBodyRef(writer, body), actor, 'see_inside', now)
	if (!actor.person || person !== actor.person) throw new Refusal('agenda_comment_not_found', {})
	if (state.appeal || state.ruling) throw new Refusal('comment_appealed', {})
	if (!state.hidden) throw new Refusal('comment_not_hidden', {})
	await takeStep(writer, partOf(actor), id, 'appealed', reason, now)
}

/** Somebody else than who hid a comment, and than who wrote it, decides the appeal, for good. Errors: `agenda_comment_not_found`, `comment_no_appeal`, `appeal_by_another`, `agenda_comment_without_reason`, those of `requireMay`. */
export async function decideAppeal(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { restores: boolean; reason: string }, now: Date): Promise<void> {
	const { body, person, state } = await getComment(writer, id)
	await requireMay(writer, await getBodyRef(writer, body), actor, 'decide_appeal', now)
	if (!state.appeal) throw new Refusal('comment_no_appeal', {})
	if (state.hiddenBy === partOf(actor) || person === actor.person) throw new Refusal('appeal_by_another', {})
	await takeStep(writer, partOf(actor), id, given.restores ? 'restored' : 'upheld', given.reason, now)
}
