import { newId, Refusal, type Reader, type Writer } from '#database'
import { findOverlap, MOST_SHIFTS, type SignUpState } from '../../taking-part/volunteering.ts'
import { requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { addGuest, readCode } from '../convenings/rsvps.ts'
import { whenInLetter } from '../convenings/tell-guests.ts'
import { getRoleRow, lockRole, requireRole } from './roles.ts'
import { fillShift } from './shift-seats.ts'
import { tellMovedUp, tellSignedUp } from './volunteer-letters.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** What somebody gives who takes shifts. */
export interface GivenVolunteer {
	name: string
	/** An e-mail address or a telephone number. */
	contact: string
	shifts: readonly string[]
	note: string
	language: 'en' | 'es'
	/** Whether they are under 18, and the guardian who agrees. */
	minor: boolean
	guardian: string
	guardianConsent: boolean
	/** What one opening of the form carries: sending it twice is once. */
	formKey: string
}

const CODE_SIGNS = 8

/**
 * Takes shifts for somebody without an account: of each a seat, or a place in its line behind everybody who waits; all of them or none. Returns the
 * code that reads, confirms and gives them back. Errors: `role_closed`, `sign_up_without_shift`, `sign_up_without_contact`, `sign_up_adults`,
 * `sign_up_guardian`, `person_without_name`, `contact_unreadable`, those of `takeShifts` and `requireOpenBody`.
 */
export async function signUp(writer: CoalitionWriter, actor: Actor, role: string, given: GivenVolunteer, now: Date): Promise<{ code: string; repeated: boolean }> {
	await lockRole(writer, role)
	const { body, closed_at, minors } = await getRoleRow(writer, role)
	await requireOpenBody(writer, body, actor, 'see_inside', now)
	const formKey = given.formKey.slice(0, 60) || null
	const before = formKey && (await writer.selectFrom('coalition.volunteer').select('code').where('role', '=', role).where('form_key', '=', formKey).executeTakeFirst())
	if (before) return { ...before, repeated: true }
	if (closed_at) throw new Refusal('role_closed')
	if (given.minor && !minors) throw new Refusal('sign_up_adults')
	const guardian = given.guardian.trim().slice(0, 120)
	if (given.minor && (!guardian || !given.guardianConsent)) throw new Refusal('sign_up_guardian')
	if (given.shifts.length === 0) throw new Refusal('sign_up_without_shift')
	if (!given.contact.trim()) throw new Refusal('sign_up_without_contact')
	const person = await addGuest(writer, actor, given, now)
	const [id, code] = [newId('vo'), newId('', CODE_SIGNS).slice(1)]
	await writer.insertInto('coalition.volunteer').values({
		id, role, person, code, form_key: formKey, note: given.note.trim().slice(0, 1000), language: given.language, guardian: given.minor ? guardian : '', guardian_consent_at: given.minor ? now : null, made_at: now, confirmed_at: null,
	}).execute()
	await takeShifts(writer, role, { id, person, language: given.language }, given.shifts, now)
	return { code, repeated: false }
}

/**
 * Takes these shifts under the lock of their role, and tells the volunteer by letter. Errors: `shift_not_found`, `shift_begun`, `shift_called_off`, `shifts_too_many`,
 * `shifts_overlap` with one another or with what this person has already.
 */
async function takeShifts(writer: CoalitionWriter, role: string, { id, person, language }: { id: string; person: string; language: 'en' | 'es' }, wanted: readonly string[], now: Date): Promise<void> {
	const ids = [...new Set(wanted)]
	if (ids.length > MOST_SHIFTS) throw new Refusal('shifts_too_many', { most: MOST_SHIFTS })
	const [{ zone }, shifts, own] = [await getRoleRow(writer, role), await writer.selectFrom('coalition.shift').selectAll().where('role', '=', role).where('id', 'in', ids).orderBy('starts_at').execute(), await listStanding(writer, person, now)]
	if (shifts.length !== ids.length) throw new Refusal('shift_not_found')
	const inWords = (shift: { startsAt: Date; endsAt: Date; zone: string }) => whenInLetter({ starts_at: shift.startsAt, ends_at: shift.endsAt, zone: shift.zone }, language)
	for (const { starts_at, ends_at, called_off_at } of shifts) {
		if (called_off_at) throw new Refusal('shift_called_off', { when: inWords({ startsAt: starts_at, endsAt: ends_at, zone }) })
		if (starts_at <= now) throw new Refusal('shift_begun', { when: inWords({ startsAt: starts_at, endsAt: ends_at, zone }) })
	}
	const fresh = shifts.filter((shift) => !own.some((one) => one.shift === shift.id && one.volunteer === id))
	const overlap = findOverlap([...own, ...fresh.map(({ starts_at, ends_at }) => ({ startsAt: starts_at, endsAt: ends_at, zone }))])
	if (overlap) throw new Refusal('shifts_overlap', { one: inWords(overlap[0]), other: inWords(overlap[1]) })
	const made: string[] = []
	for (const { id: shift, seats } of fresh) made.push(await takeShift(writer, shift, seats, id, now))
	await tellSignedUp(writer, id, made, now)
}

async function takeShift(writer: CoalitionWriter, shift: string, seats: number, volunteer: string, now: Date): Promise<string> {
	const line = await writer.selectFrom('coalition.shift_sign_up').select('state').where('shift', '=', shift).where('state', '<>', 'given_back').execute()
	const id = newId('su')
	await writer.insertInto('coalition.shift_sign_up').values({ id, shift, volunteer, state: line.length < seats ? 'seat' : 'waiting', made_at: now, moved_up_at: null, given_back_at: null }).execute()
	return id
}

/** Shifts that a person has or waits for and that are not over, in whatever role. */
async function listStanding(reader: Reader<CoalitionTables>, person: string, now: Date) {
	const rows = await reader.selectFrom('coalition.shift_sign_up').innerJoin('coalition.volunteer', 'coalition.volunteer.id', 'volunteer').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').innerJoin('coalition.volunteer_role as role', 'role.id', 'coalition.shift.role')
		.select(['shift', 'volunteer', 'starts_at', 'ends_at', 'zone']).where('person', '=', person).where('state', '<>', 'given_back').where('called_off_at', 'is', null).where('ends_at', '>', now).execute()
	return rows.map(({ starts_at, ends_at, ...row }) => ({ ...row, startsAt: starts_at, endsAt: ends_at }))
}

/** What the holder of a code may know and do, whoever asks. */
export interface OwnShifts {
	id: string
	person: string
	name: string
	language: 'en' | 'es'
	note: string
	confirmedAt: Date | undefined
	/** Whether they gave an e-mail address, to be told when a seat comes free. */
	hasEmail: boolean
	shifts: OwnShift[]
}

export interface OwnShift {
	shift: string
	startsAt: Date
	endsAt: Date
	state: SignUpState
	movedUpAt: Date | undefined
	calledOff: string | undefined
	/** People before this one in the line, where it waits. */
	ahead: number
}

/** The shifts of a code, by their beginning, the newest word on each; undefined where there is no such code. */
export async function findOwnShifts(reader: Reader<CoalitionTables>, role: string, code: string): Promise<OwnShifts | undefined> {
	const found = await reader.selectFrom('coalition.volunteer').innerJoin('people.person', 'people.person.id', 'person')
		.select(({ exists, selectFrom }) => exists(selectFrom('people.contact_point').select('people.contact_point.id').whereRef('people.contact_point.person', '=', 'people.person.id').where('channel', '=', 'email')).as('hasEmail'))
		.select(['coalition.volunteer.id', 'person', 'name', 'coalition.volunteer.language', 'note', 'confirmed_at']).where('role', '=', role).where('code', '=', readCode(code)).executeTakeFirst()
	if (!found) return undefined
	const rows = await reader.selectFrom('coalition.shift_sign_up as own').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').distinctOn('shift')
		.select(({ selectFrom, fn }) => selectFrom('coalition.shift_sign_up as other').select(() => fn.countAll<string>().as('count')).whereRef('other.shift', '=', 'own.shift').where('other.state', '=', 'waiting').whereRef('other.place_in_line', '<', 'own.place_in_line').as('ahead'))
		.select(['shift', 'starts_at', 'ends_at', 'state', 'moved_up_at', 'called_off_at', 'reason']).where('volunteer', '=', found.id).orderBy('shift').orderBy('place_in_line', 'desc').execute()
	const shifts = rows.map((row): OwnShift => ({ shift: row.shift, startsAt: row.starts_at, endsAt: row.ends_at, state: row.state, movedUpAt: row.moved_up_at ?? undefined, calledOff: row.called_off_at ? row.reason : undefined, ahead: Number(row.ahead) }))
	return { id: found.id, person: found.person, name: found.name, language: found.language, note: found.note, confirmedAt: found.confirmed_at ?? undefined, hasEmail: Boolean(found.hasEmail), shifts: shifts.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()) }
}

