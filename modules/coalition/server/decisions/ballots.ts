import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { dayOf, isDay } from '../../decisions/day.ts'
import { readBallot, type BallotMethod } from '../../decisions/methods.ts'
import { tally } from '../../decisions/tally.ts'
import { nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { HowSaid, Result } from './decision-tables.ts'
import { listElectors, requireDecisionBody, requireVoice, type Elector } from './electorate.ts'
import { tellAdopted, listEvents, requireOwner, type StoredEvent } from './follow-decision.ts'
import { getDecision } from './open-decision.ts'

export interface GivenBallot {
	elector?: string | undefined
	how?: string | undefined
	choice?: string | undefined
	/** Option → its rank from 1; empty where it is left out. */
	ranks: Record<string, string>
	/** Why; for open ballots only, and what advice is made of. */
	reason: string
}

/**
 * Takes a ballot. A secret one is kept apart from the list of who voted and never changes; an open one may be given anew by its voter while
 * ballots are taken. Errors: `decision_not_found`, `decision_other_method`, `decision_closed`, `ballots_over`, `ballot_not_asked`,
 * `ballot_unreadable`, `ballot_cast_already`, those of `requireVoice`.
 */
export async function castBallot(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: GivenBallot, now: Date): Promise<void> {
	const decision = await getDecision(writer, id, 'share')
	const { body, electors } = await requireDecisionBody(writer, decision, actor, now)
	const { elector, how } = await requireVoice(writer, body, electors, actor, given, now)
	if (decision.method === 'consent') throw new Refusal('decision_other_method', {})
	if (decision.state !== 'open') throw new Refusal('decision_closed', {})
	if (decision.closes_on! < dayOf(now)) throw new Refusal('ballots_over', {})
	if (!elector.asked) throw new Refusal('ballot_not_asked', {})
	const choice = readBallot(decision.method, decision.options, given)
	const reason = given.reason.trim().slice(0, 4000)
	if (!choice || (decision.method === 'advice' && !reason)) throw new Refusal('ballot_unreadable', {})
	const taken = await writer.insertInto('coalition.ballot_taken').values({ elector: elector.id, how, entered_by: how === 'own' ? null : (actor.person ?? null) }).onConflict((conflict) => conflict.doNothing()).returning('elector').executeTakeFirst()
	if (!taken && (decision.secret || how !== 'own')) throw new Refusal('ballot_cast_already', {})
	// Nothing of a secret ballot says whose it is or when it came; not even the ledger.
	if (decision.secret) await writer.insertInto('coalition.ballot').values({ id: newId('v', 24), decision: id, choice: JSON.stringify(choice) }).execute()
	else await writeOpenBallot(writer, actor, { decision: id, elector: elector.id, choice, reason, how }, now)
}

async function writeOpenBallot(writer: Writer<CoalitionTables>, actor: Actor, { decision, elector, choice, reason, how }: { decision: string; elector: string; choice: string[]; reason: string; how: HowSaid }, now: Date): Promise<void> {
	const { earlier } = await writer.selectFrom('coalition.open_ballot').select(({ fn }) => fn.countAll<string>().as('earlier')).where('elector', '=', elector).executeTakeFirstOrThrow()
	const number = Number(earlier) + 1
	await writer.insertInto('coalition.open_ballot').values({ elector, number, choice: JSON.stringify(choice), reason, person: actor.person ?? null, how, at: now }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: how === 'own' ? 'ballot.cast' : 'ballot.entered', subject: `coalition:decision/${decision}`, payload: { elector, number } })
}

/** Every voter's last open ballot, or the secret ones, which name no voter. */
export async function listBallots(reader: Reader<CoalitionTables>, { id, secret }: { id: string; secret: boolean }): Promise<{ elector?: string; choice: string[]; reason: string }[]> {
	if (secret) return (await reader.selectFrom('coalition.ballot').select('choice').where('decision', '=', id).orderBy('id').execute()).map(({ choice }) => ({ choice, reason: '' }))
	return reader.selectFrom('coalition.open_ballot as ballot').innerJoin('coalition.elector', 'coalition.elector.id', 'ballot.elector').distinctOn('ballot.elector')
		.select(['ballot.elector', 'ballot.choice', 'ballot.reason']).where('coalition.elector.decision', '=', id).orderBy('ballot.elector').orderBy('ballot.number', 'desc').execute()
}

/** Hubs whose objection stands: the last that each said is an objection. */
export function standingHubs(electors: readonly Elector[], events: readonly StoredEvent[]): string[] {
	const last = new Map(events.flatMap(({ kind, elector }) => (elector && (kind === 'objection' || kind === 'withdraw_objection') ? [[elector, kind]] : [])))
	return electors.filter(({ id, speaksForHub }) => speaksForHub && last.get(id) === 'objection').map(({ id }) => id)
}

