import { Refusal, type Reader, type Writer } from '#database'
import type { SignUpState } from '../../taking-part/volunteering.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listShifts, type ShiftLine } from './find-roles.ts'
import { requireRole } from './roles.ts'

/** Somebody on the list of a shift, as those who coordinate see them. */
export interface VolunteerLine {
	signUp: string
	name: string
	contacts: string[]
	note: string
	language: 'en' | 'es'
	/** Who agreed for somebody under 18; empty for adults. */
	guardian: string
	state: SignUpState
	confirmedAt: Date | undefined
	/** Undefined while nobody has recorded it. */
	came: boolean | undefined
}

export interface ShiftList extends ShiftLine {
	volunteers: VolunteerLine[]
}

/** Every shift of a role with those who have it and those who wait, in the order of the line. Errors: those of `requireRole`. */
export async function listVolunteers(reader: Reader<CoalitionTables>, actor: Actor, role: string, now: Date): Promise<ShiftList[]> {
	await requireRole(reader, actor, role, 'coordinate_volunteers', now)
	const [shifts, rows] = await Promise.all([
		listShifts(reader, [role]),
		reader.selectFrom('coalition.shift_sign_up as one').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').innerJoin('coalition.volunteer', 'coalition.volunteer.id', 'one.volunteer').innerJoin('people.person', 'people.person.id', 'coalition.volunteer.person')
			.leftJoinLateral((from) => from.selectFrom('coalition.shift_attendance').select('came').whereRef('sign_up', '=', 'one.id').orderBy('coalition.shift_attendance.id', 'desc').limit(1).as('last'), (join) => join.onTrue())
			.select(['one.id', 'shift', 'state', 'coalition.volunteer.person', 'name', 'note', 'coalition.volunteer.language', 'guardian', 'confirmed_at', 'last.came']).where('coalition.shift.role', '=', role).where('state', '<>', 'given_back').orderBy('place_in_line').execute(),
	])
	const people = [...new Set(rows.map(({ person }) => person))]
	const points = people.length === 0 ? [] : await reader.selectFrom('people.contact_point').select(['person', 'value']).where('person', 'in', people).where('channel', 'in', ['email', 'phone', 'sms']).orderBy('made_at').execute()
	return shifts.map(({ role: _, ...shift }) => ({
		...shift,
		volunteers: rows.filter((row) => row.shift === shift.id).map((row): VolunteerLine => ({ signUp: row.id, name: row.name, contacts: points.filter(({ person }) => person === row.person).map(({ value }) => value), note: row.note, language: row.language, guardian: row.guardian, state: row.state, confirmedAt: row.confirmed_at ?? undefined, came: row.came ?? undefined })),
	}))
}

/**
 * Records that a volunteer came or did not, or takes the mark back; the newest mark holds and earlier ones stay. Errors: `sign_up_not_found`, `shift_not_begun`,
 * `shift_over` where it was called off, those of `requireRole`.
 */
export async function markAttendance(writer: Writer<CoalitionTables>, actor: Actor, role: string, signUp: string, came: boolean | undefined, now: Date): Promise<void> {
	await requireRole(writer, actor, role, 'coordinate_volunteers', now)
	const found = await writer.selectFrom('coalition.shift_sign_up as one').innerJoin('coalition.shift', 'coalition.shift.id', 'shift').select(['starts_at', 'called_off_at']).where('one.id', '=', signUp).where('role', '=', role).where('state', '<>', 'given_back').executeTakeFirst()
	if (!found) throw new Refusal('sign_up_not_found')
	if (found.called_off_at) throw new Refusal('shift_over')
	if (found.starts_at > now) throw new Refusal('shift_not_begun')
	await writer.insertInto('coalition.shift_attendance').values({ sign_up: signUp, came: came ?? null, at: now, by: nameOf(actor) }).execute()
}
