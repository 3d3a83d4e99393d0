import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { BODY_ROLES, type BodyRole, type Standing } from '../bodies.ts'
import { currentMemberships, getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from './actor.ts'
import { monthsAfter } from './bodies.ts'
import type { CoalitionTables } from './coalition-tables.ts'

export type Member = { person: string } | { organization: string }

export interface MemberLine {
	membership: string
	kind: 'person' | 'organization'
	id: string
	name: string
	standing: Standing
	joinedAt: Date
	roles: { id: string; role: BodyRole; until: Date | undefined }[]
	/** Version of the charter that they accepted last; 0 for none. */
	accepted: number
}

const STANDINGS: readonly Standing[] = ['observer', 'member', 'voting']

/** Takes somebody in, or changes the standing of who is there. Returns the membership. Errors: `standing_unknown`, those of `requireOpenBody`. */
export async function addToBody(writer: Writer<CoalitionTables>, actor: Actor, body: string, member: Member, standing: string, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'add_member', now)
	const known = STANDINGS.find((one) => one === standing)
	if (!known) throw new Refusal('standing_unknown', { standing: standing.slice(0, 40) })
	return enterBody(writer, nameOf(actor), body, member, known, now)
}

/** The same without asking who may: for verbs that asked already. */
export async function enterBody(writer: Writer<CoalitionTables>, by: string, body: string, member: Member, standing: Standing, now: Date): Promise<string> {
	const [column, value] = 'person' in member ? (['person', member.person] as const) : (['organization', member.organization] as const)
	const there = await writer.selectFrom('coalition.membership').select(['id', 'standing']).where('body', '=', body).where(column, '=', value).where('left_at', 'is', null).executeTakeFirst()
	if (there?.standing === standing) return there.id
	// Standing is a part of the history too: the old membership ends and a new one begins.
	if (there) await writer.updateTable('coalition.membership').set({ left_at: now }).where('id', '=', there.id).execute()
	const id = newId('m')
	await writer.insertInto('coalition.membership').values({ id, body, person: null, organization: null, [column]: value, standing, joined_at: now, left_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: by, kind: there ? 'member.standing_changed' : 'member.joined', subject: `coalition:membership/${id}`, payload: { body, standing } })
	return id
}

/**
 * Ends a membership, with the roles that went with it; everybody may end their own. Errors: `membership_not_found`, `body_last_lead`,
 * and those of `requireOpenBody`.
 */
export async function endMembership(writer: Writer<CoalitionTables>, actor: Actor, membership: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.membership').selectAll().where('id', '=', membership).where('left_at', 'is', null).executeTakeFirst()
	if (!found) throw new Refusal('membership_not_found', {})
	if (!actor.person || found.person !== actor.person) await requireMay(writer, await getBodyRef(writer, found.body), actor, 'end_membership', now)
	if (found.person) await requireAnotherLead(writer, found.body, found.person)
	await writer.updateTable('coalition.membership').set({ left_at: now }).where('id', '=', membership).execute()
	if (found.person) await writer.updateTable('coalition.role_assignment').set({ ended_at: now }).where('body', '=', found.body).where('person', '=', found.person).where('ended_at', 'is', null).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'member.left', subject: `coalition:membership/${membership}`, payload: { body: found.body } })
}

async function requireAnotherLead(writer: Writer<CoalitionTables>, body: string, person: string): Promise<void> {
	const leads = await writer.selectFrom('coalition.role_assignment').select('person').where('body', '=', body).where('role', '=', 'lead').where('ended_at', 'is', null).execute()
	if (leads.length > 0 && leads.every((lead) => lead.person === person)) throw new Refusal('body_last_lead', {})
}

/**
 * Gives a member a role for a term of the charter. Errors: `role_unknown`, `role_needs_member`, `role_term_limit` when the charter's number
 * of terms in a row is reached, and those of `requireOpenBody`.
 */