async function requireOwn(writer: CoalitionWriter, role: string, code: string): Promise<OwnShifts> {
	await lockRole(writer, role)
	const own = await findOwnShifts(writer, role, code)
	if (!own) throw new Refusal('sign_up_not_found')
	return own
}

/** Takes further shifts, or one that was given back, with the code. Errors: `sign_up_not_found`, `role_closed`, `sign_up_without_shift`, those of `takeShifts`. */
export async function takeMore(writer: CoalitionWriter, role: string, code: string, shifts: readonly string[], now: Date): Promise<void> {
	const own = await requireOwn(writer, role, code)
	if ((await getRoleRow(writer, role)).closed_at) throw new Refusal('role_closed')
	if (shifts.length === 0) throw new Refusal('sign_up_without_shift')
	await takeShifts(writer, role, own, shifts, now)
}

/** Says once more that they come. Errors: `sign_up_not_found`. */
export async function confirmShifts(writer: CoalitionWriter, role: string, code: string, now: Date): Promise<void> {
	const { id } = await requireOwn(writer, role, code)
	await writer.updateTable('coalition.volunteer').set({ confirmed_at: now }).where('id', '=', id).where('confirmed_at', 'is', null).execute()
}

/** Gives one shift back; whoever is first in its line gets the seat and is told. Giving back twice is once. Errors: `sign_up_not_found`, `shift_begun_back`. */
export async function giveShiftBack(writer: CoalitionWriter, role: string, code: string, shift: string, now: Date): Promise<void> {
	const { id } = await requireOwn(writer, role, code)
	await giveBack(writer, { shift, volunteer: id }, now)
}

