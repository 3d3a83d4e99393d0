import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ICAL from 'ical.js'
import { Refusal, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { writeCalendar } from '../../convenings/calendar.ts'
import { VISITOR } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { ADMINISTRATOR, makeBody, NOW } from '../testing.ts'
import { changeFeed, findFeed, makeFeed, readFeed, withdrawFeed } from './calendar-feed.ts'
import { cancelConvening, changeConvening } from './convenings.ts'
import { cancelRsvp, sayComing } from './rsvps.ts'
import { EVENING, makeConvening } from './testing/index.ts'

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
const ALL = { answered: true, bodies: true, language: 'en' as const }
const read = (writer: Writer<CoalitionTables>, token: string, now = NOW) => readFeed(writer, token, (id, code) => `https://example.org/${id}${code ? `/${code}` : ''}`, now)

/** A private circle with its lead, who answers one convening of a public circle, too. */
async function prepare(writer: Writer<CoalitionTables>) {
	const own = await makeBody(writer, 'issue_circle', 'private', 'Own circle')
	const other = await makeBody(writer, 'issue_circle', 'public', 'Other circle')
	const { name } = await writer.selectFrom('people.person').select('name').where('id', '=', own.lead.person!).executeTakeFirstOrThrow()
	const [inside, elsewhere, unasked] = [await makeConvening(writer, own.id, { title: 'Inside' }), await makeConvening(writer, other.id, { title: 'Elsewhere', capacity: '1' }), await makeConvening(writer, other.id, { title: 'Unasked' })]
	const rsvp = await sayComing(writer, own.lead, elsewhere, { name }, NOW)
	return { ...own, name, inside, elsewhere, unasked, rsvp }
}

test('a private calendar holds what its person answered and what their bodies invite to, each once, at the right time', () => within(async (writer) => {
	const { lead, inside, elsewhere, rsvp, name } = await prepare(writer)
	await sayComing(writer, lead, inside, { name }, NOW)
	const token = await makeFeed(writer, lead, ALL, NOW)
	const { entries } = (await read(writer, token))!
	assert.deepEqual(entries.map(({ title }) => title).sort(), ['Elsewhere', 'Inside'])
	const answered = entries.find(({ id }) => id === elsewhere)!
	assert.deepEqual([answered.location, answered.url], ['Mill Street Library, 12 Mill Street', `https://example.org/${elsewhere}/${rsvp.code}`], 'its guest knows the address')
	const calendar = new ICAL.Component(ICAL.parse(writeCalendar({ name: 'Mine', entries })))
	const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!)
	for (const component of calendar.getAllSubcomponents('vevent')) {
		const event = new ICAL.Event(component)
		event.startDate.zone = zone
		assert.equal(new Date(event.startDate.toUnixTime() * 1000).toISOString(), '2026-03-11T22:00:00.000Z')
	}
}))

test('what is chosen is what it holds, and a change of the choice keeps the address', () => within(async (writer) => {
	const { lead } = await prepare(writer)
	const token = await makeFeed(writer, lead, { ...ALL, bodies: false }, NOW)
	const titles = async () => (await read(writer, token))!.entries.map(({ title }) => title)
	assert.deepEqual(await titles(), ['Elsewhere'])
	await changeFeed(writer, lead, { answered: false, bodies: true })
	assert.deepEqual(await titles(), ['Inside'])
	await refuses(changeFeed(writer, lead, { answered: false, bodies: false }), 'feed_empty')
	await refuses(makeFeed(writer, lead, { ...ALL, answered: false, bodies: false }, NOW), 'feed_empty')
	assert.deepEqual(await findFeed(writer, lead.person!), { answered: false, bodies: true, madeAt: NOW })
}))

test('a renewed link ends the one before, a withdrawn one ends, and only a hash of either is stored', () => within(async (writer) => {
	const { lead } = await prepare(writer)
	const first = await makeFeed(writer, lead, ALL, NOW)
	const second = await makeFeed(writer, lead, ALL, NOW)
	assert.match(second, /^[2-9a-hjkmnp-z]{32}$/)
	assert.notEqual(first, second)
	assert.equal(await read(writer, first), undefined)
	assert.ok(await read(writer, second))
	assert.doesNotMatch(JSON.stringify(await writer.selectFrom('coalition.calendar_feed').selectAll().execute()), new RegExp(`${first}|${second}`))
	await withdrawFeed(writer, lead, NOW)
	assert.equal(await read(writer, second), undefined)
	await refuses(changeFeed(writer, lead, ALL), 'feed_not_found')
	await refuses(makeFeed(writer, VISITOR, ALL, NOW), 'not_permitted')
	assert.equal(await read(writer, ''), undefined)
}))

test('a moved convening rises in SEQUENCE, one called off is marked, one waited for is tentative, and one that was given back is gone', () => within(async (writer) => {
	const { lead, elsewhere, rsvp, name, unasked } = await prepare(writer)
	const token = await makeFeed(writer, lead, { ...ALL, bodies: false }, NOW)
	await changeConvening(writer, ADMINISTRATOR, elsewhere, { ...EVENING, title: 'Elsewhere', capacity: '1', date: '2026-03-12' }, NOW)
	assert.deepEqual((await read(writer, token))!.entries.map(({ sequence, tentative }) => [sequence, tentative]), [[1, false]])
	await cancelRsvp(writer, elsewhere, rsvp.code, NOW)
	assert.deepEqual((await read(writer, token))!.entries, [])
	await sayComing(writer, VISITOR, elsewhere, { name: 'Quick' }, NOW)
	await sayComing(writer, lead, elsewhere, { name }, NOW)
	await sayComing(writer, lead, unasked, { name }, NOW)
	await cancelConvening(writer, ADMINISTRATOR, unasked, 'Snow', NOW)
	const { entries } = (await read(writer, token))!
	assert.deepEqual(new Map(entries.map(({ title, tentative, cancelled }) => [title, [tentative, cancelled]])), new Map([['Unasked', [false, true]], ['Elsewhere', [true, false]]]))
	assert.match(writeCalendar({ name: '', entries }), /STATUS:TENTATIVE/)
}))

test('who has left a body finds nothing of its inside in their calendar', () => within(async (writer) => {
	const { lead, id } = await prepare(writer)
	const token = await makeFeed(writer, lead, { ...ALL, answered: false }, NOW)
	assert.equal((await read(writer, token))!.entries.length, 1)
	await writer.updateTable('coalition.membership').set({ left_at: NOW }).where('body', '=', id).where('person', '=', lead.person!).execute()
	assert.deepEqual((await read(writer, token, new Date(NOW.getTime() + 86_400_000)))!.entries, [])
}))
