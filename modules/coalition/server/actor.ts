import { Refusal, type Reader } from '#database'
import type { BodyRole, Standing, Visibility } from '../bodies.ts'
import { may, type BodyAction, type Position } from '../permissions.ts'
import type { CoalitionTables } from './coalition-tables.ts'

/** Who asks. A visitor has neither account nor person. */
export interface Actor {
	account: string | undefined
	person: string | undefined
	administrator: boolean
}

export const VISITOR: Actor = { account: undefined, person: undefined, administrator: false }

/** The name under which the ledger keeps what somebody did. */
export const nameOf = (actor: Actor): string => actor.account ?? actor.person ?? 'visitor'

export interface BodyRef {
	id: string
	visibility: Visibility
}

/** Memberships that count: not ended, and not of a link person whose term is over. */
export function currentMemberships(reader: Reader<CoalitionTables>, now: Date) {
	return reader.selectFrom('coalition.membership').where('left_at', 'is', null).where(({ not, exists, selectFrom }) =>
		not(exists(selectFrom('coalition.link_person').select('coalition.link_person.id').whereRef('coalition.link_person.membership', '=', 'coalition.membership.id').where('coalition.link_person.until', '<=', now))))
}

/** Everything that somebody is to a body at a time. An ended membership, a role past its term and a closed body count no more. */
export async function positionsOf(reader: Reader<CoalitionTables>, body: string, actor: Actor, now: Date): Promise<Position[]> {
	const positions: Position[] = [actor.account || actor.person ? 'account' : 'visitor']
	if (actor.administrator) positions.push('administrator')
	if (!actor.person) return positions
	const [standings, backbone] = await Promise.all([
		currentMemberships(reader, now).select('standing').where('body', '=', body).where('person', '=', actor.person).execute(),
		belongsToBackbone(reader, actor.person, now),
	])
	if (backbone) positions.push('backbone')
	if (standings.length === 0) return positions
	const roles = await reader
		.selectFrom('coalition.role_assignment').select('role').where('body', '=', body).where('person', '=', actor.person).where('ended_at', 'is', null)
		.where((where) => where.or([where('until', 'is', null), where('until', '>', now)])).execute()
	return [...positions, ...standings.map(({ standing }): Standing => standing), ...roles.map(({ role }): BodyRole => role)]
}

/** Whether somebody is a member of an open backbone; observers are guests there. */
async function belongsToBackbone(reader: Reader<CoalitionTables>, person: string, now: Date): Promise<boolean> {
	const row = await currentMemberships(reader, now).innerJoin('coalition.body', 'coalition.body.id', 'coalition.membership.body').select('coalition.body.id')
		.where('person', '=', person).where('standing', '<>', 'observer').where('kind', '=', 'backbone').where('closed_at', 'is', null).limit(1).executeTakeFirst()
	return row !== undefined
}

export interface OwnBody {
	id: string
	name: string
	slug: string
	visibility: Visibility
	positions: Position[]
}

/** The open bodies to which somebody belongs at a time, by name, with everything that they are there. */
export async function listOwnBodies(reader: Reader<CoalitionTables>, actor: Actor, now: Date): Promise<OwnBody[]> {
	if (!actor.person) return []
	const [members, roles] = await Promise.all([
		currentMemberships(reader, now).innerJoin('coalition.body', 'coalition.body.id', 'coalition.membership.body').select(['coalition.body.id', 'name', 'slug', 'visibility', 'standing']).where('person', '=', actor.person).where('closed_at', 'is', null).orderBy('name').execute(),
		reader.selectFrom('coalition.role_assignment').select(['body', 'role']).where('person', '=', actor.person).where('ended_at', 'is', null).where((where) => where.or([where('until', 'is', null), where('until', '>', now)])).execute(),
	])
	return members.map(({ standing, ...body }) => ({ ...body, positions: ['account', ...(actor.administrator ? (['administrator'] as const) : []), standing, ...roles.filter(({ body: of }) => of === body.id).map(({ role }) => role)] }))
}

/**
 * Refuses what the table of permissions does not allow. Errors: `body_not_found` where somebody may not even know of the body,
 * `not_permitted`.
 */
export async function requireMay(reader: Reader<CoalitionTables>, body: BodyRef, actor: Actor, action: BodyAction, now: Date): Promise<void> {
	const positions = await positionsOf(reader, body.id, actor, now)
	if (may(positions, action, body.visibility)) return
	throw new Refusal(may(positions, 'see_page', body.visibility) ? 'not_permitted' : 'body_not_found', {})
}

/** The body of an id, open or closed. Errors: `body_not_found`. */
export async function getBodyRef(reader: Reader<CoalitionTables>, id: string): Promise<BodyRef & { name: string; slug: string; kind: string; closed: boolean }> {
	const found = await reader.selectFrom('coalition.body').select(['id', 'name', 'slug', 'kind', 'visibility', 'closed_at']).where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('body_not_found', {})
	const { closed_at, ...body } = found
	return { ...body, closed: closed_at !== null }
}

/** The body of an id for a change: allowed, and not closed. Errors: `body_not_found`, `not_permitted`, `body_closed`. */
export async function requireOpenBody(reader: Reader<CoalitionTables>, id: string, actor: Actor, action: BodyAction, now: Date) {
	const body = await getBodyRef(reader, id)
	await requireMay(reader, body, actor, action, now)
	if (body.closed) throw new Refusal('body_closed', { name: body.name })
	return body
}
