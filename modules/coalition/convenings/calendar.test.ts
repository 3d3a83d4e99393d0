import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { writeCalendar, type CalendarEntry } from './calendar.ts'
import { ZONES } from './convening.ts'
import { timeZoneLines } from './time-zone.ts'

const ENTRY: CalendarEntry = {
	id: 'g-abc', sequence: 0, changedAt: new Date('2026-02-01T12:00:00Z'), startsAt: new Date('2026-03-07T23:00:00Z'), endsAt: new Date('2026-03-08T01:00:00Z'), zone: 'America/New_York',
	title: 'Rents, repairs; and what next', description: 'Come and say\nwhat you live through', location: 'Mill Street Library', url: 'https://example.org/convenings/g-abc', cancelled: false,
}

/** The events of a calendar text as another program's parser reads them, their times worked out from the VTIMEZONE in the text alone. */
function parse(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text))
	const zones = calendar.getAllSubcomponents('vtimezone').map((component) => new ICAL.Timezone(component))
	const read = (event: ICAL.Component, name: string) => {
		const property = event.getFirstProperty(name)!
		const zone = zones.find(({ tzid }) => tzid === property.getParameter('tzid'))!
		assert.ok(zone, 'every TZID has its VTIMEZONE')
		const time = property.getFirstValue() as ICAL.Time
		time.zone = zone
		return new Date(time.toUnixTime() * 1000)
	}
	return {
		zones: zones.map(({ tzid }) => tzid),
		events: calendar.getAllSubcomponents('vevent').map((event) => ({
			uid: event.getFirstPropertyValue('uid'), sequence: event.getFirstPropertyValue('sequence'), status: event.getFirstPropertyValue('status'),
			summary: event.getFirstPropertyValue('summary'), description: event.getFirstPropertyValue('description'), startsAt: read(event, 'dtstart'), endsAt: read(event, 'dtend'),
		})),
	}
}

test('a convening moved over the change of clocks is read again with the same UID, a higher SEQUENCE and the right moment', () => {
	const before = parse(writeCalendar({ name: 'Hub', entries: [ENTRY] })).events[0]!
	const moved = { ...ENTRY, sequence: 1, startsAt: new Date('2026-03-08T22:00:00Z'), endsAt: new Date('2026-03-09T00:00:00Z') }
	const after = parse(writeCalendar({ name: 'Hub', entries: [moved] })).events[0]!
	assert.equal(after.uid, before.uid)
	assert.ok((after.sequence as unknown as number) > (before.sequence as unknown as number))
	assert.deepEqual([before.startsAt, before.endsAt], [ENTRY.startsAt, ENTRY.endsAt])
	assert.deepEqual([after.startsAt, after.endsAt], [moved.startsAt, moved.endsAt])
	assert.match(writeCalendar({ name: 'Hub', entries: [moved] }), /DTSTART;TZID=America\/New_York:20260308T180000\r\n/, 'the clock there shows six on both days')
})

test('a cancelled convening stays and says so; texts come back as they were written', () => {
	const [event] = parse(writeCalendar({ name: 'Hub', entries: [{ ...ENTRY, cancelled: true }] })).events
	assert.deepEqual([event!.status, event!.summary, event!.description], ['CANCELLED', ENTRY.title, ENTRY.description])
})

test('each zone has one VTIMEZONE, however many convenings use it', () => {
	const entries = [ENTRY, { ...ENTRY, id: 'g-b' }, { ...ENTRY, id: 'g-c', zone: 'America/Phoenix' }]
	assert.deepEqual(parse(writeCalendar({ name: 'Hub', entries })).zones, ['America/New_York', 'America/Phoenix'])
})

test('in every zone another parser finds the same moments from the text alone, over years of clock changes', () => {
	fc.assert(fc.property(fc.constantFrom(...ZONES, 'Europe/Berlin', 'Australia/Sydney', 'Africa/Casablanca', 'Asia/Kolkata'), fc.integer({ min: 0, max: 5_000_000 }), (zone, minutes) => {
		const startsAt = new Date(Date.UTC(2025, 0, 1) + minutes * 60_000)
		const [event] = parse(writeCalendar({ name: 'x', entries: [{ ...ENTRY, zone, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) }] })).events
		// An hour that the clock runs through twice has one name for two moments.
		const clock = (at: Date) => at.toLocaleString('sv', { timeZone: zone })
		assert.equal(clock(event!.startsAt), clock(startsAt), `${startsAt.toISOString()} in ${zone}`)
	}), { numRuns: 300 })
})

test('yearly rules stand where changes follow one, single changes where they do not, one time where there are none', () => {
	const [first, last] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-06-01T00:00:00Z')]
	assert.deepEqual(timeZoneLines('America/New_York', first, last).filter((line) => line.startsWith('RRULE')), ['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'])
	assert.equal(timeZoneLines('Africa/Casablanca', first, last).filter((line) => line.startsWith('RRULE')).length, 0)
	assert.deepEqual(timeZoneLines('America/Phoenix', first, last).filter((line) => line.startsWith('TZOFFSETTO')), ['TZOFFSETTO:-0700'])
})

test('lines are at most 75 octets, end as the standard says, and begin with no blank but a fold', () => {
	fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
		const text = writeCalendar({ name: title, entries: [{ ...ENTRY, title }] })
		for (const line of text.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75)
		assert.ok(text.startsWith('BEGIN:VCALENDAR\r\n') && text.endsWith('END:VCALENDAR\r\n'))
		assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/)
	}))
})
