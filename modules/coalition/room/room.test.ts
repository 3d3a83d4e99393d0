import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomDraw } from '@throughline/stats'
import { CATEGORY_SETS, SET_NAMES, sharesOf } from './category-sets.ts'
import { coverageOf, mostAnswers, outsideOfficeHours } from './coverage.ts'
import { groupsOf, measureRoom } from './measure-room.ts'

const of = (...estimates: number[]) => estimates.map((estimate) => ({ estimate, moe: 0.01 }))

test('no question asks about citizenship or immigration, and every option that is compared has its share', () => {
	assert.doesNotMatch(JSON.stringify(CATEGORY_SETS), /citizen|immigra|visa|passport/)
	for (const set of Object.values(CATEGORY_SETS)) if ('community' in set) assert.deepEqual(Object.keys(set.community), set.options)
	assert.deepEqual(sharesOf(['age', 'home']), ['children', 'older-adults', 'homeowners'])
	assert.deepEqual(sharesOf(SET_NAMES.filter((name) => !('community' in CATEGORY_SETS[name]))), [])
})

test('a room takes a tenth more answers than heads, at least two more, and coverage is never above one', () => {
	assert.deepEqual([0, 4, 31, 200].map(mostAnswers), [2, 6, 35, 220])
	assert.deepEqual([coverageOf(12, 10), coverageOf(6, 10), coverageOf(0, 0)], [1, 0.6, 0])
})

test('evenings and weekends are outside office hours by the clocks of the place', () => {
	const at = (text: string) => outsideOfficeHours(new Date(text), 'America/New_York')
	assert.deepEqual([at('2026-03-11T22:00:00Z'), at('2026-03-11T15:00:00Z'), at('2026-03-14T15:00:00Z'), at('2026-03-11T12:30:00Z')], [true, false, true, true])
})

test('hidden groups count as one, and zero is not hidden', () => {
	const table = { answered: 40, counts: [20, null, null, 0], withheld: false }
	const groups = groupsOf(table, of(0.4, 0.3, 0.2, 0.1))!
	assert.deepEqual(groups.counts, [20, 0, 20])
	assert.equal(groups.grouped, 2)
	assert.ok(Math.abs(groups.shares[2]! - 0.5) < 1e-9)
	const { rows, index, presence } = measureRoom({ ...table, draw: randomDraw(groups.shares, 40) }, of(0.4, 0.3, 0.2, 0.1))
	assert.deepEqual(rows.map(({ count, ratio }) => [count, ratio?.verdict]), [[20, 'cannot_tell'], [undefined, undefined], [undefined, undefined], [0, 'under']])
	assert.ok(Math.abs(index!.value - 0.9) < 1e-9)
	assert.deepEqual(presence, { expected: 4, present: 3 })
})

test('there is no index where a table is withheld, a share is unknown, or shares make no whole', () => {
	const table = { answered: 40, counts: [20, 20], withheld: false }
	assert.equal(groupsOf({ ...table, withheld: true }, of(0.5, 0.5)), undefined)
	assert.equal(groupsOf(table, [{ estimate: 0.5, moe: 0 }, null]), undefined)
	assert.equal(groupsOf(table, of(0.5, 0.3)), undefined)
	assert.equal(groupsOf(table, null), undefined)
})
