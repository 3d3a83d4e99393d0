import { appendToLedger, linkRecords, Refusal, type Reader, type Writer } from '#database'
import { CONSENT_KINDS, type ConsentEvent, type ConsentKind } from '../../decisions/consent-events.ts'
import { followAll, mayFollow } from '../../decisions/consent.ts'
import { beginConsent, type ConsentState, type DecisionRules } from '../../decisions/consent-state.ts'
import { currentMemberships, nameOf, positionsOf, requireMay, type Actor, type BodyRef } from '../actor.ts'
import { may } from '../../permissions.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { HowSaid } from './decision-tables.ts'
import { requireDecisionBody, requireVoice, type Elector } from './electorate.ts'
import { offerNews } from '../topics.ts'
import { getDecision } from './open-decision.ts'

/** Steps by which somebody speaks, for themselves or for whom they represent. */
const SPEAKING: readonly string[] = ['consent', 'stand_aside', 'concern', 'objection', 'test', 'withdraw_objection', 'vote']
/** Steps that whoever opened the decision may take too. */
const PROPOSING: readonly string[] = ['present', 'answer', 'amend', 'integrate', 'withdraw']

export type StoredEvent = { number: number; kind: string; elector: string | null; content: Record<string, string | number | boolean>; person: string | null; how: HowSaid; at: Date }

export async function listEvents(reader: Reader<CoalitionTables>, decision: string): Promise<StoredEvent[]> {
	return reader.selectFrom('coalition.decision_event').select(['number', 'kind', 'elector', 'content', 'person', 'how', 'at']).where('decision', '=', decision).orderBy('number').execute()
}

/** The state of a consent process as its stored history gives it; what was written after it ended is no part of it. */
export function consentStateOf(decision: { text: string; rules: DecisionRules }, electors: readonly Elector[], events: readonly StoredEvent[]): ConsentState {
	const begin = beginConsent({ rules: decision.rules, electors: electors.filter(({ asked }) => asked).map(({ id }) => id), hubs: electors.filter(({ speaksForHub }) => speaksForHub).map(({ id }) => id), text: decision.text })
	return followAll(begin, events.filter(({ kind }) => kind !== 'review').map(eventOf))
}

const eventOf = ({ kind, elector, content, at }: Pick<StoredEvent, 'kind' | 'elector' | 'content' | 'at'>): ConsentEvent => ({ ...content, kind: kind as ConsentKind, at: at.toISOString(), ...(elector ? { elector } : {}) }) as ConsentEvent

type Content = StoredEvent['content']
export interface GivenStep {
	kind: string
	/** For whom, where it is not whom the person speaks for. */
	elector?: string | undefined
	/** How a helper learned it. */
	how?: string | undefined
	content: Content
}

const words = (content: Content): Content => Object.fromEntries(Object.entries(content).map(([name, value]) => [name, typeof value === 'string' ? value.trim().slice(0, 12_000) : value]))

/**
 * Lets an event follow in a consent process, where the engine and the table of permissions allow it. Errors: `decision_not_found`,
 * `decision_other_method`, `decision_owner_unknown`, the reasons of the engine, those of `requireVoice` and `requireDecisionBody`.
 */