export async function giveRole(writer: Writer<CoalitionTables>, actor: Actor, body: string, person: string, role: string, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'give_role', now)
	const known = BODY_ROLES.find((one) => one === role)
	if (!known) throw new Refusal('role_unknown', { role: role.slice(0, 40) })
	const member = await writer.selectFrom('coalition.membership').select('id').where('body', '=', body).where('person', '=', person).where('left_at', 'is', null).where('standing', '<>', 'observer').executeTakeFirst()
	if (!member) throw new Refusal('role_needs_member', {})
	const { rules } = await writer.selectFrom('coalition.charter').select('rules').where('body', '=', body).orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()
	const terms = await writer.selectFrom('coalition.role_assignment').select(['id', 'ended_at']).where('body', '=', body).where('person', '=', person).where('role', '=', known).execute()
	if (rules.termLimit > 0 && terms.length >= rules.termLimit) throw new Refusal('role_term_limit', { terms: rules.termLimit })
	await writer.updateTable('coalition.role_assignment').set({ ended_at: now }).where('body', '=', body).where('person', '=', person).where('role', '=', known).where('ended_at', 'is', null).execute()
	const id = newId('r')
	await writer.insertInto('coalition.role_assignment').values({ id, body, person, role: known, began_at: now, until: monthsAfter(now, rules.termMonths), ended_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'role.given', subject: `coalition:role/${id}`, payload: { body, role: known } })
	return id
}

/** Ends a role. Errors: `role_not_found`, `body_last_lead`, those of `requireMay`. */
export async function endRole(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.role_assignment').selectAll().where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst()
	if (!found) throw new Refusal('role_not_found', {})
	await requireMay(writer, await getBodyRef(writer, found.body), actor, 'give_role', now)
	if (found.role === 'lead') await requireAnotherLead(writer, found.body, found.person)
	await writer.updateTable('coalition.role_assignment').set({ ended_at: now }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'role.ended', subject: `coalition:role/${id}`, payload: { body: found.body, role: found.role } })
}

/** Who belongs to a body today: organizations, then people, by name. What may be shown to whom is the caller's question. */
export async function listMembers(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<MemberLine[]> {
	const [members, roles, accepted] = await Promise.all([
		currentMemberships(reader, now).leftJoin('people.person', 'people.person.id', 'coalition.membership.person').leftJoin('people.organization', 'people.organization.id', 'coalition.membership.organization')
			.select(['coalition.membership.id', 'person', 'organization', 'standing', 'joined_at', 'people.person.name as person_name', 'people.organization.name as organization_name']).where('body', '=', body).execute(),
		reader.selectFrom('coalition.role_assignment').selectAll().where('body', '=', body).where('ended_at', 'is', null).where((where) => where.or([where('until', 'is', null), where('until', '>', now)])).orderBy('role').execute(),
		reader.selectFrom('coalition.charter_acceptance').select(({ fn }) => ['person', fn.max('version').as('version')]).where('body', '=', body).groupBy('person').execute(),
	])
	const lines = members.map(({ id, person, organization, standing, joined_at, person_name, organization_name }): MemberLine => ({
		membership: id, kind: organization ? 'organization' : 'person', id: (person ?? organization)!, name: (person_name ?? organization_name)!, standing, joinedAt: joined_at,
		roles: roles.filter((role) => person && role.person === person).map(({ id: role, role: name, until }) => ({ id: role, role: name, until: until ?? undefined })),
		accepted: accepted.find((one) => one.person === person)?.version ?? 0,
	}))
	return lines.sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1))
}

/** How the people of a body are reached, oldest first. What may be shown to whom is the caller's question. */
export async function listMemberContacts(reader: Reader<CoalitionTables>, body: string, now: Date): Promise<{ person: string; channel: string; value: string }[]> {
	return currentMemberships(reader, now).innerJoin('people.contact_point as point', 'point.person', 'coalition.membership.person')
		.select(({ ref }) => [ref('point.person').$castTo<string>().as('person'), 'point.channel', 'point.value']).where('body', '=', body).orderBy('point.made_at').orderBy('point.id').execute()
}
