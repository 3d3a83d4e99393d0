import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Refusal, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { VISITOR } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { ADMINISTRATOR, makeBody, NOW } from '../testing.ts'
import { checkIn, countHeads, listDoor } from './door.ts'
import { getConvening } from './find-convenings.ts'
import { listForPhone, takeMark, type GivenMark } from './phone-door.ts'
import { cancelRsvp, sayComing } from './rsvps.ts'
import { DURING, makeConvening } from './testing/index.ts'

let open: OpenDatabase<CoalitionTables>
before(async () => void (open = await createTestDatabase<CoalitionTables>()))
after(() => open.close())

const undo = new Error('rolled back')

/** Runs in a transaction that leaves nothing. */
async function within(work: (writer: Writer<CoalitionTables>) => Promise<unknown>): Promise<void> {
	await assert.rejects(open.database.transaction().execute(async (writer) => {
		await work(writer)
		throw undo
	}), undo)
}

const refuses = (work: Promise<unknown>, code: string) => assert.rejects(work, (cause) => cause instanceof Refusal && cause.code === code)
const LATER = new Date('2026-03-11T23:30:00Z')
const mark = (kind: GivenMark['kind'], more: Partial<GivenMark>): GivenMark => ({ key: randomUUID(), kind, at: DURING.toISOString(), ...more })

async function openDoor(writer: Writer<CoalitionTables>, name = 'Door circle') {
	const { id: body, lead } = await makeBody(writer, 'issue_circle', 'public', name)
	const id = await makeConvening(writer, body)
	const guest = await sayComing(writer, VISITOR, id, { name: 'Ana', contact: 'ana@example.org', note: 'Comes late', partySize: '2' }, NOW)
	return { id, lead, guest }
}

test('a telephone gets names and hashes of codes, and neither contacts, notes nor codes', () => within(async (writer) => {
	const { id, guest } = await openDoor(writer)
	const list = await listForPhone(writer, ADMINISTRATOR, id, DURING)
	assert.deepEqual(list, [{ rsvp: guest.id, name: 'Ana', partySize: 2, waits: false, supports: [], there: false, codeHash: createHash('sha256').update(`${id}:${guest.code}`).digest('hex') }])
	assert.doesNotMatch(JSON.stringify(list), new RegExp(`example\\.org|Comes late|${guest.code}`))
}))

test('a note that is sent again is taken once and answered alike; its time is the telephone’s unless that cannot be', () => within(async (writer) => {
	const { id, guest } = await openDoor(writer)
	const note = mark('guest', { rsvp: guest.id })
	for (const _ of [1, 2, 3]) assert.equal((await takeMark(writer, ADMINISTRATOR, id, note, LATER)).outcome, 'written')
	const walk = mark('walk_in', { name: 'Dee Fox', partySize: '3', at: '2031-01-01T00:00:00Z' })
	for (const _ of [1, 2]) assert.equal((await takeMark(writer, ADMINISTRATOR, id, walk, LATER)).outcome, 'written')
	const door = await listDoor(writer, ADMINISTRATOR, id, { seesGuests: false }, LATER)
	assert.deepEqual(door.map(({ name, attendance }) => [name, attendance!.method, attendance!.at, attendance!.partySize]), [['Ana', 'desk', DURING, 2], ['Dee Fox', 'walk_in', LATER, 3]])
}))

test('who was checked in elsewhere meanwhile stays there once, and the telephone is told when', () => within(async (writer) => {
	const { id, guest } = await openDoor(writer)
	await checkIn(writer, ADMINISTRATOR, id, guest.id, { method: 'desk' }, DURING)
	assert.deepEqual(await takeMark(writer, ADMINISTRATOR, id, mark('code', { code: guest.code.toUpperCase() }), LATER), { outcome: 'there_already', before: { at: DURING, method: 'desk' } })
	assert.equal((await getConvening(writer, VISITOR, id, {}, LATER)).named.parties, 1)
}))

