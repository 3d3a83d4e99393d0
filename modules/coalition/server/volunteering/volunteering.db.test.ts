import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reader } from '#database'
import { addPerson } from '#people/server'
import type { CoalitionTables } from '../coalition-tables.ts'
import { VISITOR } from '../actor.ts'
import { addToBody, giveRole } from '../members.ts'
import { ADMINISTRATOR, addTestPerson, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { makeConvening } from '../convenings/testing/index.ts'
import { listVolunteers, markAttendance } from './coordinate.ts'
import { findRole, hoursOfRole, listOwnShifts, listRoles } from './find-roles.ts'
import { addShifts, callOffShift, changeRole, closeRole, listHelpable, offerRole, setSeats } from './roles.ts'
import { confirmShifts, findOwnShifts, giveBackFor, giveShiftBack, signUp, takeMore } from './sign-up.ts'
import { DURING_SHIFT, makeRole, ROLE, SHIFT, VOLUNTEER } from './testing/index.ts'
import { remindVolunteers } from './volunteer-letters.ts'

const coalition = openCoalition()
const { write } = coalition

const letters = (reader: Reader<CoalitionTables>, recipient: string) => reader.selectFrom('mail.letter').select(['kind', 'language', 'parameters']).where('recipient', '=', recipient).orderBy('made_at').orderBy('kind').execute()
const statesOf = async (role: string, code: string) => (await findOwnShifts(coalition.open.database, role, code))!.shifts.map(({ state }) => state)

test('somebody takes several shifts at once, all of them or none, and reads them by a code typed as it was written down', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Rides')
		const { role, shifts } = await makeRole(writer, id, {}, { weeks: '3' })
		assert.equal(shifts.length, 3)
		const { code } = await signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts: shifts.slice(0, 2), note: 'I know the hills.' }, NOW)
		const own = (await findOwnShifts(writer, role, ` ${code.slice(0, 4).toUpperCase()}-${code.slice(4)} `))!
		assert.deepEqual([own.name, own.note, own.hasEmail, own.shifts.map(({ shift, state }) => [shift, state])], ['Yolanda Prieto', 'I know the hills.', true, [[shifts[0], 'seat'], [shifts[1], 'seat']]])
		await assert.rejects(signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts: [shifts[2]!, 'sh-nothing'] }, NOW), refuses('shift_not_found'))
		assert.deepEqual((await findRole(writer, VISITOR, role, {}, NOW)).shifts.map(({ taken }) => taken), [1, 1, 0])
	})
})

test('a shift that repeats keeps its time by the clock of its place across the change of clocks', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Weeks')
		// Clocks are set forward on 8 March 2026.
		const { role } = await makeRole(writer, id, {}, { date: '2026-03-04', weeks: '2' })
		assert.deepEqual((await findRole(writer, VISITOR, role, {}, NOW)).shifts.map(({ startsAt }) => startsAt.toISOString()), ['2026-03-04T14:00:00.000Z', '2026-03-11T13:00:00.000Z'])
	})
})

test('two shifts that overlap are refused with both times in the language of who asks, also when the first is held already', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Overlap')
		const { role, shifts } = await makeRole(writer, id)
		const [late] = await addShifts(writer, ADMINISTRATOR, role, { ...SHIFT, begins: '11:30', ends: '14:00' }, NOW)
		const [after] = await addShifts(writer, ADMINISTRATOR, role, { ...SHIFT, begins: '14:00', ends: '15:00' }, NOW)
		await assert.rejects(signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts: [shifts[0]!, late!] }, NOW), (cause: { code: string; parameters: Record<string, string> }) => cause.code === 'shifts_overlap' && /miércoles.*9:00/.test(cause.parameters.one!) && /11:30/.test(cause.parameters.other!))
		const { code } = await signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts: [late!] }, NOW)
		await assert.rejects(takeMore(writer, role, code, [shifts[0]!], NOW), refuses('shifts_overlap'))
		await takeMore(writer, role, code, [after!], NOW)
		assert.equal((await findOwnShifts(writer, role, code))!.shifts.length, 2)
	})
})

