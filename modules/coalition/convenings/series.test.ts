import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOfSeries, firstOfEach, MOST_IN_SERIES, movedAlike, RHYTHMS } from './series.ts'
import { readTime } from './local-time.ts'

const days = (first: string, rhythm: string, { count = '', until = '' }: { count?: string; until?: string }) => {
	const found = daysOfSeries(first, { rhythm, count, until })
	return 'fault' in found ? found.fault : found.days
}

test('weeks follow each other by seven or fourteen days, until a day or a count, whichever comes first', () => {
	assert.deepEqual(days('2026-03-10', 'weekly', { count: '3' }), ['2026-03-10', '2026-03-17', '2026-03-24'])
	assert.deepEqual(days('2026-03-10', 'fortnightly', { until: '2026-04-07' }), ['2026-03-10', '2026-03-24', '2026-04-07'], 'the last day is one of them')
	assert.deepEqual(days('2026-03-10', 'weekly', { count: '9', until: '2026-03-20' }), ['2026-03-10', '2026-03-17'])
})

test('a month by weekday keeps the second Tuesday; from a fifth one it is the last of each month', () => {
	assert.deepEqual(days('2026-03-10', 'monthly_weekday', { count: '5' }), ['2026-03-10', '2026-04-14', '2026-05-12', '2026-06-09', '2026-07-14'])
	assert.deepEqual(days('2026-03-31', 'monthly_weekday', { count: '4' }), ['2026-03-31', '2026-04-28', '2026-05-26', '2026-06-30'])
})

test('every day by weekday has that weekday, and its number in the month where the month has it', () => {
	for (let offset = 0; offset < 400; offset++) {
		const first = Temporal.PlainDate.from('2026-01-01').add({ days: offset })
		const found = days(first.toString(), 'monthly_weekday', { count: '14' }) as string[]
		for (const [n, text] of found.entries()) {
			const day = Temporal.PlainDate.from(text)
			assert.equal(day.dayOfWeek, first.dayOfWeek)
			assert.equal((day.year - first.year) * 12 + day.month - first.month, n, 'one in each month')
			if (first.day <= 28) assert.equal(Math.ceil(day.day / 7), Math.ceil(first.day / 7))
			else assert.ok(day.day + 7 > day.daysInMonth, `${text} is the last of its month`)
		}
	}
})

test('a month by date takes the last day of a month that is too short, and is back on its day in the next', () => {
	assert.deepEqual(days('2026-01-31', 'monthly_date', { count: '4' }), ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'])
	assert.deepEqual(days('2028-01-30', 'monthly_date', { until: '2028-03-30' }), ['2028-01-30', '2028-02-29', '2028-03-30'])
})

test('a series has an end, at least two dates and at most sixty, and says what is wrong with it', () => {
	for (const rhythm of RHYTHMS) {
		assert.equal((days('2026-03-10', rhythm, { count: String(MOST_IN_SERIES) }) as string[]).length, MOST_IN_SERIES)
		assert.equal(days('2026-03-10', rhythm, { count: String(MOST_IN_SERIES + 1) }), 'series_too_long')
		assert.equal(days('2026-03-10', rhythm, { until: '9999-01-01' }), 'series_too_long')
		assert.equal(days('2026-03-10', rhythm, { until: '2026-03-11' }), 'series_single')
		assert.equal(days('2026-03-10', rhythm, { until: '2026-03-09' }), 'series_single')
	}
	assert.equal(days('2026-03-10', 'weekly', {}), 'series_without_end')
	assert.equal(days('2026-03-10', 'daily', { count: '2' }), 'series_rhythm_unknown')
	for (const count of ['0', '-2', '1.5', 'x']) assert.equal(days('2026-03-10', 'weekly', { count }), 'series_count')
	for (const until of ['soon', '2026-3-1', '2026-13-01', '2026-02-30']) assert.equal(days('2026-03-10', 'weekly', { until }), 'series_until')
})

test('dates on both sides of a change of clocks keep the time that a clock there shows', () => {
	const found = days('2026-03-03', 'weekly', { count: '2' }) as string[]
	const starts = found.map((date) => readTime({ date, begins: '18:00', ends: '20:00', zone: 'America/New_York' })).map((time) => ('fault' in time ? time.fault : time.startsAt.toISOString()))
	assert.deepEqual(starts, ['2026-03-03T23:00:00.000Z', '2026-03-10T22:00:00.000Z'])
})

test('later dates go as many days as the one that moves', () => {
	assert.equal(movedAlike('2026-04-14', '2026-03-10', '2026-03-12'), '2026-04-16')
	assert.equal(movedAlike('2026-04-01', '2026-03-10', '2026-03-09'), '2026-03-31')
})

test('a list shows of each series the first date and how many follow', () => {
	const list = [{ id: 'a', series: 's' }, { id: 'b', series: undefined }, { id: 'c', series: 's' }, { id: 'd', series: 't' }, { id: 'e', series: 's' }]
	assert.deepEqual(firstOfEach(list).map(({ id, more }) => [id, more]), [['a', 2], ['b', 0], ['d', 0]])
})