export async function recordStep(writer: Writer<CoalitionTables>, actor: Actor, id: string, step: GivenStep, now: Date): Promise<void> {
	const decision = await getDecision(writer, id, 'update')
	const { body, electors } = await requireDecisionBody(writer, decision, actor, now)
	const { elector, how } = await requireStep(writer, actor, { body, proposer: decision.proposer, electors }, step, now)
	if (decision.method !== 'consent' || !CONSENT_KINDS.some((kind) => kind === step.kind)) throw new Refusal('decision_other_method', {})
	const events = await listEvents(writer, id)
	const stored = { kind: step.kind, elector: elector ?? null, content: words(step.content), at: now }
	const followed = mayFollow(consentStateOf(decision, electors, events), eventOf(stored))
	if ('reason' in followed) throw new Refusal(followed.reason, {})
	if (step.kind === 'adopt') await requireOwner(writer, decision.body, String(step.content.owner), now)
	await writer.insertInto('coalition.decision_event').values({ decision: id, number: events.length + 1, ...stored, content: JSON.stringify(stored.content), person: actor.person ?? null, how }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `decision.${step.kind}`, subject: `coalition:decision/${id}`, payload: { number: events.length + 1 } })
	const { phase, reviewOn, owner } = followed.state
	if (phase === 'adopted' || phase === 'returned' || phase === 'withdrawn') {
		await writer.updateTable('coalition.decision').set({ state: phase, closed_at: now, review_on: reviewOn ?? null, owner: owner ?? null }).where('id', '=', id).execute()
		if (phase === 'adopted') await tellAdopted(writer, actor, { ...decision, visibility: body.visibility }, now)
	}
}

async function requireStep(writer: Writer<CoalitionTables>, actor: Actor, { body, proposer, electors }: { body: BodyRef; proposer: string | null; electors: readonly Elector[] }, step: GivenStep, now: Date): Promise<{ elector: string | undefined; how: HowSaid }> {
	if (SPEAKING.includes(step.kind)) {
		const { elector, how } = await requireVoice(writer, body, electors, actor, step, now)
		return { elector: elector.id, how }
	}
	const own = actor.person !== undefined && actor.person === proposer && PROPOSING.includes(step.kind)
	if (!own) await requireMay(writer, body, actor, step.kind === 'question' || step.kind === 'reaction' ? 'take_part' : 'close_decision', now)
	return { elector: step.kind === 'absent' ? (electors.find(({ id }) => id === step.elector)?.id ?? '') || undefined : undefined, how: 'own' }
}

/** An adopted decision belongs to somebody of the body. Errors: `decision_owner_unknown`. */
export async function requireOwner(reader: Reader<CoalitionTables>, body: string, owner: string, now: Date): Promise<void> {
	const member = await currentMemberships(reader, now).select('id').where('body', '=', body).where('person', '=', owner).where('standing', '<>', 'observer').executeTakeFirst()
	if (!member) throw new Refusal('decision_owner_unknown', {})
}

/** Those who follow the body hear of what was adopted; what everybody may read joins the thread of the number and the goal that it stands on. */
export async function tellAdopted(writer: Writer<CoalitionTables>, actor: Actor, decision: { id: string; body: string; title: string; citation: string | null; goal: string | null; visibility: string }, now: Date): Promise<void> {
	await offerNews(writer, [decision.body], { kind: 'decision_adopted', record: `coalition:decision/${decision.id}`, title: decision.title, address: `/coalition/decisions/${decision.id}`, at: now })
	if (decision.visibility !== 'public') return
	const link = { from: `coalition:decision/${decision.id}`, at: now, by: nameOf(actor) }
	if (decision.citation) await linkRecords(writer, { ...link, relation: 'cites', to: `atlas:citation/${decision.citation}` })
	if (decision.goal) await linkRecords(writer, { ...link, relation: 'decides', to: `coalition:goal/${decision.goal}` })
}

/** Whether somebody may lead a decision through its steps: by a role, or as the one who opened it for what a proposer may do. */
export async function stepsOpenTo(reader: Reader<CoalitionTables>, actor: Actor, decision: { body: string; proposer: string | null }, visibility: BodyRef['visibility'], now: Date): Promise<{ propose: boolean; lead: boolean; takePart: boolean; enterFor: boolean }> {
	const positions = await positionsOf(reader, decision.body, actor, now)
	const lead = may(positions, 'close_decision', visibility)
	return { lead, propose: lead || (actor.person !== undefined && actor.person === decision.proposer), takePart: may(positions, 'take_part', visibility), enterFor: may(positions, 'enter_ballot_for', visibility) }
}
