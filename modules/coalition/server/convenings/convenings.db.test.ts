import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ICAL from 'ical.js'
import { Refusal, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { writeCalendar } from '../../convenings/calendar.ts'
import { VISITOR, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { openDecision } from '../decisions/open-decision.ts'
import { ADMINISTRATOR, makeBody, NOW } from '../testing.ts'
import { cancelConvening, changeConvening, convene } from './convenings.ts'
import { checkIn, commitPaper, countHeads, findGuestByCode, listDoor, previewPaper, undoCheckIn, walkIn } from './door.ts'
import { getConvening, listCalendarEntries, listConvenings } from './find-convenings.ts'
import { lettersAbout } from './guest-letters.ts'
import { findMinutes, listConveningsNaming, listDecisionsToName, listSupports, readableAmong, recordSupports, writeMinutes } from './minutes.ts'
import { cancelForGuest, cancelRsvp, confirmRsvp, findRsvp, sayComing } from './rsvps.ts'
import { DURING, EVENING, makeConvening } from './testing/index.ts'

type Tables = CoalitionTables
let open: OpenDatabase<Tables>
before(async () => void (open = await createTestDatabase<Tables>()))
after(() => open.close())

const undo = new Error('rolled back')

/** Runs in a transaction that leaves nothing. */
async function within(work: (writer: Writer<Tables>) => Promise<unknown>): Promise<void> {
	await assert.rejects(open.database.transaction().execute(async (writer) => {
		await work(writer)
		throw undo
	}), undo)
}

const refuses = (work: Promise<unknown>, code: string) => assert.rejects(work, (cause) => cause instanceof Refusal && cause.code === code)
const circle = (writer: Writer<Tables>, visibility: 'public' | 'listed' | 'private' = 'public') => makeBody(writer, 'issue_circle', visibility, 'Convening circle')
const HELD = { minutes: '', heard: 'Rents rise twice a year.', changed: 'A position.', whyNot: '', levelDelivered: 'consult' }

test('who says they come gets a seat or a place in the line, by a form that is sent twice only once', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id, { capacity: '3' })
	const first = await sayComing(writer, VISITOR, id, { name: 'Ana', partySize: '2', formKey: 'once' }, NOW)
	assert.equal(first.answer, 'coming')
	assert.match(first.code, /^[2-9a-hjkmnp-z]{8}$/)
	assert.deepEqual(await sayComing(writer, VISITOR, id, { name: 'Ana', partySize: '2', formKey: 'once' }, NOW), { ...first, repeated: true })
	const second = await sayComing(writer, VISITOR, id, { name: 'Bo', partySize: '2' }, NOW)
	const third = await sayComing(writer, VISITOR, id, { name: 'Cy' }, NOW)
	assert.deepEqual([second.answer, third.answer], ['waiting', 'waiting'], 'a seat is free, but nobody passes who came before')
	assert.equal((await findRsvp(writer, id, third.code))!.ahead, 1)
	assert.deepEqual(await cancelRsvp(writer, id, first.code, NOW), [second.id, third.id])
	assert.deepEqual(await cancelRsvp(writer, id, first.code, NOW), [], 'cancelling twice is once')
	await refuses(confirmRsvp(writer, id, first.code, NOW), 'rsvp_cancelled')
	await confirmRsvp(writer, id, ` ${second.code.toUpperCase().slice(0, 4)}-${second.code.slice(4)} `, NOW)
	assert.deepEqual((await findRsvp(writer, id, second.code))!.confirmedAt, NOW)
	assert.equal(await findRsvp(writer, id, 'none'), undefined)
}))

test('a code opens the RSVP of its own convening and of no other', () => within(async (writer) => {
	const { id: body } = await circle(writer)
	const [one, other] = [await makeConvening(writer, body), await makeConvening(writer, body)]
	const { code, id: rsvp } = await sayComing(writer, VISITOR, one, { name: 'Ana' }, NOW)
	assert.equal(await findRsvp(writer, other, code), undefined)
	await refuses(cancelRsvp(writer, other, code, NOW), 'rsvp_not_found')
	await refuses(checkIn(writer, ADMINISTRATOR, other, rsvp, { method: 'desk' }, DURING), 'rsvp_not_found')
	await refuses(cancelForGuest(writer, ADMINISTRATOR, other, rsvp, NOW), 'rsvp_not_found')
}))

