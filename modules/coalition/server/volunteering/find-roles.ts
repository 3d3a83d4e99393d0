import type { Reader } from '#database'
import { publicHours, sumHours, type HoursOfYear } from '../../taking-part/volunteering.ts'
import { getBodyRef, positionsOf, requireMay, type Actor } from '../actor.ts'
import { may } from '../../permissions.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { getRoleRow } from './roles.ts'

export interface ShiftLine {
	id: string
	startsAt: Date
	endsAt: Date
	seats: number
	taken: number
	waiting: number
	/** Why it was called off; undefined where it was not. */
	calledOff: string | undefined
}

export interface RoleLine {
	id: string
	title: string
	about: string
	languages: string
	place: string
	zone: string
	body: { id: string; slug: string; name: string }
	closed: boolean
	/** When the next shift begins that is not called off, and how many such shifts and free seats there are. */
	next: ShiftLine | undefined
	coming: number
	free: number
}

export interface RoleView extends RoleLine {
	skills: string
	leastAge: number | undefined
	minors: boolean
	coordinator: string
	contact: string
	helps: { record: string; title: string; path: string } | undefined
	/** Shifts that have not begun, by their beginning. */
	shifts: ShiftLine[]
	/** What everybody may know of the hours that were worked. */
	hours: { year: number; hours: number }[]
}

const PATHS = { campaign: '/coalition/campaigns', convening: '/convenings', response: '/response' } as const

/** Every shift of these roles with its seats, by its beginning. */
export async function listShifts(reader: Reader<CoalitionTables>, roles: readonly string[]): Promise<(ShiftLine & { role: string })[]> {
	if (roles.length === 0) return []
	const rows = await reader.selectFrom('coalition.shift').leftJoin('coalition.shift_sign_up as one', 'one.shift', 'coalition.shift.id')
		.select(({ fn, case: when }) => [
			fn.sum<string>(when().when('one.state', '=', 'seat').then(1).else(0).end()).as('taken'),
			fn.sum<string>(when().when('one.state', '=', 'waiting').then(1).else(0).end()).as('waiting'),
		]).select(['coalition.shift.id', 'role', 'starts_at', 'ends_at', 'seats', 'called_off_at', 'reason']).where('role', 'in', [...roles]).groupBy('coalition.shift.id').orderBy('starts_at').orderBy('coalition.shift.id').execute()
	return rows.map((row) => ({ id: row.id, role: row.role, startsAt: row.starts_at, endsAt: row.ends_at, seats: row.seats, taken: Number(row.taken), waiting: Number(row.waiting), calledOff: row.called_off_at ? row.reason : undefined }))
}

/** Seats that somebody who comes now gets: none while others wait. */
export const freeSeats = ({ seats, taken, waiting }: ShiftLine): number => (waiting > 0 ? 0 : Math.max(0, seats - taken))

interface Asked {
	body?: string
	helps?: string
	/** Only roles that somebody can take a shift of today. */
	open?: boolean
}

/** Roles that a reader may see: of a body, of what they help, or of all public bodies; those with the soonest shift first. At most 200. */
export async function listRoles(reader: Reader<CoalitionTables>, actor: Actor, { body, helps, open }: Asked, now: Date): Promise<RoleLine[]> {
	let query = reader.selectFrom('coalition.volunteer_role as role').innerJoin('coalition.body as body', 'body.id', 'role.body').select(['role.id', 'title', 'about', 'languages', 'place', 'zone', 'role.closed_at', 'body.id as body', 'slug', 'name', 'visibility'])
	if (body) query = query.where('role.body', '=', body)
	if (helps) query = query.where('helps', '=', helps)
	if (!body && !helps) query = query.where('visibility', '=', 'public').where('body.closed_at', 'is', null)
	if (open) query = query.where('role.closed_at', 'is', null)
	const found = await query.orderBy('offered_at', 'desc').orderBy('role.id').limit(200).execute()
	const readable = new Set<string>()
	for (const [id, visibility] of new Map(found.map((row) => [row.body, row.visibility]))) if (may(await positionsOf(reader, id, actor, now), 'see_inside', visibility)) readable.add(id)
	const rows = found.filter((row) => readable.has(row.body))
	const shifts = await listShifts(reader, rows.map(({ id }) => id))
	const lines = rows.map((row): RoleLine => ({ id: row.id, title: row.title, about: row.about, languages: row.languages, place: row.place, zone: row.zone, body: { id: row.body, slug: row.slug, name: row.name }, closed: row.closed_at !== null, ...comingOf(shifts.filter(({ role }) => role === row.id), now) }))
	const soon = ({ closed, next }: RoleLine) => (closed || !next ? Infinity : next.startsAt.getTime())
	return lines.filter(({ next }) => !open || next !== undefined).sort((a, b) => soon(a) - soon(b) || Number(a.closed) - Number(b.closed))
}