test('whoever is signed in is warned of a shift of another role that they have at that time', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Twice')
		const [one, other] = [await makeRole(writer, id), await makeRole(writer, id, { title: 'Cook' })]
		const person = await addTestPerson(writer, VOLUNTEER.name)
		const actor = { account: 'u-1', person, administrator: false }
		await signUp(writer, actor, one.role, { ...VOLUNTEER, shifts: one.shifts }, NOW)
		await assert.rejects(signUp(writer, actor, other.role, { ...VOLUNTEER, shifts: other.shifts }, NOW), refuses('shifts_overlap'))
		assert.deepEqual((await listOwnShifts(writer, person, NOW)).map(({ title, waits }) => [title, waits]), [[ROLE.title, false]])
	})
})

test('the third for two seats waits; a seat that is given back goes to the first of the line, who is told; taking it again is behind everybody', async () => {
	const { role, shift, codes } = await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Line')
		const { role, shifts } = await makeRole(writer, id)
		const codes: string[] = []
		for (const name of ['ana', 'ben', 'cleo', 'dora']) codes.push((await signUp(writer, VISITOR, role, { ...VOLUNTEER, name, contact: `${name}@example.org`, shifts }, NOW)).code)
		return { role, shift: shifts[0]!, codes }
	})
	const [ana, ben, cleo, dora] = codes as [string, string, string, string]
	assert.deepEqual(await Promise.all(codes.map((code) => statesOf(role, code))), [['seat'], ['seat'], ['waiting'], ['waiting']])
	assert.equal((await findOwnShifts(coalition.open.database, role, dora))!.shifts[0]!.ahead, 1)
	await write((writer) => giveShiftBack(writer, role, ana, shift, later(1)))
	await write((writer) => giveShiftBack(writer, role, ana, shift, later(1)))
	await write((writer) => takeMore(writer, role, ana, [shift], later(2)))
	assert.deepEqual(await Promise.all(codes.map((code) => statesOf(role, code))), [['waiting'], ['seat'], ['seat'], ['waiting']])
	assert.deepEqual((await letters(coalition.open.database, 'cleo@example.org')).map(({ kind, language }) => [kind, language]), [['shift_waiting', 'es'], ['shift_moved_up', 'es']])
	assert.match((await letters(coalition.open.database, 'cleo@example.org'))[1]!.parameters.url as string, new RegExp(`/es/volunteering/${role}/mine/${cleo}$`))
	await write((writer) => setSeats(writer, ADMINISTRATOR, shift, '3', later(2)))
	assert.deepEqual(await statesOf(role, dora), ['seat'])
	await assert.rejects(write((writer) => setSeats(writer, ADMINISTRATOR, shift, '2', later(2))), refuses('shift_seats_taken'))
	assert.deepEqual(await statesOf(role, ben), ['seat'])
})

test('a form that is sent twice is one sign-up, and a letter goes out once', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Double')
		const { role, shifts } = await makeRole(writer, id)
		const given = { ...VOLUNTEER, contact: 'double@example.org', shifts, formKey: 'k-1' }
		const [one, other] = [await signUp(writer, VISITOR, role, given, NOW), await signUp(writer, VISITOR, role, given, NOW)]
		assert.deepEqual([one.repeated, other.repeated, one.code], [false, true, other.code])
		assert.deepEqual((await letters(writer, 'double@example.org')).map(({ kind }) => kind), ['shift_taken'])
	})
})

test('nobody is flooded with letters by somebody who writes their address into forms', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Flood')
		const { role, shifts } = await makeRole(writer, id, {}, { seats: '20' })
		for (let n = 0; n < 6; n++) await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'flooded@example.org', shifts }, NOW)
		assert.equal((await letters(writer, 'flooded@example.org')).length, 3)
	})
})

test('somebody under 18 comes with a guardian who agrees, and only where the role is open to them', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Young')
		const [adults, open] = [await makeRole(writer, id), await makeRole(writer, id, { minors: true, leastAge: '14' })]
		const young = { ...VOLUNTEER, minor: true, guardian: 'Elena Prieto', guardianConsent: true }
		await assert.rejects(signUp(writer, VISITOR, adults.role, { ...young, shifts: adults.shifts }, NOW), refuses('sign_up_adults'))
		for (const lacking of [{ guardian: ' ' }, { guardianConsent: false }]) await assert.rejects(signUp(writer, VISITOR, open.role, { ...young, ...lacking, shifts: open.shifts }, NOW), refuses('sign_up_guardian'))
		await signUp(writer, VISITOR, open.role, { ...young, shifts: open.shifts }, NOW)
		assert.equal((await listVolunteers(writer, ADMINISTRATOR, open.role, NOW))[0]!.volunteers[0]!.guardian, 'Elena Prieto')
		await assert.rejects(offerRole(writer, ADMINISTRATOR, id, { ...ROLE, leastAge: '14' }, NOW), refuses('role_age_minors'))
	})
})

