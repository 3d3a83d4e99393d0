import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ICAL from 'ical.js'
import { Refusal, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { writeCalendar } from '../../convenings/calendar.ts'
import { VISITOR } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { ADMINISTRATOR, makeBody, NOW } from '../testing.ts'
import { cancelConvening, changeConvening, getConveningRow, givenOf, type GivenConvening } from './convenings.ts'
import { getConvening, listCalendarEntries } from './find-convenings.ts'
import { findRsvp, sayComing } from './rsvps.ts'
import { countTaken } from './seats.ts'
import { cancelSeriesRsvp, findSeriesRsvp, sayComingToSeries } from './series-rsvps.ts'
import { cancelLater, changeLater, conveneSeries, findPlaceInSeries, getSeries } from './series.ts'
import { EVENING } from './testing/index.ts'

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
const FOUR = { rhythm: 'weekly', count: '4', until: '' }

/** A weekly series over the change of clocks of 8 March 2026. */
async function planSeries(writer: Writer<Tables>, given: Partial<GivenConvening> = {}, rule = FOUR, name = 'Series circle') {
	const { id: body } = await makeBody(writer, 'issue_circle', 'public', name)
	const { series } = await conveneSeries(writer, ADMINISTRATOR, body, { ...EVENING, date: '2026-03-04', ...given }, rule, NOW)
	return { body, series, dates: (await getSeries(writer, ADMINISTRATOR, series, NOW)).dates }
}

const startsOf = async (writer: Writer<Tables>, series: string) => (await getSeries(writer, ADMINISTRATOR, series, NOW)).dates.map(({ startsAt }) => startsAt.toISOString().slice(0, 16))
const asGiven = async (writer: Writer<Tables>, id: string) => givenOf(await getConveningRow(writer, id), [])

test('a series is one convening for each day, at the same clock time over the change of clocks, and knows its place', () => within(async (writer) => {
	const { series, dates, body } = await planSeries(writer)
	assert.deepEqual(await startsOf(writer, series), ['2026-03-04T23:00', '2026-03-11T22:00', '2026-03-18T22:00', '2026-03-25T22:00'])
	const place = (await findPlaceInSeries(writer, dates[1]!.id))!
	assert.deepEqual(place, { series, rhythm: 'weekly', number: 2, of: 4, before: dates[0]!.id, after: dates[2]!.id, later: 2 })
	assert.equal((await getConvening(writer, VISITOR, dates[0]!.id, {}, NOW)).series, series)
	const offered = await writer.selectFrom('mail.digest_item').select('record').where('topic', '=', `body:${body}`).execute()
	assert.deepEqual(offered.map(({ record }) => record), [`coalition:convening_series/${series}`], 'followers hear of it once')
}))

test('a rule that cannot be is refused by name, and so is a day on which the clock jumps over the time', () => within(async (writer) => {
	const tries = [[{ ...FOUR, rhythm: 'daily' }, 'series_rhythm_unknown'], [{ ...FOUR, count: '' }, 'series_without_end'], [{ ...FOUR, count: '61' }, 'series_too_long'], [{ ...FOUR, count: '1' }, 'series_single'], [{ ...FOUR, until: 'May' }, 'series_until'], [{ ...FOUR, count: 'ten' }, 'series_count']] as const
	for (const [rule, code] of tries) await refuses(planSeries(writer, {}, rule, code), code)
	await refuses(planSeries(writer, { date: 'soon' }, FOUR, 'soon'), 'time_unreadable')
	await assert.rejects(planSeries(writer, { date: '2026-03-01', begins: '02:30', ends: '04:00' }, FOUR, 'early'), (cause) => cause instanceof Refusal && cause.code === 'time_skipped' && cause.parameters.date === '2026-03-08')
}))

test('one date is changed or called off alone; the others keep their time and their sequence', () => within(async (writer) => {
	const { series, dates } = await planSeries(writer)
	await changeConvening(writer, ADMINISTRATOR, dates[1]!.id, { ...(await asGiven(writer, dates[1]!.id)), date: '2026-03-12' }, NOW)
	await cancelConvening(writer, ADMINISTRATOR, dates[2]!.id, 'Flood', NOW)
	assert.deepEqual(await startsOf(writer, series), ['2026-03-04T23:00', '2026-03-12T22:00', '2026-03-18T22:00', '2026-03-25T22:00'])
	const after = (await getSeries(writer, VISITOR, series, NOW)).dates
	assert.deepEqual(after.map(({ state }) => state), ['planned', 'planned', 'cancelled', 'planned'])
	assert.deepEqual(await Promise.all(after.map(async ({ id }) => (await getConveningRow(writer, id)).sequence)), [0, 1, 1, 0])
	assert.deepEqual((await findPlaceInSeries(writer, dates[1]!.id))!.after, dates[3]!.id, 'what was called off is passed over')
}))

test('what changes on a date and on all later ones leaves their own words alone, and calendars get it under the same UIDs with a higher SEQUENCE', () => within(async (writer) => {
	const { series, dates, body } = await planSeries(writer)
	await changeConvening(writer, ADMINISTRATOR, dates[3]!.id, { ...(await asGiven(writer, dates[3]!.id)), title: 'The last evening' }, NOW)
	const read = async () => {
		const text = writeCalendar({ name: 'Circle', entries: await listCalendarEntries(writer, { body }, (id) => `https://example.org/${id}`, NOW) })
		const calendar = new ICAL.Component(ICAL.parse(text))
		const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!)
		return new Map(calendar.getAllSubcomponents('vevent').map((component) => {
			const event = new ICAL.Event(component)
			event.startDate.zone = zone
			return [event.uid, { sequence: event.sequence, at: new Date(event.startDate.toUnixTime() * 1000).toISOString(), title: event.summary }] as const
		}))
	}
	const before = await read()
	await changeLater(writer, ADMINISTRATOR, dates[1]!.id, { ...(await asGiven(writer, dates[1]!.id)), date: '2026-03-12', begins: '19:00', ends: '21:00' }, NOW)
	assert.deepEqual(await startsOf(writer, series), ['2026-03-04T23:00', '2026-03-12T23:00', '2026-03-19T23:00', '2026-03-26T23:00'])
	const after = await read()
	assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort(), 'no identifier is new')
	const risen = dates.map(({ id }) => after.get(`${id}@throughline`)!.sequence - before.get(`${id}@throughline`)!.sequence)
	assert.deepEqual(risen, [0, 1, 1, 1])
	assert.equal(after.get(`${dates[3]!.id}@throughline`)!.title, 'The last evening')
	await changeLater(writer, ADMINISTRATOR, dates[1]!.id, { ...(await asGiven(writer, dates[1]!.id)) }, NOW)
	assert.equal((await getConveningRow(writer, dates[2]!.id)).sequence, 1, 'what changes in nothing tells nobody')
}))