test('more seats go to those who wait; fewer take nobody’s seat away', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id, { capacity: '1' })
	const [a, b, c] = [await sayComing(writer, VISITOR, id, { name: 'A' }, NOW), await sayComing(writer, VISITOR, id, { name: 'B' }, NOW), await sayComing(writer, VISITOR, id, { name: 'C' }, NOW)]
	assert.deepEqual(await changeConvening(writer, ADMINISTRATOR, id, { ...EVENING, capacity: '2' }, NOW), [b.id])
	assert.deepEqual(await changeConvening(writer, ADMINISTRATOR, id, { ...EVENING, capacity: '1' }, NOW), [])
	assert.equal((await getConvening(writer, VISITOR, id, {}, NOW)).coming, 2)
	assert.deepEqual(await cancelRsvp(writer, id, a.code, NOW), [], 'the room is full still')
	assert.deepEqual(await cancelRsvp(writer, id, b.code, NOW), [c.id])
}))

test('a party larger than the room is told so, and one that a smaller room cannot hold any more holds nobody up', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id, { capacity: '4' })
	await refuses(sayComing(writer, VISITOR, id, { name: 'Choir', partySize: '5' }, NOW), 'rsvp_party_too_large')
	const first = await sayComing(writer, VISITOR, id, { name: 'Ana', partySize: '2' }, NOW)
	const large = await sayComing(writer, VISITOR, id, { name: 'Family', partySize: '4' }, NOW)
	assert.equal(large.answer, 'waiting')
	await changeConvening(writer, ADMINISTRATOR, id, { ...EVENING, capacity: '3' }, NOW)
	assert.equal((await sayComing(writer, VISITOR, id, { name: 'Bo' }, NOW)).answer, 'coming')
	const last = await sayComing(writer, VISITOR, id, { name: 'Cy', partySize: '2' }, NOW)
	assert.deepEqual([last.answer, await cancelRsvp(writer, id, first.code, NOW)], ['waiting', [last.id]])
}))

test('a contact is kept and subscribes nobody; what is no contact, no number of people or lacks a guardian is refused', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id, { minors: true })
	const { id: rsvp } = await sayComing(writer, VISITOR, id, { name: 'Ana', contact: ' Ana@Example.org ', supports: { childcare: 'two' } }, NOW)
	const { person } = await writer.selectFrom('coalition.rsvp').select('person').where('id', '=', rsvp).executeTakeFirstOrThrow()
	const points = await writer.selectFrom('people.contact_point').select(['id', 'normalized', 'verified_at']).where('person', '=', person).execute()
	assert.deepEqual(points.map(({ normalized, verified_at }) => [normalized, verified_at]), [['ana@example.org', null]])
	assert.equal((await writer.selectFrom('people.consent_event').select('id').where('contact_point', '=', points[0]!.id).execute()).length, 0)
	assert.deepEqual((await listSupports(writer, id)).map(({ kind, requested }) => [kind, requested]), [['childcare', 1]])
	await refuses(sayComing(writer, VISITOR, id, { name: 'Bo', contact: '12' }, NOW), 'contact_unreadable')
	await refuses(sayComing(writer, VISITOR, id, { name: ' ' }, NOW), 'person_without_name')
	await refuses(sayComing(writer, VISITOR, id, { name: 'Bo', partySize: '21' }, NOW), 'rsvp_party_size')
	await refuses(sayComing(writer, VISITOR, id, { name: 'Bo', minor: true, guardian: 'Ida' }, NOW), 'rsvp_guardian')
	const { id: child } = await sayComing(writer, VISITOR, id, { name: 'Bo', minor: true, guardian: 'Ida', guardianConsent: true }, NOW)
	const kept = await writer.selectFrom('coalition.rsvp').select(['guardian', 'guardian_consent_at']).where('id', '=', child).executeTakeFirstOrThrow()
	assert.deepEqual(kept, { guardian: 'Ida', guardian_consent_at: NOW })
}))

