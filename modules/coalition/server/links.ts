import { appendToLedger, linkRecords, newId, Refusal, type Writer } from '#database'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from './actor.ts'
import { monthsAfter } from './bodies.ts'
import type { CoalitionTables } from './coalition-tables.ts'
import { enterBody } from './members.ts'

const CIRCLES = ['issue_circle', 'working_group', 'campaign_table', 'backbone']

/**
 * One body asks another for a link, which counts as its own agreement. A pair has one open link, whoever asks first: asking for what the
 * other asked for already agrees to it. Returns the link.
 * Errors: `link_with_itself`, `link_needs_hub_and_circle`, `link_without_purpose`, `link_there`, those of `requireOpenBody`.
 */
export async function askForLink(writer: Writer<CoalitionTables>, actor: Actor, from: string, to: string, purpose: string, now: Date): Promise<string> {
	if (from === to) throw new Refusal('link_with_itself', {})
	const [asking, asked] = [await requireOpenBody(writer, from, actor, 'ask_for_link', now), await getBodyRef(writer, to)]
	await requireMay(writer, asked, actor, 'see_page', now)
	if (asked.closed) throw new Refusal('body_closed', { name: asked.name })
	if (!(isHub(asking) && CIRCLES.includes(asked.kind)) && !(isHub(asked) && CIRCLES.includes(asking.kind))) throw new Refusal('link_needs_hub_and_circle', {})
	const [a, b] = [from, to].sort() as [string, string]
	const open = await writer.selectFrom('coalition.body_link').selectAll().where('a', '=', a).where('b', '=', b).where('ended_at', 'is', null).executeTakeFirst()
	if (open) {
		const agreed = from === a ? open.agreed_a_at : open.agreed_b_at
		if (agreed) throw new Refusal('link_there', {})
		await requireMay(writer, asking, actor, 'answer_link', now)
		await agree(writer, actor, open.id, from === a ? 'a' : 'b', now)
		return open.id
	}
	if (!purpose.trim()) throw new Refusal('link_without_purpose', {})
	const id = newId('l')
	const agreed = { agreed_a_at: from === a ? now : null, agreed_b_at: from === b ? now : null }
	await writer.insertInto('coalition.body_link').values({ id, a, b, purpose: purpose.trim(), asked_by: from, asked_at: now, ...agreed, ended_at: null, end_reason: '' }).execute()
	for (const body of [a, b]) await linkRecords(writer, { from: `coalition:link/${id}`, relation: 'joins', to: `coalition:body/${body}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'link.asked', subject: `coalition:link/${id}`, payload: { from, to } })
	return id
}

const isHub = ({ kind }: { kind: string }) => kind === 'equity_hub'

async function agree(writer: Writer<CoalitionTables>, actor: Actor, id: string, side: 'a' | 'b', now: Date): Promise<void> {
	await writer.updateTable('coalition.body_link').set(side === 'a' ? { agreed_a_at: now } : { agreed_b_at: now }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'link.agreed', subject: `coalition:link/${id}`, payload: { side } })
}

/** The link of an id that has not ended. Errors: `link_not_found`. */
async function getOpenLink(writer: Writer<CoalitionTables>, id: string) {
	const link = await writer.selectFrom('coalition.body_link').selectAll().where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()
	if (!link) throw new Refusal('link_not_found', {})
	return link
}

/** The body that was asked agrees, or declines with a reason, which ends the link. Errors: `link_not_found`, `link_answered`, `link_without_reason`, those of `requireOpenBody`. */
export async function answerLink(writer: Writer<CoalitionTables>, actor: Actor, id: string, answer: { agrees: true } | { agrees: false; reason: string }, now: Date): Promise<void> {
	const link = await getOpenLink(writer, id)
	if (link.agreed_a_at && link.agreed_b_at) throw new Refusal('link_answered', {})
	const side = link.agreed_a_at ? 'b' : 'a'
	await requireOpenBody(writer, link[side], actor, 'answer_link', now)
	if (answer.agrees) return agree(writer, actor, id, side, now)
	if (!answer.reason.trim()) throw new Refusal('link_without_reason', {})
	await endRows(writer, actor, id, answer.reason.trim(), 'link.declined', now)
}

/** Either side ends a link; what moved through it stays. Errors: `link_not_found`, `link_without_reason`, those of `requireMay`. */
export async function endLink(writer: Writer<CoalitionTables>, actor: Actor, id: string, side: string, reason: string, now: Date): Promise<void> {
	const link = await getOpenLink(writer, id)
	if (side !== link.a && side !== link.b) throw new Refusal('link_not_found', {})
	await requireMay(writer, await getBodyRef(writer, side), actor, 'end_link', now)
	if (!reason.trim()) throw new Refusal('link_without_reason', {})
	await endRows(writer, actor, id, reason.trim(), 'link.ended', now)
}

async function endRows(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, kind: string, now: Date): Promise<void> {
	await writer.updateTable('coalition.body_link').set({ ended_at: now, end_reason: reason }).where('id', '=', id).execute()
	const people = await writer.updateTable('coalition.link_person').set({ ended_at: now }).where('link', '=', id).where('ended_at', 'is', null).returning('membership').execute()
	await leaveGuests(writer, people, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind, subject: `coalition:link/${id}`, payload: null })
}

/** Memberships that a naming made end with it. */
async function leaveGuests(writer: Writer<CoalitionTables>, people: readonly { membership: string | null }[], now: Date): Promise<void> {
	const guests = people.flatMap(({ membership }) => membership ?? [])
	if (guests.length > 0) await writer.updateTable('coalition.membership').set({ left_at: now }).where('id', 'in', guests).where('left_at', 'is', null).execute()
}

/** Link people that a side may have at a time. */
export const LINK_PEOPLE = 2

/**
 * A side names one of its members as link person: for the term of its charter they are a voting member of the other side too.
 * Errors: `link_not_found`, `link_not_agreed`, `link_person_needs_member`, `link_people_full`, `link_person_there`, those of `requireOpenBody`.
 */
export async function nameLinkPerson(writer: Writer<CoalitionTables>, actor: Actor, id: string, side: string, person: string, now: Date): Promise<string> {
	const link = await getOpenLink(writer, id)
	if (side !== link.a && side !== link.b) throw new Refusal('link_not_found', {})
	await requireOpenBody(writer, side, actor, 'name_link_person', now)
	if (!link.agreed_a_at || !link.agreed_b_at) throw new Refusal('link_not_agreed', {})
	const standingIn = (body: string) => writer.selectFrom('coalition.membership').select(['id', 'standing']).where('body', '=', body).where('person', '=', person).where('left_at', 'is', null).executeTakeFirst()
	const home = await standingIn(side)
	if (!home || home.standing === 'observer') throw new Refusal('link_person_needs_member', {})
	const named = await writer.selectFrom('coalition.link_person').select('person').where('link', '=', id).where('side', '=', side).where('ended_at', 'is', null).where('until', '>', now).execute()
	if (named.some((one) => one.person === person)) throw new Refusal('link_person_there', {})
	if (named.length >= LINK_PEOPLE) throw new Refusal('link_people_full', { most: LINK_PEOPLE })
	const other = side === link.a ? link.b : link.a
	const away = await standingIn(other)
	const membership = away?.standing === 'voting' ? null : await enterBody(writer, nameOf(actor), other, { person }, 'voting', now)
	const { rules } = await writer.selectFrom('coalition.charter').select('rules').where('body', '=', side).orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()
	const naming = newId('n')
	await writer.insertInto('coalition.link_person').values({ id: naming, link: id, person, side, membership, began_at: now, until: monthsAfter(now, rules.termMonths), ended_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'link.person_named', subject: `coalition:link/${id}`, payload: { side, naming } })
	return naming
}

/** Ends a naming before its term. Errors: `link_person_not_found`, those of `requireMay`. */
export async function endLinkPerson(writer: Writer<CoalitionTables>, actor: Actor, naming: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.link_person').selectAll().where('id', '=', naming).where('ended_at', 'is', null).executeTakeFirst()
	if (!found) throw new Refusal('link_person_not_found', {})
	await requireMay(writer, await getBodyRef(writer, found.side), actor, 'name_link_person', now)
	await writer.updateTable('coalition.link_person').set({ ended_at: now }).where('id', '=', naming).execute()
	await leaveGuests(writer, [found], now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'link.person_ended', subject: `coalition:link/${found.link}`, payload: { naming } })
}