test('a date and the rest are called off together, and every guest of each is told', () => within(async (writer) => {
	const { dates } = await planSeries(writer)
	for (const { id } of dates) await sayComing(writer, VISITOR, id, { name: 'Ana', contact: 'ana@example.org' }, NOW)
	assert.equal(await cancelLater(writer, ADMINISTRATOR, dates[2]!.id, 'The hall is closed', NOW), 2)
	const states = await Promise.all(dates.map(async ({ id }) => (await getConveningRow(writer, id)).state))
	assert.deepEqual(states, ['planned', 'planned', 'cancelled', 'cancelled'])
	const letters = await writer.selectFrom('mail.letter').select('parameters').where('kind', '=', 'convening_cancelled').execute()
	assert.equal(letters.length, 2)
}))

test('one form says for several dates that somebody comes: a seat or a place in the line on each, one person, one code, once', () => within(async (writer) => {
	const { series, dates } = await planSeries(writer, { capacity: '2' })
	const [a, b, c] = dates.map(({ id }) => id) as [string, string, string]
	await sayComing(writer, VISITOR, b, { name: 'First', partySize: '2' }, NOW)
	const given = { name: 'Ana', contact: 'ana@example.org', partySize: '2', formKey: 'once' }
	const receipt = await sayComingToSeries(writer, VISITOR, series, given, [a, b, c], NOW)
	assert.deepEqual(await sayComingToSeries(writer, VISITOR, series, given, [a, b, c], NOW), { ...receipt, repeated: true })
	const own = (await findSeriesRsvp(writer, series, receipt.code.toUpperCase()))!
	assert.deepEqual(own.dates.map(({ convening, answer }) => [convening, answer]), [[a, 'coming'], [b, 'waiting'], [c, 'coming']])
	assert.deepEqual([own.name, own.partySize, own.hasEmail], ['Ana', 2, true])
	assert.equal((await writer.selectFrom('people.person').select('id').where('name', '=', 'Ana').execute()).length, 1)
	assert.equal((await findRsvp(writer, a, own.dates[0]!.code))!.answer, 'coming', 'each date has a code of its own')
	assert.equal(await findRsvp(writer, a, receipt.code), undefined)
	assert.equal((await cancelSeriesRsvp(writer, series, receipt.code, a, NOW)).length, 0)
	const next = await sayComing(writer, VISITOR, c, { name: 'Next' }, NOW)
	assert.deepEqual(await cancelSeriesRsvp(writer, series, receipt.code, undefined, NOW), [next.id], 'cancelling the rest gives the seats on')
	assert.deepEqual((await findSeriesRsvp(writer, series, receipt.code))!.dates.map(({ answer }) => answer), ['cancelled', 'cancelled', 'cancelled'])
}))