test('nobody can say any more that they come to what is over or called off', () => within(async (writer) => {
	const { id: body } = await circle(writer)
	const id = await makeConvening(writer, body)
	await refuses(sayComing(writer, VISITOR, id, { name: 'Late' }, new Date('2026-03-12T01:00:00Z')), 'convening_not_open')
	await refuses(cancelConvening(writer, ADMINISTRATOR, id, ' ', NOW), 'convening_without_reason')
	await cancelConvening(writer, ADMINISTRATOR, id, 'Snow', NOW)
	await refuses(sayComing(writer, VISITOR, id, { name: 'Late' }, NOW), 'convening_not_open')
	await refuses(changeConvening(writer, ADMINISTRATOR, id, EVENING, NOW), 'convening_not_planned')
	const [entry] = await listCalendarEntries(writer, { body }, (one) => one, NOW)
	assert.deepEqual([entry!.cancelled, entry!.sequence], [true, 1], 'calendars keep it and are told')
}))

test('a convening that is moved over the change of clocks reaches calendars under the same UID, with a higher SEQUENCE and the moment of the clocks there', () => within(async (writer) => {
	const { id: body } = await circle(writer)
	const id = await makeConvening(writer, body, { date: '2026-03-07' })
	const read = async () => {
		const text = writeCalendar({ name: 'Hub', entries: await listCalendarEntries(writer, { body }, (one) => `https://example.org/${one}`, NOW) })
		const calendar = new ICAL.Component(ICAL.parse(text))
		const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
		event.startDate.zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!)
		return { uid: event.uid, sequence: event.sequence, at: new Date(event.startDate.toUnixTime() * 1000).toISOString() }
	}
	const before = await read()
	await changeConvening(writer, ADMINISTRATOR, id, { ...EVENING, date: '2026-03-08' }, NOW)
	assert.deepEqual([before, await read()], [{ uid: `${id}@throughline`, sequence: 0, at: '2026-03-07T23:00:00.000Z' }, { uid: `${id}@throughline`, sequence: 1, at: '2026-03-08T22:00:00.000Z' }])
}))

test('letters go to guests with an e-mail address, and no address gets more than three a day', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id)
	const rsvps = [await sayComing(writer, VISITOR, id, { name: 'Ana', contact: 'ana@example.org', language: 'es' }, NOW), await sayComing(writer, VISITOR, id, { name: 'Bo', contact: '404 555 0142' }, NOW)].map((one) => one.id)
	assert.deepEqual((await lettersAbout(writer, rsvps, NOW)).map(({ recipient, language, answer }) => [recipient, language, answer]), [['ana@example.org', 'es', 'coming']])
	for (let letter = 0; letter < 3; letter++) await writer.insertInto('mail.letter').values({ id: `l-${letter}`, kind: 'rsvp_coming', language: 'es', recipient: 'ana@example.org', contact_point: null, person: null, purpose: 'event_logistics', parameters: '{}', once: null, next_try_at: NOW, until: NOW, made_at: NOW }).execute()
	assert.deepEqual(await lettersAbout(writer, rsvps, NOW), [])
	assert.equal((await lettersAbout(writer, rsvps, new Date(NOW.getTime() + 2 * 86_400_000))).length, 1)
}))

