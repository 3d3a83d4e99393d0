import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findOverlap, publicHours, sumHours } from './volunteering.ts'

const shift = (day: string, from: string, to: string) => ({ startsAt: new Date(`2026-${day}T${from}:00Z`), endsAt: new Date(`2026-${day}T${to}:00Z`) })

test('shifts overlap that share a minute, not those of which one ends as the other begins, in whatever order they were ticked', () => {
	const [morning, noon, late] = [shift('05-02', '09:00', '12:00'), shift('05-02', '12:00', '15:00'), shift('05-02', '11:59', '13:00')]
	assert.equal(findOverlap([noon, morning]), undefined)
	assert.deepEqual(findOverlap([noon, late, morning]), [morning, late])
	assert.deepEqual(findOverlap([morning, { ...morning }]), [morning, morning])
	assert.equal(findOverlap([]), undefined)
})

test('a long shift overlaps every short one within it', () => {
	const long = shift('05-02', '08:00', '20:00')
	assert.deepEqual(findOverlap([shift('05-02', '18:00', '19:00'), long]), [long, shift('05-02', '18:00', '19:00')])
})

test('hours belong to the year in which a shift begins where it takes place, and one person is counted once', () => {
	const eve = { startsAt: new Date('2027-01-01T03:00:00Z'), endsAt: new Date('2027-01-01T05:30:00Z') }
	const worked = [{ who: 'a', ...eve }, { who: 'a', ...shift('05-02', '09:00', '12:00') }, { who: 'b', ...shift('05-02', '09:00', '12:00') }, { who: 'c', startsAt: new Date('2027-02-01T15:00:00Z'), endsAt: new Date('2027-02-01T16:00:00Z') }]
	assert.deepEqual(sumHours(worked, 'America/New_York'), [{ year: 2027, hours: 1, people: 1 }, { year: 2026, hours: 8.5, people: 2 }])
	assert.equal(sumHours(worked, 'UTC')[0]!.hours, 3.5)
})

test('hours are told to everybody from five people on, never how many these were', () => {
	assert.deepEqual(publicHours([{ year: 2027, hours: 12.4, people: 4 }, { year: 2026, hours: 20.5, people: 5 }]), [{ year: 2026, hours: 21 }])
})
