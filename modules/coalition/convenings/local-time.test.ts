import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ZONES } from './convening.ts'
import { givenTimeOf, isZone, readTime } from './local-time.ts'

const at = (date: string, begins: string, ends: string, zone = 'America/New_York') => readTime({ date, begins, ends, zone })

test('an evening is the moment that clocks there show, in summer and in winter', () => {
	assert.deepEqual(at('2026-07-01', '18:00', '20:30'), { startsAt: new Date('2026-07-01T22:00:00Z'), endsAt: new Date('2026-07-02T00:30:00Z') })
	assert.deepEqual(at('2026-12-01', '18:00', '20:30'), { startsAt: new Date('2026-12-01T23:00:00Z'), endsAt: new Date('2026-12-02T01:30:00Z') })
})

test('a time that the clock jumps over is refused, one that it runs through twice is the first', () => {
	assert.deepEqual(at('2026-03-08', '02:30', '04:00'), { fault: 'time_skipped' })
	assert.deepEqual(at('2026-11-01', '01:30', '03:00'), { startsAt: new Date('2026-11-01T05:30:00Z'), endsAt: new Date('2026-11-01T08:00:00Z') })
})

test('an end before the beginning is on the day after, unless that is too long', () => {
	assert.deepEqual(at('2026-05-01', '22:00', '00:30'), { startsAt: new Date('2026-05-02T02:00:00Z'), endsAt: new Date('2026-05-02T04:30:00Z') })
	assert.deepEqual(at('2026-05-01', '18:00', '16:00'), { fault: 'time_too_long' })
})

test('what is no date, no time or no zone is named as such', () => {
	assert.deepEqual(at('2026-02-30x', '18:00', '19:00'), { fault: 'time_unreadable' })
	assert.deepEqual(at('', '', ''), { fault: 'time_unreadable' })
	assert.deepEqual(at('2026-05-01', '18:00', '19:00', 'Mars/Olympus'), { fault: 'time_zone_unknown' })
	assert.ok(!isZone('+05:00') && !isZone('') && isZone('America/Argentina/Buenos_Aires'))
})

test('what a form shows of two moments reads back as the same moments, but for the second of two equal hours', () => {
	fc.assert(fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 1, max: 900 }), (zone, startMinutes, minutes) => {
		const startsAt = new Date(Date.UTC(2026, 0, 1) + startMinutes * 60_000)
		const endsAt = new Date(startsAt.getTime() + minutes * 60_000)
		const read = readTime(givenTimeOf(startsAt, endsAt, zone))
		if ('fault' in read) return assert.equal(read.fault, 'time_too_long')
		for (const [back, from] of [[read.startsAt, startsAt], [read.endsAt, endsAt]] as const) assert.ok([0, 3_600_000].includes(from.getTime() - back.getTime()), `${from.toISOString()} in ${zone}`)
	}))
})
