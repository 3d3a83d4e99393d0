import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { readGeoid } from '../../campaigns/index.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requirePlaces } from './campaign-places.ts'
import { recordOfCampaign, requireCampaign } from './campaigns.ts'

export interface ShownComment {
	id: string
	topic: string
	geoid: string | undefined
	text: string
	at: Date
}
/** A comment as those see it who run the campaign. */
export interface WholeComment extends ShownComment {
	name: string
	contact: string
	/** Undefined while nobody has read it. */
	state: 'shown' | 'hidden' | undefined
	reason: string
}
/** What became of a topic. */
export interface TopicAnswer {
	topic: string
	version: number
	heard: string
	changed: string
	whyNot: string
	at: Date
}

/**
 * Anybody who may read the campaign comments on a plan; name, contact and place may be left out. The same form sent twice counts once.
 * Errors: `comment_without_text`, `campaign_no_plan`, `campaign_places_unreadable`, those of `requirePlaces` and `requireCampaign`.
 */
export async function commentOnPlan(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { name: string; contact: string; place: string; topic: string; text: string; language: string; formKey: string }, now: Date): Promise<string> {
	const campaign = await requireCampaign(writer, actor, id, 'see_inside', now)
	if (campaign.kind !== 'development_plan') throw new Refusal('campaign_no_plan')
	const text = given.text.trim().slice(0, 4000)
	if (!text) throw new Refusal('comment_without_text')
	const geoid = given.place.trim() ? readGeoid(given.place) : null
	if (geoid === undefined) throw new Refusal('campaign_places_unreadable', { places: given.place.trim().slice(0, 40) })
	if (geoid) await requirePlaces(writer, campaign, [geoid])
	const formKey = given.formKey.slice(0, 60) || null
	const before = formKey ? await writer.selectFrom('coalition.plan_comment').select('id').where('campaign', '=', id).where('form_key', '=', formKey).executeTakeFirst() : undefined
	if (before) return before.id
	const comment = newId('pc')
	await writer.insertInto('coalition.plan_comment').values({ id: comment, campaign: id, form_key: formKey, name: given.name.trim().slice(0, 120), contact: given.contact.trim().slice(0, 200), geoid, topic: given.topic.trim().slice(0, 80), text, language: given.language.slice(0, 5), at: now }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.comment_made', subject: recordOfCampaign(id), payload: { comment } })
	return comment
}

/** Shows a comment to everybody under a topic, or keeps it from view with a reason. Errors: `comment_not_found`, `comment_state_unknown`, `comment_without_topic`, `comment_without_reason`, those of `requireCampaign`. */
export async function settleComment(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, comment: string, given: { state: string; topic: string; reason: string }, now: Date): Promise<void> {
	await requireCampaign(writer, actor, campaign, 'run_campaign', now)
	const found = await writer.selectFrom('coalition.plan_comment').select('id').where('id', '=', comment).where('campaign', '=', campaign).executeTakeFirst()
	if (!found) throw new Refusal('comment_not_found')
	if (given.state !== 'shown' && given.state !== 'hidden') throw new Refusal('comment_state_unknown')
	const [topic, reason] = [given.topic.trim().slice(0, 80), given.reason.trim().slice(0, 400)]
	if (!topic) throw new Refusal('comment_without_topic')
	if (given.state === 'hidden' && !reason) throw new Refusal('comment_without_reason')
	await writer.insertInto('coalition.plan_comment_step').values({ comment, state: given.state, topic, reason, at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `campaign.comment_${given.state}`, subject: recordOfCampaign(campaign), payload: { comment } })
}

/** Publishes what became of a topic; a later answer stands in its place, and earlier ones are kept. Errors: `answer_incomplete`, those of `requireCampaign`. */
export async function answerTopic(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, given: { topic: string; heard: string; changed: string; whyNot: string }, now: Date): Promise<void> {
	await requireCampaign(writer, actor, campaign, 'run_campaign', now)
	const [topic, heard, changed, whyNot] = [given.topic.trim().slice(0, 80), ...[given.heard, given.changed, given.whyNot].map((text) => text.trim().slice(0, 4000))] as [string, string, string, string]
	if (!topic || !heard || (!changed && !whyNot)) throw new Refusal('answer_incomplete')
	const last = await writer.selectFrom('coalition.plan_answer').select(({ fn }) => fn.max('version').as('version')).where('campaign', '=', campaign).where('topic', '=', topic).executeTakeFirst()
	await writer.insertInto('coalition.plan_answer').values({ campaign, topic, version: (last?.version ?? 0) + 1, heard, changed, why_not: whyNot, at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.topic_answered', subject: recordOfCampaign(campaign), payload: { version: (last?.version ?? 0) + 1 } })
}

/** What became of each topic, by name: the newest answers. */
export async function listAnswers(reader: Reader<CoalitionTables>, campaign: string): Promise<TopicAnswer[]> {
	const rows = await reader.selectFrom('coalition.plan_answer').distinctOn('topic').select(['topic', 'version', 'heard', 'changed', 'why_not', 'at']).where('campaign', '=', campaign).orderBy('topic').orderBy('version', 'desc').execute()
	return rows.map(({ why_not, ...answer }) => ({ ...answer, whyNot: why_not }))
}

/** Comments of a campaign with everything that was given, oldest first. */
export async function listWholeComments(reader: Reader<CoalitionTables>, campaign: string): Promise<WholeComment[]> {
	const rows = await reader.selectFrom('coalition.plan_comment')
		.leftJoinLateral((from) => from.selectFrom('coalition.plan_comment_step as s').select(['s.state', 's.topic as settled', 's.reason']).whereRef('s.comment', '=', 'coalition.plan_comment.id').orderBy('s.id', 'desc').limit(1).as('step'), (join) => join.onTrue())
		.select(['id', 'topic', 'settled', 'geoid', 'text', 'at', 'name', 'contact', 'state', 'reason']).where('campaign', '=', campaign).orderBy('at').orderBy('id').limit(2000).execute()
	return rows.map(({ geoid, settled, topic, state, reason, ...comment }) => ({ ...comment, topic: settled ?? topic, geoid: geoid ?? undefined, state: state ?? undefined, reason: reason ?? '' }))
}

/** Comments that everybody may read, without name and contact, oldest first. */
export async function listShownComments(reader: Reader<CoalitionTables>, campaign: string): Promise<ShownComment[]> {
	return (await listWholeComments(reader, campaign)).filter(({ state }) => state === 'shown').map(({ id, topic, geoid, text, at }) => ({ id, topic, geoid, text, at }))
}
