import { sql } from 'kysely'
import type { Reader } from '#database'
import type { ConsentState } from '../../decisions/consent-state.ts'
import { dayOf } from '../../decisions/day.ts'
import type { DecisionState, ElectorateKind, Method } from '../../decisions/methods.ts'
import { may } from '../../permissions.ts'
import { getBodyRef, positionsOf, type Actor, type OwnBody } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { objectingSince } from '../../decisions/objection-wait.ts'
import { listBallots, standingHubs } from './ballots.ts'
import type { HowSaid, Result } from './decision-tables.ts'
import { listElectors, speaksFor, type Elector } from './electorate.ts'
import { consentStateOf, listEvents, stepsOpenTo, type StoredEvent } from './follow-decision.ts'

export interface DecisionLine {
	id: string
	title: string
	method: Method
	electorate: ElectorateKind
	secret: boolean
	openedAt: Date
	closesOn: string | undefined
	state: DecisionState
	closedAt: Date | undefined
	reviewOn: string | undefined
	/** The day on which it should have been looked at again is over. */
	overdue: boolean
	/** What it waits for from this person: a word in the round, a ballot, or somebody to close it. */
	waits: 'word' | 'ballot' | 'closing' | undefined
}

export interface DecisionView extends DecisionLine {
	body: { id: string; slug: string; name: string; closed: boolean }
	text: string
	options: string[]
	citation: string | undefined
	/** The goal that it is about. */
	goal: { id: string; title: string } | undefined
	quorumShare: number
	hubsMayBlock: boolean
	owner: string | undefined
	outcome: string
	/** Electors by name; the names of people and of who may speak only where the reader may see the members. */
	electors: (Omit<Elector, 'voices' | 'hidden'> & { voted: boolean; enteredFor: HowSaid })[]
	/** Electors that this person speaks for. */
	mine: string[]
	events: (StoredEvent & { personName: string })[]
	consent: ConsentState | undefined
	/** Counted, once closed. */
	result: Result | undefined
	/** Open ballots with their voters: advice at once, others once closed. */
	ballots: { elector?: string; choice: string[]; reason: string }[]
	hubsObject: string[]
	/** Since when the objection of each hub's elector stands. */
	hubsWait: Record<string, Date>
	can: { propose: boolean; lead: boolean; takePart: boolean; enterFor: boolean; seeMembers: boolean }
}

const rowsOf = (reader: Reader<CoalitionTables>) => reader.selectFrom('coalition.decision').selectAll()
	.select([sql<string | null>`closes_on::text`.as('closes_on'), sql<string | null>`review_on::text`.as('review_on')])
type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]

/** Decisions about a goal, newest first, as anybody reads them who may read what is inside the body. */
export async function listDecisionsAbout(reader: Reader<CoalitionTables>, goal: string, now: Date): Promise<DecisionLine[]> {
	const rows = await rowsOf(reader).where('goal', '=', goal).orderBy('opened_at', 'desc').orderBy('id').execute()
	return rows.map((row) => lineOf(row, undefined, now))
}

/** Decisions of a body: what waits for this person first, then what is open, then the others, newest first. */
export async function listDecisions(reader: Reader<CoalitionTables>, actor: Actor, body: { id: string; visibility: 'public' | 'listed' | 'private' }, now: Date): Promise<DecisionLine[]> {
	const rows = await rowsOf(reader).where('body', '=', body.id).orderBy('opened_at', 'desc').orderBy('id').execute()
	const lead = may(await positionsOf(reader, body.id, actor, now), 'close_decision', body.visibility)
	const lines = await Promise.all(rows.map(async (row) => lineOf(row, row.state === 'open' && actor.person ? await waitsFor(reader, row, actor, lead, now) : undefined, now)))
	const rank = ({ waits, state }: DecisionLine) => (waits ? 0 : state === 'open' ? 1 : 2)
	return lines.sort((a, b) => rank(a) - rank(b))
}