test('at the door guests are ticked once, undone and ticked again; walk-ins come beside them; both counts stand for themselves', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id)
	const { id: rsvp, code } = await sayComing(writer, VISITOR, id, { name: 'José Núñez', contact: 'jose@example.org', partySize: '3' }, NOW)
	await refuses(checkIn(writer, ADMINISTRATOR, id, rsvp, { method: 'desk' }, NOW), 'convening_door_closed')
	assert.deepEqual(await findGuestByCode(writer, ADMINISTRATOR, id, code, DURING), { rsvp, name: 'José Núñez', partySize: 3, answer: 'coming', checkedIn: false })
	await checkIn(writer, ADMINISTRATOR, id, rsvp, { method: 'qr' }, DURING)
	await checkIn(writer, ADMINISTRATOR, id, rsvp, { method: 'desk' }, DURING)
	await refuses(cancelRsvp(writer, id, code, DURING), 'rsvp_checked_in')
	await walkIn(writer, ADMINISTRATOR, id, { name: 'Dee Fox', contact: '', partySize: '2' }, DURING)
	await countHeads(writer, ADMINISTRATOR, id, '9', DURING)
	const { heads, named, state } = await getConvening(writer, VISITOR, id, {}, DURING)
	assert.deepEqual({ heads, named, state }, { heads: 9, named: { parties: 2, people: 5 }, state: 'held' })
	const [found] = await listDoor(writer, ADMINISTRATOR, id, { q: 'nunez jose', seesGuests: true }, DURING)
	assert.deepEqual([found!.attendance!.method, found!.contacts], ['qr', ['jose@example.org']])
	assert.deepEqual((await listDoor(writer, ADMINISTRATOR, id, { seesGuests: false }, DURING)).map(({ name, contacts }) => [name, contacts]), [['Dee Fox', []], ['José Núñez', []]])
	await undoCheckIn(writer, ADMINISTRATOR, id, found!.attendance!.id, DURING)
	await refuses(undoCheckIn(writer, ADMINISTRATOR, id, found!.attendance!.id, DURING), 'attendance_not_found')
	await checkIn(writer, ADMINISTRATOR, id, rsvp, { method: 'desk', partySize: '1' }, DURING)
	assert.deepEqual((await getConvening(writer, VISITOR, id, {}, DURING)).named, { parties: 2, people: 3 })
}))

test('a typed-up sheet shows who a line may be, writes nothing before it is committed, and makes one of nobody by itself', () => within(async (writer) => {
	const { id: body } = await circle(writer)
	const id = await makeConvening(writer, body)
	const elsewhere = await makeConvening(writer, body)
	await sayComing(writer, VISITOR, elsewhere, { name: 'Bo Chen', contact: '404-555-0142' }, NOW)
	const { id: rsvp } = await sayComing(writer, VISITOR, id, { name: 'Ana Ruiz', partySize: '2' }, NOW)
	const text = 'ana ruiz\nB. Chen, (404) 555 0142\nNew Person, x'
	const lines = await previewPaper(writer, ADMINISTRATOR, id, text, DURING)
	assert.deepEqual(lines.map(({ doubles, fault }) => [doubles.map(({ name, here }) => [name, here]), fault]), [[[['Ana Ruiz', true]], undefined], [[['Bo Chen', false]], undefined], [[], 'x']])
	assert.equal((await getConvening(writer, VISITOR, id, {}, DURING)).named.parties, 0)
	assert.equal(await commitPaper(writer, ADMINISTRATOR, id, text, new Map([[1, lines[0]!.doubles[0]!.person]]), DURING), 3)
	const door = await listDoor(writer, ADMINISTRATOR, id, { seesGuests: true }, DURING)
	assert.deepEqual(door.map(({ name, attendance, rsvp: own }) => [name, attendance!.method, own === rsvp]), [['Ana Ruiz', 'paper', true], ['B. Chen', 'paper', false], ['New Person', 'paper', false]])
	assert.equal((await writer.selectFrom('people.person').select('id').where('name', 'in', ['Bo Chen', 'B. Chen']).execute()).length, 2, 'a person decides whether two are one')
	await refuses(commitPaper(writer, ADMINISTRATOR, id, 'Fox\n, 404 555 0111', new Map(), DURING), 'paper_line_without_name')
	await refuses(previewPaper(writer, ADMINISTRATOR, id, ' \n ', DURING), 'paper_empty')
}))

test('supports are counted as asked for before, asked for at the door, and delivered; who cancelled asks for nothing', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id)
	const { code } = await sayComing(writer, VISITOR, id, { name: 'Ana', supports: { interpretation: 'Spanish', childcare: '' } }, NOW)
	await sayComing(writer, VISITOR, id, { name: 'Bo', supports: { interpretation: 'Amharic' } }, NOW)
	await cancelRsvp(writer, id, code, NOW)
	await refuses(recordSupports(writer, ADMINISTRATOR, id, {}, NOW), 'convening_not_begun')
	await recordSupports(writer, ADMINISTRATOR, id, { interpretation: { askedThere: '2', delivered: '1' } }, DURING)
	assert.deepEqual(await listSupports(writer, id), [{ kind: 'interpretation', requested: 1, askedThere: 2, delivered: 1 }])
	await refuses(recordSupports(writer, ADMINISTRATOR, id, { childcare: { askedThere: '', delivered: 'some' } }, DURING), 'support_count_unreadable')
}))

