import type { Writer } from '#database'
import type { CoalitionTables } from '../../coalition-tables.ts'
import { ADMINISTRATOR, NOW } from '../../testing.ts'
import { addShifts, offerRole, type GivenRole, type GivenShift } from '../roles.ts'
import type { GivenVolunteer } from '../sign-up.ts'

/** The form of a role that is complete, for adults. */
export const ROLE: GivenRole = { title: 'Drive neighbors to the polls', about: 'You fetch people at home and bring them back.', skills: 'A car and a licence', languages: 'English, Spanish', leastAge: '', minors: false, place: 'Mill Street Library', zone: 'America/New_York', coordinator: 'Ride desk', contact: 'rides@example.org', helps: '' }

/** The form of a shift ten days after the tests' present. */
export const SHIFT: GivenShift = { date: '2026-03-11', begins: '09:00', ends: '12:00', seats: '2', weeks: '' }

/** The form of somebody who takes shifts. */
export const VOLUNTEER: GivenVolunteer = { name: 'Yolanda Prieto', contact: 'yolanda@example.org', shifts: [], note: '', language: 'es', minor: false, guardian: '', guardianConsent: false, formKey: '' }

/** A role of a body with one shift, or with some weeks of it. */
export async function makeRole(writer: Writer<CoalitionTables>, body: string, role: Partial<GivenRole> = {}, shift: Partial<GivenShift> = {}): Promise<{ role: string; shifts: string[] }> {
	const id = await offerRole(writer, ADMINISTRATOR, body, { ...ROLE, ...role }, NOW)
	return { role: id, shifts: await addShifts(writer, ADMINISTRATOR, id, { ...SHIFT, ...shift }, NOW) }
}

/** While the shift of `SHIFT` is on, and after it. */
export const DURING_SHIFT = new Date('2026-03-11T14:00:00Z')
