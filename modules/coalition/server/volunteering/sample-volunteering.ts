import type { Writer } from '#database'
import { VISITOR, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listVolunteers, markAttendance } from './coordinate.ts'
import { addShifts, offerRole, type GivenRole } from './roles.ts'
import { confirmShifts, signUp } from './sign-up.ts'

const DAY = 86_400_000
const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }

const REPAIRS: GivenRole = {
	title: 'Note repairs, door by door', about: 'You go in pairs from flat to flat in the Harbor Apartments and write down what is broken. You ask nothing about papers or rent.\n\nSomebody shows you the sheet in the first quarter of an hour.',
	skills: 'Listening; stairs without a lift', languages: 'English or Spanish', leastAge: '16', minors: true, place: 'Laundry room of the Harbor Apartments', zone: 'America/New_York', coordinator: 'Repair desk of the hub', contact: 'repairs@sample.example', helps: '',
}
const CHAIRS: GivenRole = {
	title: 'Set up and watch the door', about: 'You carry chairs, hang the signs and greet those who come. Afterwards you help to put everything back.', skills: '', languages: '', leastAge: '', minors: false,
	place: 'Mill Street Library', zone: 'America/New_York', coordinator: 'Host of the evening', contact: 'evenings@sample.example', helps: '',
}

const NAMES = ['Aisha Grant', 'Ben Salazar', 'Chloe Park', 'Dion Harris', 'Elena Ruiz', 'Femi Adeyemi', 'Gail Turner'] as const

/** Invented roles of the sample hub: one with weekly shifts, some of them worked, and one for the convening that comes. */
export async function makeSampleVolunteering(writer: Writer<CoalitionTables>, hub: string, now: Date): Promise<void> {
	const day = (from: number) => new Date(now.getTime() + from * DAY)
	const dateOf = (at: Date) => at.toISOString().slice(0, 10)
	const repairs = await offerRole(writer, ADMINISTRATOR, hub, REPAIRS, day(-30))
	const [past] = await addShifts(writer, ADMINISTRATOR, repairs, { date: dateOf(day(-9)), begins: '10:00', ends: '13:00', seats: '8', weeks: '' }, day(-30))
	const [first, second] = await addShifts(writer, ADMINISTRATOR, repairs, { date: dateOf(day(5)), begins: '10:00', ends: '13:00', seats: '3', weeks: '3' }, day(-8))
	const volunteer = (n: number, shifts: readonly string[], at: Date) => signUp(writer, VISITOR, repairs, { name: NAMES[n]!, contact: `volunteer-${n}@sample.example`, shifts, note: '', language: n % 3 === 1 ? 'es' : 'en', minor: n === 2, guardian: n === 2 ? 'Soo Park' : '', guardianConsent: n === 2, formKey: '' }, at)
	for (const n of NAMES.keys()) await volunteer(n, [past!], day(-20))
	for (const [n, { signUp: line }] of (await listVolunteers(writer, ADMINISTRATOR, repairs, day(-8)))[0]!.volunteers.entries()) await markAttendance(writer, ADMINISTRATOR, repairs, line, n !== 5, day(-8))
	for (const n of [0, 1, 2, 4]) {
		const { code } = await volunteer(n, n < 2 ? [first!, second!] : [first!], day(-7 + n))
		if (n === 1) await confirmShifts(writer, repairs, code, day(-2))
	}
	const convening = await writer.selectFrom('coalition.convening').select(['id', 'starts_at']).where('body', '=', hub).where('starts_at', '>', now).orderBy('starts_at').executeTakeFirst()
	if (!convening) return
	const chairs = await offerRole(writer, ADMINISTRATOR, hub, { ...CHAIRS, helps: `coalition:convening/${convening.id}` }, day(-6))
	await addShifts(writer, ADMINISTRATOR, chairs, { date: dateOf(convening.starts_at), begins: '16:30', ends: '18:30', seats: '4', weeks: '' }, day(-6))
}