test('minutes come after the beginning, say what was heard, and keep their earlier versions', () => within(async (writer) => {
	const id = await makeConvening(writer, (await circle(writer)).id)
	await refuses(writeMinutes(writer, ADMINISTRATOR, id, HELD, NOW), 'convening_not_begun')
	await refuses(writeMinutes(writer, ADMINISTRATOR, id, { ...HELD, heard: ' ' }, DURING), 'minutes_without_heard')
	await refuses(writeMinutes(writer, ADMINISTRATOR, id, { ...HELD, levelDelivered: 'much' }, DURING), 'level_unknown')
	await writeMinutes(writer, ADMINISTRATOR, id, HELD, DURING)
	await writeMinutes(writer, ADMINISTRATOR, id, { ...HELD, changed: 'An ordinance.' }, DURING)
	const { version, changed } = (await findMinutes(writer, id))!
	assert.deepEqual([version, changed], [2, 'An ordinance.'])
	assert.equal((await getConvening(writer, VISITOR, id, {}, DURING)).state, 'held')
	assert.equal((await writer.selectFrom('coalition.minutes').select('version').where('convening', '=', id).execute()).length, 2)
}))

test('minutes name decisions of the bodies that convened, and a decision tells where it was taken by the newest minutes alone', () => within(async (writer) => {
	const [first, second, stranger] = [await circle(writer), await makeBody(writer, 'issue_circle', 'private', 'Second'), await makeBody(writer, 'issue_circle', 'public', 'Stranger')]
	const decide = (body: { id: string; lead: Actor }, title: string) => openDecision(writer, body.lead, body.id, { method: 'majority', electorate: 'people', secret: false, title, text: 'We ask for a notice of ninety days.', closesOn: '2026-04-30' }, NOW)
	const [own, inside, other] = [await decide(first, 'Own'), await decide(second, 'Inside'), await decide(stranger, 'Other')]
	const id = await makeConvening(writer, first.id, { hosts: [second.id] })
	assert.deepEqual((await listDecisionsToName(writer, first.lead, id, DURING)).map(({ title }) => title), ['Own'], 'nobody names what they may not read')
	await refuses(writeMinutes(writer, ADMINISTRATOR, id, { ...HELD, decisions: [other] }, DURING), 'minutes_decision_unknown')
	await refuses(writeMinutes(writer, first.lead, id, { ...HELD, decisions: [inside] }, DURING), 'minutes_decision_unknown')
	await writeMinutes(writer, ADMINISTRATOR, id, { ...HELD, decisions: [own, inside, own] }, DURING)
	assert.deepEqual((await findMinutes(writer, id))!.decisions.map(({ title }) => title).sort(), ['Inside', 'Own'])
	assert.deepEqual((await listConveningsNaming(writer, VISITOR, own, DURING)).map((one) => one.id), [id])
	assert.deepEqual(await readableAmong(writer, VISITOR, [first.id, second.id], DURING), [first.id])
	await writeMinutes(writer, ADMINISTRATOR, id, { ...HELD, decisions: [inside] }, DURING)
	assert.deepEqual(await listConveningsNaming(writer, VISITOR, own, DURING), [], 'the newest minutes hold')
	assert.equal((await writer.selectFrom('coalition.minutes_decision').select('decision').where('convening', '=', id).execute()).length, 3, 'what earlier ones named stays')
}))