test('an RSVP that was cancelled meanwhile is asked about, and counts as a walk-in only when somebody says so', () => within(async (writer) => {
	const { id, guest } = await openDoor(writer)
	await cancelRsvp(writer, id, guest.code, NOW)
	assert.equal((await takeMark(writer, ADMINISTRATOR, id, mark('guest', { rsvp: guest.id }), LATER)).outcome, 'cancelled')
	assert.equal((await getConvening(writer, VISITOR, id, {}, LATER)).named.parties, 0)
	assert.equal((await takeMark(writer, ADMINISTRATOR, id, mark('guest', { rsvp: guest.id, anyway: true }), LATER)).outcome, 'written')
	const [line] = await listDoor(writer, ADMINISTRATOR, id, { seesGuests: false }, LATER)
	assert.deepEqual([line!.name, line!.attendance!.method, line!.rsvp], ['Ana', 'walk_in', undefined])
}))

test('a count that was made before one that is there already changes nothing', () => within(async (writer) => {
	const { id } = await openDoor(writer)
	assert.equal((await takeMark(writer, ADMINISTRATOR, id, mark('heads', { heads: '31' }), LATER)).outcome, 'written')
	await countHeads(writer, ADMINISTRATOR, id, '40', LATER)
	assert.equal((await takeMark(writer, ADMINISTRATOR, id, mark('heads', { heads: '35' }), new Date(LATER.getTime() + 60_000))).outcome, 'newer_count')
	assert.equal((await getConvening(writer, VISITOR, id, {}, LATER)).heads, 40)
	await refuses(takeMark(writer, ADMINISTRATOR, id, mark('heads', { heads: 'many', at: new Date(LATER.getTime() + 60_000).toISOString() }), new Date(LATER.getTime() + 120_000)), 'head_count_unreadable')
}))

test('codes of nobody, notes of another convening, unreadable notes and people who may not check in write nothing', () => within(async (writer) => {
	const { id, guest, lead } = await openDoor(writer)
	const other = await openDoor(writer, 'Other circle')
	assert.equal((await takeMark(writer, lead, id, mark('code', { code: other.guest.code }), LATER)).outcome, 'not_found')
	assert.equal((await takeMark(writer, lead, id, mark('guest', { rsvp: other.guest.id }), LATER)).outcome, 'not_found')
	const taken = mark('guest', { rsvp: guest.id })
	await takeMark(writer, lead, id, taken, LATER)
	await refuses(takeMark(writer, other.lead, other.id, taken, LATER), 'mark_unreadable')
	await refuses(takeMark(writer, lead, id, { ...mark('guest', {}), key: 'x' }, LATER), 'mark_unreadable')
	for (const stranger of [VISITOR, other.lead]) {
		await refuses(takeMark(writer, stranger, id, mark('guest', { rsvp: guest.id }), LATER), 'not_permitted')
		await refuses(listForPhone(writer, stranger, id, LATER), 'not_permitted')
	}
	await refuses(takeMark(writer, lead, id, mark('guest', { rsvp: guest.id }), NOW), 'convening_door_closed')
}))

test('two telephones and two windows that send the same notes at once write each guest once', { timeout: 60_000 }, async () => {
	const { id, guests } = await open.database.transaction().execute(async (writer) => {
		const door = await openDoor(writer, 'Busy circle')
		const guests: string[] = []
		for (let n = 0; n < 20; n++) guests.push((await sayComing(writer, VISITOR, door.id, { name: `Guest ${n}` }, NOW)).id)
		return { id: door.id, guests }
	})
	const notes = guests.map((rsvp) => mark('guest', { rsvp }))
	const others = guests.map((rsvp) => mark('guest', { rsvp }))
	const answers = await Promise.all([...notes, ...notes, ...others].map((note) => open.database.transaction().execute((writer) => takeMark(writer, ADMINISTRATOR, id, note, LATER))))
	assert.equal((await getConvening(open.database, VISITOR, id, {}, LATER)).named.parties, 20)
	assert.deepEqual(answers.slice(0, 20).map(({ outcome }) => outcome), answers.slice(20, 40).map(({ outcome }) => outcome), 'the same note is answered alike')
	const written = await open.database.selectFrom('coalition.door_mark').select('key').where('convening', '=', id).where('outcome', '=', 'written').execute()
	assert.equal(written.length, 20)
})