test('a shift that is called off says why, tells whoever had it or waited, and can be taken by nobody', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Storm')
		const { role, shifts } = await makeRole(writer, id, {}, { seats: '1' })
		const { code } = await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'seat@example.org', language: 'en', shifts }, NOW)
		await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'waits@example.org', shifts }, NOW)
		await assert.rejects(callOffShift(writer, ADMINISTRATOR, shifts[0]!, ' ', NOW), refuses('shift_without_reason'))
		await callOffShift(writer, ADMINISTRATOR, shifts[0]!, 'The road is under water.', later(1))
		for (const address of ['seat@example.org', 'waits@example.org']) {
			const last = (await letters(writer, address)).at(-1)!
			assert.deepEqual([last.kind, last.parameters.reason], ['shift_called_off', 'The road is under water.'])
		}
		assert.equal((await findOwnShifts(writer, role, code))!.shifts[0]!.calledOff, 'The road is under water.')
		await assert.rejects(signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts }, later(1)), refuses('shift_called_off'))
		await assert.rejects(callOffShift(writer, ADMINISTRATOR, shifts[0]!, 'Again', later(1)), refuses('shift_over'))
	})
})

test('volunteers are reminded a day before, once, but not of what they took within that day, nor of what they wait for or gave back', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Tomorrow')
		const { role, shifts } = await makeRole(writer, id)
		const names = ['kept', 'back', 'late', 'waiting']
		const [kept, back] = [await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'kept@remind.org', shifts }, NOW), await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'back@remind.org', shifts }, NOW)]
		await giveShiftBack(writer, role, back.code, shifts[0]!, later(1))
		const soon = new Date('2026-03-10T16:00:00Z')
		await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'late@remind.org', shifts }, soon)
		await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'waiting@remind.org', shifts }, soon)
		await remindVolunteers(writer, soon)
		await remindVolunteers(writer, new Date('2026-03-11T02:00:00Z'))
		const reminded = await Promise.all(names.map(async (name) => (await letters(writer, `${name}@remind.org`)).filter(({ kind }) => kind === 'shift_reminder').length))
		assert.deepEqual(reminded, [1, 0, 0, 0])
		await confirmShifts(writer, role, kept.code, soon)
		assert.deepEqual((await listVolunteers(writer, ADMINISTRATOR, role, soon))[0]!.volunteers.map(({ confirmedAt }) => confirmedAt !== undefined), [true, false, false])
	})
})

test('who came is recorded once the shift has begun, a mark is taken back by a newer one, and nothing of it is in the ledger', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Came')
		const { role, shifts } = await makeRole(writer, id)
		const { code } = await signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts }, NOW)
		const line = (await listVolunteers(writer, ADMINISTRATOR, role, NOW))[0]!.volunteers[0]!
		assert.deepEqual(line.contacts, [VOLUNTEER.contact])
		await assert.rejects(markAttendance(writer, ADMINISTRATOR, role, line.signUp, true, NOW), refuses('shift_not_begun'))
		const came = async () => (await listVolunteers(writer, ADMINISTRATOR, role, DURING_SHIFT))[0]!.volunteers[0]!.came
		for (const mark of [true, false, undefined]) {
			await markAttendance(writer, ADMINISTRATOR, role, line.signUp, mark, DURING_SHIFT)
			assert.equal(await came(), mark)
		}
		await assert.rejects(giveShiftBack(writer, role, code, shifts[0]!, DURING_SHIFT), refuses('shift_begun_back'))
		const marks = await writer.selectFrom('coalition.shift_attendance').select('id').where('sign_up', '=', line.signUp).execute()
		assert.equal(marks.length, 3)
		const events = await writer.selectFrom('core.ledger').select('kind').where('subject', '=', `coalition:role/${role}`).orderBy('seq').execute()
		assert.deepEqual(events.map(({ kind }) => kind), ['role.offered', 'shift.added'])
	})
})