/** Gives a shift back for a volunteer who asked by telephone. Errors: `sign_up_not_found`, `shift_begun_back`, those of `requireRole`. */
export async function giveBackFor(writer: CoalitionWriter, actor: Actor, role: string, signUpId: string, now: Date): Promise<void> {
	await requireRole(writer, actor, role, 'coordinate_volunteers', now)
	await lockRole(writer, role)
	const found = await writer.selectFrom('coalition.shift_sign_up').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').select(['shift', 'volunteer']).where('coalition.shift_sign_up.id', '=', signUpId).where('role', '=', role).executeTakeFirst()
	if (!found) throw new Refusal('sign_up_not_found')
	await giveBack(writer, found, now)
}

async function giveBack(writer: CoalitionWriter, { shift, volunteer }: { shift: string; volunteer: string }, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.shift_sign_up as own').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').select(['own.id', 'starts_at']).where('shift', '=', shift).where('volunteer', '=', volunteer).where('state', '<>', 'given_back').executeTakeFirst()
	if (!found) return
	if (found.starts_at <= now) throw new Refusal('shift_begun_back')
	await writer.updateTable('coalition.shift_sign_up').set({ state: 'given_back', given_back_at: now }).where('id', '=', found.id).execute()
	await tellMovedUp(writer, await fillShift(writer, shift, now), now)
}