function comingOf(shifts: readonly ShiftLine[], now: Date): Pick<RoleLine, 'next' | 'coming' | 'free'> {
	const coming = shifts.filter(({ startsAt, calledOff }) => calledOff === undefined && startsAt > now)
	return { next: coming[0], coming: coming.length, free: coming.reduce((sum, shift) => sum + freeSeats(shift), 0) }
}

/** A role as this reader may know it. `holder`: whether they have the code of somebody who took a shift. Errors: `volunteer_role_not_found`, those of `requireMay`. */
export async function findRole(reader: Reader<CoalitionTables>, actor: Actor, id: string, { holder = false }: { holder?: boolean }, now: Date): Promise<RoleView> {
	const row = await getRoleRow(reader, id)
	const body = await getBodyRef(reader, row.body)
	if (!holder) await requireMay(reader, body, actor, 'see_inside', now)
	const [shifts, years, helps] = await Promise.all([listShifts(reader, [id]), hoursOfRole(reader, id, row.zone), row.helps ? findHelped(reader, row.helps) : undefined])
	return {
		id, title: row.title, about: row.about, skills: row.skills, languages: row.languages, place: row.place, zone: row.zone, leastAge: row.least_age ?? undefined, minors: row.minors, coordinator: row.coordinator, contact: row.contact,
		body: { id: body.id, slug: body.slug, name: body.name }, closed: row.closed_at !== null || body.closed, helps, shifts: shifts.filter(({ startsAt }) => startsAt > now), hours: publicHours(years), ...comingOf(shifts, now),
	}
}

async function findHelped(reader: Reader<CoalitionTables>, record: string): Promise<RoleView['helps']> {
	const [, kind, id] = /^coalition:(campaign|convening|response)\/(.+)$/.exec(record) as unknown as [string, keyof typeof PATHS, string]
	const table = kind === 'campaign' ? 'coalition.campaign' : kind === 'convening' ? 'coalition.convening' : 'coalition.response_call'
	const { title } = await reader.selectFrom(table).select('title').where('id', '=', id).executeTakeFirstOrThrow()
	return { record, title, path: `${PATHS[kind]}/${id}` }
}

/** Hours of a role by year, of those whose coming somebody recorded; people are told apart by how they are reached. For those who coordinate: everybody else gets `publicHours` of it. */
export async function hoursOfRole(reader: Reader<CoalitionTables>, role: string, zone: string): Promise<HoursOfYear[]> {
	const rows = await reader.selectFrom('coalition.shift_sign_up as one').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').innerJoin('coalition.volunteer', 'coalition.volunteer.id', 'one.volunteer')
		.innerJoinLateral((from) => from.selectFrom('coalition.shift_attendance').select('came').whereRef('sign_up', '=', 'one.id').orderBy('coalition.shift_attendance.id', 'desc').limit(1).as('last'), (join) => join.onTrue())
		.select(({ selectFrom }) => selectFrom('people.contact_point').select('normalized').whereRef('people.contact_point.person', '=', 'coalition.volunteer.person').orderBy('made_at').limit(1).as('reached'))
		.select(['coalition.volunteer.person', 'starts_at', 'ends_at']).where('coalition.shift.role', '=', role).where('last.came', '=', true).execute()
	return sumHours(rows.map(({ reached, person, starts_at, ends_at }) => ({ who: reached ?? person, startsAt: starts_at, endsAt: ends_at })), zone)
}

/** Shifts that a signed-in person has or waits for, soonest first. */
export async function listOwnShifts(reader: Reader<CoalitionTables>, person: string, now: Date): Promise<{ role: string; title: string; startsAt: Date; endsAt: Date; zone: string; code: string; waits: boolean }[]> {
	const rows = await reader.selectFrom('coalition.shift_sign_up as one').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').innerJoin('coalition.volunteer', 'coalition.volunteer.id', 'one.volunteer').innerJoin('coalition.volunteer_role as role', 'role.id', 'coalition.shift.role')
		.select(['role.id as role', 'title', 'zone', 'starts_at', 'ends_at', 'code', 'state']).where('person', '=', person).where('state', '<>', 'given_back').where('called_off_at', 'is', null).where('ends_at', '>', now).orderBy('starts_at').execute()
	return rows.map(({ starts_at, ends_at, state, ...row }) => ({ ...row, startsAt: starts_at, endsAt: ends_at, waits: state === 'waiting' }))
}
