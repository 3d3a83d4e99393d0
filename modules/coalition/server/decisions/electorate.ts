import { newId, Refusal, type Reader, type Writer } from '#database'
import { voiceOf, type ElectorateKind } from '../../decisions/methods.ts'
import { currentMemberships, getBodyRef, requireMay, requireOpenBody, type Actor, type BodyRef } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { HowSaid } from './decision-tables.ts'

interface Frozen {
	person: string | null
	organization: string | null
	member_body: string | null
	asked: boolean
	speaks_for_hub: boolean
}

/** Writes who is asked, as it is on this day; nothing changes it later. Errors: `decision_nobody_asked`. */
export async function freezeElectorate(writer: Writer<CoalitionTables>, decision: string, body: BodyRef & { kind: string }, kind: ElectorateKind, hubsMayBlock: boolean, now: Date): Promise<number> {
	const nobody = { person: null, organization: null, member_body: null }
	const linked = await linkedBodies(writer, body.id)
	const hubs = hubsMayBlock ? linked.filter((one) => one.kind === 'equity_hub') : []
	const bodies = [body, ...linked].map((one): Frozen => ({ ...nobody, member_body: one.id, asked: true, speaks_for_hub: hubsMayBlock && one.kind === 'equity_hub' }))
	const members = await currentMemberships(writer, now).select(['person', 'organization']).where('body', '=', body.id).where('standing', '=', 'voting').execute()
	const own = members.filter(({ person }) => (kind === 'people') === (person !== null)).map((member): Frozen => ({ ...nobody, ...member, asked: true, speaks_for_hub: false }))
	const electors = kind === 'bodies' ? bodies : [...own, ...hubs.map(({ id }): Frozen => ({ ...nobody, member_body: id, asked: false, speaks_for_hub: true }))]
	const asked = electors.filter((one) => one.asked).length
	if (asked === 0) throw new Refusal('decision_nobody_asked', {})
	await writer.insertInto('coalition.elector').values(electors.map((one) => ({ id: newId('e'), decision, ...one }))).execute()
	return asked
}

async function linkedBodies(reader: Reader<CoalitionTables>, body: string): Promise<{ id: string; kind: string }[]> {
	return reader.selectFrom('coalition.body_link as link').innerJoin('coalition.body as other', (join) => join.on((on) => on.or([on('other.id', '=', on.ref('link.a')), on('other.id', '=', on.ref('link.b'))])))
		.select(['other.id', 'other.kind']).where((where) => where.or([where('link.a', '=', body), where('link.b', '=', body)])).where('other.id', '<>', body).where('other.closed_at', 'is', null)
		.where('link.agreed_a_at', 'is not', null).where('link.agreed_b_at', 'is not', null).where('link.ended_at', 'is', null).distinct().orderBy('other.id').execute()
}

export interface Elector {
	id: string
	kind: 'person' | 'organization' | 'body'
	name: string
	asked: boolean
	speaksForHub: boolean
	/** A body that only its members know of. */
	hidden: boolean
	/** People who may speak for it today. */
	voices: string[]
}

/** The electorate of a decision by name, with who may speak for each today. */
export async function listElectors(reader: Reader<CoalitionTables>, decision: { id: string; body: string }, now: Date): Promise<Elector[]> {
	const rows = await reader.selectFrom('coalition.elector as elector')
		.leftJoin('people.person', 'people.person.id', 'elector.person').leftJoin('people.organization', 'people.organization.id', 'elector.organization').leftJoin('coalition.body', 'coalition.body.id', 'elector.member_body')
		.select(['elector.id', 'elector.person', 'elector.organization', 'elector.member_body', 'asked', 'speaks_for_hub', 'people.person.name as person_name', 'people.organization.name as organization_name', 'coalition.body.name as body_name', 'coalition.body.visibility'])
		.where('elector.decision', '=', decision.id).execute()
	const organizations = rows.flatMap(({ organization }) => organization ?? [])
	const bodies = rows.flatMap(({ member_body }) => member_body ?? [])
	const [represent, speak] = await Promise.all([
		organizations.length === 0 ? [] : reader.selectFrom('coalition.representation').select(['organization', 'person', 'role']).where('body', '=', decision.body).where('organization', 'in', organizations).where('ended_at', 'is', null).execute(),
		bodies.length === 0 ? [] : reader.selectFrom('coalition.role_assignment as role').innerJoin('coalition.membership as member', (join) => join.onRef('member.person', '=', 'role.person').onRef('member.body', '=', 'role.body')).select(['role.body', 'role.person'])
			.where('role.body', 'in', bodies).where('role.role', 'in', ['lead', 'delegate']).where('role.ended_at', 'is', null).where('member.left_at', 'is', null)
			.where((where) => where.or([where('role.until', 'is', null), where('role.until', '>', now)])).execute(),
	])
	const electors = rows.map((row): Elector => ({
		id: row.id, asked: row.asked, speaksForHub: row.speaks_for_hub, hidden: row.visibility === 'private', kind: row.person ? 'person' : row.organization ? 'organization' : 'body', name: row.person_name ?? row.organization_name ?? row.body_name!,
		voices: row.person ? [row.person] : row.organization ? voiceOf(represent.filter(({ organization }) => organization === row.organization)) : [...new Set(speak.filter(({ body }) => body === row.member_body).map(({ person }) => person))],
	}))
	return electors.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

export const speaksFor = (electors: readonly Elector[], actor: Actor): Elector[] => electors.filter(({ voices }) => actor.person !== undefined && voices.includes(actor.person))

/**
 * The open body of a decision with the electorate, for somebody who may know of it: by the body, or because they are asked.
 * Errors: those of `requireOpenBody`.
 */
export async function requireDecisionBody(reader: Reader<CoalitionTables>, decision: { id: string; body: string }, actor: Actor, now: Date) {
	const electors = await listElectors(reader, decision, now)
	if (speaksFor(electors, actor).length === 0) return { electors, body: await requireOpenBody(reader, decision.body, actor, 'see_page', now) }
	const body = await getBodyRef(reader, decision.body)
	if (body.closed) throw new Refusal('body_closed', { name: body.name })
	return { electors, body }
}

/**
 * For whom somebody speaks, and how it reached the table. Without an elector it is the one that the person speaks for. An elector keeps
 * the right when the membership ends. Errors: `consent_not_an_elector`, `ballot_how_unknown`, and those of `requireMay`.
 */
export async function requireVoice(reader: Reader<CoalitionTables>, body: BodyRef, electors: readonly Elector[], actor: Actor, given: { elector?: string | undefined; how?: string | undefined }, now: Date): Promise<{ elector: Elector; how: HowSaid }> {
	const mine = speaksFor(electors, actor)
	const elector = given.elector ? electors.find(({ id }) => id === given.elector) : mine[0]
	if (elector && mine.includes(elector)) return { elector, how: 'own' }
	await requireMay(reader, body, actor, given.elector ? 'enter_ballot_for' : 'cast_ballot', now)
	if (!elector) throw new Refusal('consent_not_an_elector', {})
	if (given.how !== 'phone' && given.how !== 'paper') throw new Refusal('ballot_how_unknown', {})
	return { elector, how: given.how }
}