test('hours are told to everybody only from five people on, one contact being one person however often it signed up', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'public', 'Hours')
		const { role, shifts } = await makeRole(writer, id, {}, { seats: '10' })
		for (const contact of ['a@h.org', 'b@h.org', 'c@h.org', 'D@h.org', 'd@h.org']) await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact, shifts }, NOW)
		const mark = async () => {
			for (const { signUp: one, came } of (await listVolunteers(writer, ADMINISTRATOR, role, DURING_SHIFT))[0]!.volunteers) if (!came) await markAttendance(writer, ADMINISTRATOR, role, one, true, DURING_SHIFT)
		}
		await mark()
		assert.deepEqual(await hoursOfRole(writer, role, ROLE.zone), [{ year: 2026, hours: 15, people: 4 }])
		assert.deepEqual((await findRole(writer, VISITOR, role, {}, DURING_SHIFT)).hours, [])
		await signUp(writer, VISITOR, role, { ...VOLUNTEER, contact: 'e@h.org', shifts }, NOW)
		await mark()
		assert.deepEqual((await findRole(writer, VISITOR, role, {}, DURING_SHIFT)).hours, [{ year: 2026, hours: 18 }])
	})
})

test('a role helps a campaign, convening or call of its own body, and is listed where somebody can take a shift', async () => {
	await write(async (writer) => {
		const [{ id }, other] = [await makeBody(writer, 'equity_hub', 'public', 'Helps'), await makeBody(writer, 'equity_hub', 'public', 'Other')]
		const [own, foreign] = [await makeConvening(writer, id), await makeConvening(writer, other.id)]
		assert.deepEqual((await listHelpable(writer, id, NOW)).map(({ record }) => record), [`coalition:convening/${own}`])
		await assert.rejects(offerRole(writer, ADMINISTRATOR, id, { ...ROLE, helps: `coalition:convening/${foreign}` }, NOW), refuses('role_helps_unknown'))
		const { role } = await makeRole(writer, id, { helps: `coalition:convening/${own}` })
		const listed = () => listRoles(writer, VISITOR, { helps: `coalition:convening/${own}`, open: true }, NOW)
		assert.deepEqual((await listed()).map((line) => [line.id, line.coming, line.free]), [[role, 1, 2]])
		assert.equal((await findRole(writer, VISITOR, role, {}, NOW)).helps!.path, `/convenings/${own}`)
		await closeRole(writer, ADMINISTRATOR, role, true, NOW)
		assert.deepEqual(await listed(), [])
		await assert.rejects(signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts: [] }, NOW), refuses('role_closed'))
		await closeRole(writer, ADMINISTRATOR, role, false, NOW)
		assert.equal((await listed()).length, 1)
		await assert.rejects(changeRole(writer, ADMINISTRATOR, role, { ...ROLE, zone: 'America/Denver' }, NOW), refuses('role_zone_fixed'))
	})
})

test('a role of a body that strangers may not look into is as if it were not there, and its volunteers are seen by those who coordinate', async () => {
	await write(async (writer) => {
		const { id } = await makeBody(writer, 'equity_hub', 'private', 'Hidden')
		const { role, shifts } = await makeRole(writer, id)
		await assert.rejects(findRole(writer, VISITOR, role, {}, NOW), refuses('body_not_found'))
		await assert.rejects(signUp(writer, VISITOR, role, { ...VOLUNTEER, shifts }, NOW), refuses('body_not_found'))
		assert.deepEqual(await listRoles(writer, VISITOR, { body: id }, NOW), [])
		const person = await addPerson(writer, { name: 'Steward' }, NOW)
		await addToBody(writer, ADMINISTRATOR, id, { person }, 'member', NOW)
		const steward = { account: undefined, person, administrator: false }
		await signUp(writer, steward, role, { ...VOLUNTEER, shifts }, NOW)
		await assert.rejects(listVolunteers(writer, steward, role, NOW), refuses('not_permitted'))
		await giveRole(writer, ADMINISTRATOR, id, person, 'steward', NOW)
		const { signUp: line } = (await listVolunteers(writer, steward, role, NOW))[0]!.volunteers[0]!
		await giveBackFor(writer, steward, role, line, NOW)
		assert.deepEqual((await listVolunteers(writer, steward, role, NOW))[0]!.volunteers, [])
	})
})
