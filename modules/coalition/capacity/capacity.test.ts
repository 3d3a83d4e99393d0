import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listPeriods } from './periods.ts'
import { shareOf } from './counts.ts'

const NOW = new Date('2026-03-01T12:00:00Z')

test('years and quarters follow each other without a gap, the one that runs first, and none before the founding', () => {
	assert.deepEqual(listPeriods('year', new Date('2024-12-31T23:00:00Z'), NOW).map(({ key, from, until }) => [key, from, until]), [['2026', '2026-01-01', '2027-01-01'], ['2025', '2025-01-01', '2026-01-01'], ['2024', '2024-01-01', '2025-01-01']])
	const quarters = listPeriods('quarter', new Date('2020-01-01T00:00:00Z'), NOW)
	assert.deepEqual(quarters.map(({ key }) => key), ['2026-Q1', '2025-Q4', '2025-Q3', '2025-Q2', '2025-Q1'])
	for (const [n, { from }] of quarters.slice(0, -1).entries()) assert.equal(from, quarters[n + 1]!.until)
	assert.deepEqual(listPeriods('year', NOW, NOW).map(({ key }) => key), ['2026'], 'what was founded today has the period that runs')
	assert.equal(listPeriods('year', new Date('2010-01-01T00:00:00Z'), NOW).length, 4)
})

test('there is no share of nothing, and none of none is not nought', () => {
	assert.equal(shareOf({ value: 0, of: 4 }), 0)
	assert.equal(shareOf({ value: 0, of: 0 }), undefined)
	assert.equal(shareOf({ value: undefined, of: 3 }), undefined)
})