/** Adopted decisions of a body whose day to look at them again is over, the longest overdue first. */
export async function listOverdue(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<{ id: string; title: string; reviewOn: string }[]> {
	const rows = await rowsOf(reader).where('body', '=', body).where('state', '=', 'adopted').where('review_on', '<', dayOf(now)).orderBy('coalition.decision.review_on').orderBy('id').execute()
	return rows.map(({ id, title, review_on }) => ({ id, title, reviewOn: review_on! }))
}

function lineOf(row: Row, waits: DecisionLine['waits'], now: Date): DecisionLine {
	const { id, title, method, electorate, secret, state } = row
	return {
		id, title, method, electorate, secret, state, waits, openedAt: row.opened_at, closesOn: row.closes_on ?? undefined, closedAt: row.closed_at ?? undefined, reviewOn: row.review_on ?? undefined,
		overdue: state === 'adopted' && row.review_on !== null && row.review_on < dayOf(now),
	}
}

/**
 * Open decisions that wait for this person: those of their bodies, those that ask them or an organization that they represent, and those that
 * ask one of their bodies.
 */
export async function listWaitingDecisions(reader: Reader<CoalitionTables>, actor: Actor, bodies: readonly OwnBody[], now: Date): Promise<(DecisionLine & { body: string })[]> {
	const own = bodies.map(({ id }) => id)
	if (!actor.person) return []
	const asked = reader.selectFrom('coalition.elector').select('decision').where((where) => where.or([
		where('person', '=', actor.person!), ...(own.length > 0 ? [where('member_body', 'in', own)] : []),
		where('organization', 'in', reader.selectFrom('coalition.representation').select('organization').where('person', '=', actor.person!).where('ended_at', 'is', null)),
	]))
	const rows = await rowsOf(reader).where('state', '=', 'open').where((where) => where.or([where('id', 'in', asked), ...(own.length > 0 ? [where('body', 'in', own)] : [])])).orderBy('opened_at').orderBy('id').execute()
	const lines = await Promise.all(rows.map(async (row) => {
		const home = bodies.find(({ id }) => id === row.body)
		const lead = home !== undefined && may(home.positions, 'close_decision', home.visibility)
		return { ...lineOf(row, await waitsFor(reader, row, actor, lead, now), now), body: row.body }
	}))
	return lines.filter(({ waits }) => waits !== undefined)
}

async function waitsFor(reader: Reader<CoalitionTables>, row: Row, actor: Actor, lead: boolean, now: Date): Promise<DecisionLine['waits']> {
	const electors = await listElectors(reader, row, now)
	const mine = speaksFor(electors, actor).filter(({ asked }) => asked)
	if (row.method === 'consent') {
		const state = consentStateOf(row, electors, await listEvents(reader, row.id))
		return waitsInConsent(state, mine.map(({ id }) => id), lead)
	}
	const taken = await takenOf(reader, electors)
	if (row.closes_on! >= dayOf(now) && mine.some(({ id }) => !taken.has(id))) return 'ballot'
	return lead && (row.closes_on! < dayOf(now) || taken.size === electors.filter(({ asked }) => asked).length) ? 'closing' : undefined
}

function waitsInConsent({ phase, entries, votes, setup }: ConsentState, mine: readonly string[], lead: boolean): DecisionLine['waits'] {
	const said: Readonly<Record<string, unknown>> = phase === 'fallback' ? votes : entries
	if (phase === 'round' || phase === 'fallback') {
		if (mine.some((id) => !(id in said))) return phase === 'round' ? 'word' : 'ballot'
		return lead && setup.electors.every((id) => id in said) ? 'closing' : undefined
	}
	return undefined
}

const takenOf = async (reader: Reader<CoalitionTables>, electors: readonly Elector[]): Promise<Map<string, HowSaid>> =>
	new Map(electors.length === 0 ? [] : (await reader.selectFrom('coalition.ballot_taken').select(['elector', 'how']).where('elector', 'in', electors.map(({ id }) => id)).execute()).map(({ elector, how }) => [elector, how]))

/** A decision as this reader may read it; undefined where there is none, or where they may not read inside its body and are not asked. */
export async function findDecision(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<DecisionView | undefined> {
	const row = await rowsOf(reader).where('id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const [body, positions, electors] = await Promise.all([getBodyRef(reader, row.body), positionsOf(reader, row.body, actor, now), listElectors(reader, row, now)])
	const mine = speaksFor(electors, actor)
	if (mine.length === 0 && !may(positions, 'see_inside', body.visibility)) return undefined
	const seeMembers = mine.length > 0 || may(positions, 'see_members', body.visibility)
	const [events, taken, can, owner] = await Promise.all([listNamedEvents(reader, id), takenOf(reader, electors), stepsOpenTo(reader, actor, row, body.visibility, now), row.owner && seeMembers ? reader.selectFrom('people.person').select('name').where('id', '=', row.owner).executeTakeFirst() : undefined])
	const shown = row.state !== 'open' || row.method === 'advice'
	const goal = row.goal ? await reader.selectFrom('coalition.goal').select(['id', 'title']).where('id', '=', row.goal).executeTakeFirst() : undefined
	const waits = row.state === 'open' && actor.person ? await waitsFor(reader, row, actor, can.lead, now) : undefined
	return {
		...lineOf(row, waits, now), body: { id: body.id, slug: body.slug, name: body.name, closed: body.closed }, text: row.text, options: row.options, citation: row.citation ?? undefined, goal,
		quorumShare: row.rules.quorumShare, hubsMayBlock: row.rules.hubsMayBlock, owner: owner?.name, outcome: row.outcome, mine: mine.map((one) => one.id),
		electors: electors.map(({ voices: _, hidden, ...one }) => ({ ...one, name: (one.kind === 'person' || hidden) && !seeMembers ? '' : one.name, voted: taken.has(one.id), enteredFor: taken.get(one.id) ?? 'own' })),
		events: seeMembers ? events : events.map(withoutPeople),
		consent: row.method === 'consent' ? { ...consentStateOf(row, electors, events), owner: undefined } : undefined,
		result: shown && row.result ? row.result : undefined,
		ballots: shown && !row.secret && row.method !== 'consent' ? await listBallots(reader, row) : [],
		hubsWait: Object.fromEntries(electors.filter(({ speaksForHub }) => speaksForHub).flatMap(({ id }) => { const since = objectingSince(events, id); return since ? [[id, since]] : [] })),
		hubsObject: row.method === 'consent' ? [] : standingHubs(electors, events), can: { ...can, seeMembers },
	}
}

/** Neither names nor the identifiers by which what one person did here and there could be put together. */
function withoutPeople({ content: { owner: _, ...content }, ...event }: StoredEvent & { personName: string }): StoredEvent & { personName: string } {
	return { ...event, content, person: null, personName: '' }
}

async function listNamedEvents(reader: Reader<CoalitionTables>, id: string): Promise<(StoredEvent & { personName: string })[]> {
	const events = await listEvents(reader, id)
	const people = [...new Set(events.flatMap(({ person }) => person ?? []))]
	const names = people.length === 0 ? [] : await reader.selectFrom('people.person').select(['id', 'name']).where('id', 'in', people).execute()
	return events.map((event) => ({ ...event, personName: names.find((one) => one.id === event.person)?.name ?? '' }))
}