test('a form for several dates writes all of them or nothing, and takes no date that is over, called off or of another series', () => within(async (writer) => {
	const { series, dates } = await planSeries(writer)
	const other = await planSeries(writer, {}, FOUR, 'Another circle')
	const say = (chosen: string[], at = NOW) => sayComingToSeries(writer, VISITOR, series, { name: 'Ana' }, chosen, at)
	await cancelConvening(writer, ADMINISTRATOR, dates[3]!.id, 'Flood', NOW)
	await refuses(say([]), 'series_none_chosen')
	await refuses(say([dates[0]!.id, dates[3]!.id]), 'convening_not_open')
	await refuses(say([dates[0]!.id, other.dates[0]!.id]), 'convening_not_open')
	await refuses(say([dates[0]!.id, dates[1]!.id], new Date('2026-03-06T00:00:00Z')), 'convening_not_open')
	await refuses(sayComingToSeries(writer, VISITOR, series, { name: 'Ana', partySize: '99' }, [dates[0]!.id], NOW), 'rsvp_party_size')
	await refuses(cancelSeriesRsvp(writer, series, 'aaaaaaaa', undefined, NOW), 'rsvp_not_found')
	assert.deepEqual(await Promise.all(dates.map(({ id }) => countTaken(writer, id))), [0, 0, 0, 0])
}))

test('a series of a body that shows its inside to members alone is for them alone', () => within(async (writer) => {
	const { id: body, lead } = await makeBody(writer, 'issue_circle', 'private', 'Quiet circle')
	const { series, first } = await conveneSeries(writer, lead, body, EVENING, FOUR, NOW)
	await refuses(getSeries(writer, VISITOR, series, NOW), 'body_not_found')
	await refuses(sayComingToSeries(writer, VISITOR, series, { name: 'Ana' }, [first], NOW), 'body_not_found')
	assert.equal((await getSeries(writer, lead, series, NOW)).dates.length, 4)
}))

test('nobody oversells a date when forms for several dates, for one date and changes of all dates come at the same moment', { timeout: 60_000 }, async () => {
	const { series, dates } = await open.database.transaction().execute((writer) => planSeries(writer, { capacity: '20' }, FOUR, 'Crowded circle'))
	const ids = dates.map(({ id }) => id)
	const asks = Array.from({ length: 80 }, (_, n) => () => open.database.transaction().execute(async (writer) => {
		if (n % 20 === 7) return changeLater(writer, ADMINISTRATOR, ids[0]!, { ...(await asGiven(writer, ids[0]!)), agenda: `Agenda ${n}` }, NOW)
		if (n % 2) return sayComing(writer, VISITOR, ids[(n >> 1) % 4]!, { name: `One ${n}` }, NOW)
		// Chosen in another order by every second one.
		return sayComingToSeries(writer, VISITOR, series, { name: `All ${n}` }, n % 4 ? ids : ids.toReversed(), NOW)
	}))
	const answers = await Promise.allSettled(asks.map((ask) => ask()))
	assert.deepEqual(answers.filter(({ status }) => status === 'rejected'), [])
	for (const id of ids) {
		assert.equal(await countTaken(open.database, id), 20)
		const line = await open.database.selectFrom('coalition.rsvp').select('answer').where('convening', '=', id).orderBy('place_in_line').execute()
		assert.ok(line.length > 45)
		assert.deepEqual(line.map(({ answer }) => answer), line.map((_, n) => (n < 20 ? 'coming' : 'waiting')), 'the line is in the order in which they came')
	}
})