test('addresses and links that only guests may know are told to guests and to the door, and stand in no list or feed', () => within(async (writer) => {
	const { id: body, lead } = await circle(writer)
	const id = await makeConvening(writer, body, { mode: 'hybrid', onlineUrl: 'https://meet.example.org/x' })
	const told = async (actor: typeof VISITOR, guest: boolean) => {
		const { address, onlineUrl } = await getConvening(writer, actor, id, { guest }, NOW)
		return [address, onlineUrl]
	}
	assert.deepEqual(await told(VISITOR, false), [undefined, ''])
	assert.deepEqual(await told(VISITOR, true), ['12 Mill Street', 'https://meet.example.org/x'])
	assert.deepEqual(await told(lead, false), ['12 Mill Street', 'https://meet.example.org/x'])
	assert.doesNotMatch(JSON.stringify([await listCalendarEntries(writer, { county: '99003' }, (one) => one, NOW), await listConvenings(writer, VISITOR, {}, NOW)]), /12 Mill Street|meet\.example/)
}))

test('convenings of a body are read as the body is: by everybody, or by its members; feeds hold public ones alone', () => within(async (writer) => {
	for (const visibility of ['listed', 'private'] as const) {
		const { id: body, lead } = await makeBody(writer, 'issue_circle', visibility, `A ${visibility} circle`)
		const id = await makeConvening(writer, body)
		await refuses(getConvening(writer, VISITOR, id, {}, NOW), visibility === 'private' ? 'body_not_found' : 'not_permitted')
		await refuses(sayComing(writer, VISITOR, id, { name: 'Ana' }, NOW), visibility === 'private' ? 'body_not_found' : 'not_permitted')
		assert.deepEqual((await listConvenings(writer, lead, {}, NOW)).map((one) => one.id), [id])
		assert.deepEqual([await listConvenings(writer, VISITOR, {}, NOW), await listCalendarEntries(writer, { body }, (one) => one, NOW)], [[], []])
	}
}))

test('several bodies convene together when whoever plans it may convene for each; a private one is not named to others', () => within(async (writer) => {
	const [first, second, hidden] = [await makeBody(writer, 'issue_circle', 'public', 'First'), await makeBody(writer, 'issue_circle', 'public', 'Second'), await makeBody(writer, 'issue_circle', 'private', 'Hidden')]
	await refuses(convene(writer, first.lead, first.id, { ...EVENING, hosts: [second.id] }, NOW), 'not_permitted')
	const id = await convene(writer, ADMINISTRATOR, first.id, { ...EVENING, hosts: [second.id, hidden.id, first.id] }, NOW)
	assert.deepEqual((await getConvening(writer, VISITOR, id, {}, NOW)).hosts.map(({ name }) => name), ['First', 'Second'])
	assert.deepEqual((await listConvenings(writer, VISITOR, { body: second.id }, NOW)).map((one) => one.id), [id])
	assert.equal((await getConvening(writer, hidden.lead, id, {}, NOW)).hosts.length, 3)
	await changeConvening(writer, first.lead, id, { ...EVENING, hosts: [second.id] }, NOW)
	assert.deepEqual((await getConvening(writer, hidden.lead, id, {}, NOW)).hosts.map(({ name }) => name), ['First', 'Second'], 'who is host already needs no new permission')
}))

test('what cannot be is refused by name, and a time is kept as the moment that clocks there show', () => within(async (writer) => {
	const { id: body } = await circle(writer)
	const tries = { kind: 'convening_kind_unknown', title: 'convening_without_title', place: 'convening_without_place', date: 'time_unreadable', zone: 'time_zone_unknown' } as const
	for (const [field, code] of Object.entries(tries)) await refuses(convene(writer, ADMINISTRATOR, body, { ...EVENING, [field]: '' }, NOW), code)
	for (const [change, code] of [[{ mode: 'online' }, 'convening_without_link'], [{ mode: 'online', onlineUrl: 'javascript:1' }, 'convening_link_unreadable'], [{ capacity: '0' }, 'convening_capacity'], [{ county: 'x' }, 'convening_county_unknown'], [{ date: '2026-03-08', begins: '02:30' }, 'time_skipped'], [{ ends: '17:00' }, 'time_too_long']] as const) {
		await refuses(convene(writer, ADMINISTRATOR, body, { ...EVENING, ...change }, NOW), code)
	}
	const { startsAt } = await getConvening(writer, VISITOR, await makeConvening(writer, body), {}, NOW)
	assert.deepEqual(startsAt, new Date('2026-03-11T22:00:00Z'))
}))