/** A hub that a ballot would bind objects, with aim and reason, or withdraws its objection. Errors: `decision_closed`, `decision_other_method`, `hub_objection_only`, `hub_objection_incomplete`, those of `requireVoice`. */
export async function objectAsHub(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { withdraws: boolean; elector?: string | undefined; aim: string; reason: string; change: string }, now: Date): Promise<void> {
	const decision = await getDecision(writer, id, 'update')
	const { body, electors } = await requireDecisionBody(writer, decision, actor, now)
	const { elector } = await requireVoice(writer, body, electors.filter(({ speaksForHub }) => speaksForHub), actor, given, now)
	if (decision.method !== 'majority' && decision.method !== 'ranked') throw new Refusal('decision_other_method', {})
	if (decision.state !== 'open') throw new Refusal('decision_closed', {})
	if (!given.withdraws && (!given.aim.trim() || !given.reason.trim())) throw new Refusal('hub_objection_incomplete', {})
	const { aim, reason, change } = given
	const number = (await listEvents(writer, id)).length + 1
	const content = given.withdraws ? {} : { aim: aim.trim().slice(0, 4000), reason: reason.trim().slice(0, 4000), change: change.trim().slice(0, 4000) }
	await writer.insertInto('coalition.decision_event').values({ decision: id, number, kind: given.withdraws ? 'withdraw_objection' : 'objection', elector: elector.id, content: JSON.stringify(content), person: actor.person ?? null, how: 'own', at: now }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: given.withdraws ? 'decision.hub_withdraws' : 'decision.hub_objects', subject: `coalition:decision/${id}`, payload: { number } })
}

/**
 * Counts the ballots and closes. It closes when the last day is over or everybody has voted; what carries is adopted with an owner and a day
 * to look at it again, unless a hub's objection stands. Errors: `decision_not_found`, `decision_other_method`, `decision_closed`, `ballots_open`,
 * `consent_review_date`, `decision_owner_unknown`, those of `requireMay`.
 */
export async function closeDecision(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { reviewOn: string; owner: string; outcome: string }, now: Date): Promise<Result> {
	const decision = await getDecision(writer, id, 'update')
	const body = await requireOpenBody(writer, decision.body, actor, 'close_decision', now)
	if (decision.method === 'consent') throw new Refusal('decision_other_method', {})
	if (decision.state !== 'open') throw new Refusal('decision_closed', {})
	const electors = await listElectors(writer, decision, now)
	const ballots = await listBallots(writer, decision)
	const asked = electors.filter((one) => one.asked).length
	if (decision.closes_on! >= dayOf(now) && ballots.length < asked) throw new Refusal('ballots_open', { day: decision.closes_on! })
	const counted = tally(decision.method as BallotMethod, ballots.map(({ choice }) => choice), { options: decision.options, electors: asked, quorumShare: decision.rules.quorumShare })
	const hubs = decision.rules.hubsMayBlock ? standingHubs(electors, await listEvents(writer, id)) : []
	const binds = decision.method === 'majority' || decision.method === 'ranked'
	const state = !binds ? 'heard' : counted.carries && hubs.length === 0 ? 'adopted' : 'not_adopted'
	if (state === 'adopted') {
		if (!isDay(given.reviewOn) || given.reviewOn <= dayOf(now)) throw new Refusal('consent_review_date', {})
		await requireOwner(writer, decision.body, given.owner, now)
	}
	const result: Result = { ...counted, hubs }
	const kept = state === 'adopted' ? { review_on: given.reviewOn, owner: given.owner } : {}
	await writer.updateTable('coalition.decision').set({ state, closed_at: now, result: JSON.stringify(result), outcome: given.outcome.trim().slice(0, 4000), ...kept }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'decision.tallied', subject: `coalition:decision/${id}`, payload: { cast: counted.cast, electors: asked, counts: counted.counts ?? {}, winner: counted.winner ?? '' } })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'decision.closed', subject: `coalition:decision/${id}`, payload: { state } })
	if (state === 'adopted') await tellAdopted(writer, actor, { ...decision, visibility: body.visibility }, now)
	return result
}

/** Withdraws a decision by ballot before it is counted, with a reason. Errors: `decision_closed`, `decision_other_method`, `consent_without_text`, those of `requireMay`. */
export async function withdrawDecision(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const decision = await getDecision(writer, id, 'update')
	const { body } = await requireDecisionBody(writer, decision, actor, now)
	if (!actor.person || actor.person !== decision.proposer) await requireMay(writer, body, actor, 'close_decision', now)
	if (decision.method === 'consent') throw new Refusal('decision_other_method', {})
	if (decision.state !== 'open') throw new Refusal('decision_closed', {})
	if (!reason.trim()) throw new Refusal('consent_without_text', {})
	await writer.updateTable('coalition.decision').set({ state: 'withdrawn', closed_at: now, outcome: reason.trim().slice(0, 4000) }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'decision.closed', subject: `coalition:decision/${id}`, payload: { state: 'withdrawn' } })
}

/** Looks at an adopted decision again: what came of it, and the next day to look. Errors: `decision_not_adopted`, `consent_without_text`, `consent_review_date`, those of `requireMay`. */
export async function reviewDecision(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { text: string; reviewOn: string }, now: Date): Promise<void> {
	const decision = await getDecision(writer, id, 'update')
	await requireOpenBody(writer, decision.body, actor, 'close_decision', now)
	if (decision.state !== 'adopted') throw new Refusal('decision_not_adopted', {})
	if (!given.text.trim()) throw new Refusal('consent_without_text', {})
	if (!isDay(given.reviewOn) || given.reviewOn <= dayOf(now)) throw new Refusal('consent_review_date', {})
	const number = (await listEvents(writer, id)).length + 1
	await writer.insertInto('coalition.decision_event').values({ decision: id, number, kind: 'review', elector: null, content: JSON.stringify({ text: given.text.trim().slice(0, 4000), reviewOn: given.reviewOn }), person: actor.person ?? null, how: 'own', at: now }).execute()
	await writer.updateTable('coalition.decision').set({ review_on: given.reviewOn }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'decision.reviewed', subject: `coalition:decision/${id}`, payload: { number } })
}
