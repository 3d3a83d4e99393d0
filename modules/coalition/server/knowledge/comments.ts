import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { COMMENTED_KINDS, commentState, EDIT_MINUTES, type CommentedKind, type CommentStep } from '../../knowledge/index.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** What a comment is about. */
export interface Commented {
	kind: CommentedKind
	id: string
}

/** The body on whose agenda a goal, a position or a proposal stands. Errors: `comment_about_nothing`. */
async function bodyOf(reader: Reader<CoalitionTables>, { kind, id }: Commented): Promise<string> {
	const found = kind === 'goal' ? await reader.selectFrom('coalition.goal').select('body').where('id', '=', id).executeTakeFirst()
		: kind === 'position' ? await reader.selectFrom('coalition.position').innerJoin('coalition.goal', 'coalition.goal.id', 'goal').select('body').where('coalition.position.id', '=', id).executeTakeFirst()
			: await reader.selectFrom('coalition.proposal').select('to_body as body').where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('comment_about_nothing', {})
	return found.body
}

/** What a form says a comment is about. Errors: `comment_about_nothing`. */
export function readCommented(kind: string | undefined, id: string | undefined): Commented {
	const known = COMMENTED_KINDS.find((one) => one === kind)
	if (!known || !id) throw new Refusal('comment_about_nothing', {})
	return { kind: known, id }
}

/** A member comments on an item of a body's agenda. Errors: `comment_about_nothing`, `agenda_comment_without_text`, those of `requireOpenBody`. */
export async function addComment(writer: Writer<CoalitionTables>, actor: Actor, about: Commented, text: string, now: Date): Promise<string> {
	const body = await bodyOf(writer, about)
	await requireOpenBody(writer, body, actor, 'comment', now)
	const words = readText(text)
	const id = newId('o')
	await writer.insertInto('coalition.comment').values({ id, body, goal: null, position: null, proposal: null, [about.kind]: about.id, text: words, person: actor.person!, at: now, edited_at: null, withdrawn_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'comment.added', subject: `coalition:comment/${id}`, payload: { about: `coalition:${about.kind}/${about.id}` } })
	return id
}

function readText(text: string): string {
	const words = text.trim().slice(0, 4000)
	if (!words) throw new Refusal('agenda_comment_without_text', {})
	return words
}

/** A comment that was not withdrawn, locked, with its steps. Errors: `agenda_comment_not_found`. */
export async function getComment(writer: Writer<CoalitionTables>, id: string) {
	const found = await writer.selectFrom('coalition.comment').select(['id', 'body', 'person', 'at']).where('id', '=', id).where('withdrawn_at', 'is', null).forUpdate().executeTakeFirst()
	if (!found) throw new Refusal('agenda_comment_not_found', {})
	return { ...found, state: commentState(await stepsOf(writer, [id])) }
}

/** What happened to these comments, in order. */
export async function stepsOf(reader: Reader<CoalitionTables>, ids: string[]): Promise<(CommentStep & { comment: string })[]> {
	return ids.length === 0 ? [] : reader.selectFrom('coalition.comment_step').select(['comment', 'kind', 'reason', 'by', 'at']).where('comment', 'in', ids).orderBy('id').execute()
}

/** The author's own comment. Errors: `agenda_comment_not_found` for none and somebody else's. */
async function getOwnComment(writer: Writer<CoalitionTables>, actor: Actor, id: string) {
	const comment = await getComment(writer, id)
	if (comment.person !== actor.person) throw new Refusal('agenda_comment_not_found', {})
	return comment
}

/** Changes one's own comment within a quarter of an hour, unless somebody reported it. Errors: `agenda_comment_not_found`, `comment_too_late`, `agenda_comment_without_text`, those of `requireOpenBody`. */
export async function editComment(writer: Writer<CoalitionTables>, actor: Actor, id: string, text: string, now: Date): Promise<void> {
	const comment = await getOwnComment(writer, actor, id)
	await requireOpenBody(writer, comment.body, actor, 'comment', now)
	const touched = comment.state.hidden || comment.state.reports.length > 0 || comment.state.ruling
	if (touched || now.getTime() - comment.at.getTime() > EDIT_MINUTES * 60_000) throw new Refusal('comment_too_late', { minutes: EDIT_MINUTES })
	await writer.updateTable('coalition.comment').set({ text: readText(text), edited_at: now }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'comment.edited', subject: `coalition:comment/${id}`, payload: null })
}

/** Takes one's own comment back; it is shown no more. Errors: `agenda_comment_not_found`. */
export async function withdrawComment(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	await getOwnComment(writer, actor, id)
	await writer.updateTable('coalition.comment').set({ withdrawn_at: now }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'comment.withdrawn', subject: `coalition:comment/${id}`, payload: null })
}
