import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concernsOf, measureLink, type ExchangeFact } from './link-measures.ts'

const DAY = 86_400_000
const NOW = new Date('2026-06-01T00:00:00Z')
const ago = (days: number) => new Date(NOW.getTime() - days * DAY)
const fact = (from: 'a' | 'b', opened: number, answered?: number): ExchangeFact => ({ from, openedAt: ago(opened), answeredAt: answered === undefined ? undefined : ago(answered) })

test('each direction is counted for itself, with its answered share, its median days and what waits', () => {
	const { aToB, bToA, balance } = measureLink([fact('a', 40, 30), fact('a', 30, 28), fact('a', 20), fact('b', 9, 8)], NOW)
	assert.deepEqual(aToB, { sent: 3, answeredShare: 2 / 3, medianDays: 6, waiting: 1, longestWaitDays: 20 })
	assert.deepEqual(bToA, { sent: 1, answeredShare: 1, medianDays: 1, waiting: 0, longestWaitDays: undefined })
	assert.equal(balance, 1 / 3)
})

test('where nothing moved nothing is claimed', () => {
	const none = { sent: 0, answeredShare: undefined, medianDays: undefined, waiting: 0, longestWaitDays: undefined }
	assert.deepEqual(measureLink([], NOW), { aToB: none, bToA: none, balance: undefined })
})

const facts = fc.array(fc.record({ from: fc.constantFrom('a' as const, 'b' as const), opened: fc.integer({ min: 1, max: 400 }), after: fc.option(fc.integer({ min: 0, max: 400 })) })
	.map(({ from, opened, after }) => fact(from, opened, after === null ? undefined : Math.max(0, opened - after))), { maxLength: 40 })

test('shares and balance stay between 0 and 1, sides may be swapped, and the order of entry changes nothing', () => {
	fc.assert(fc.property(facts, (list) => {
		const measures = measureLink(list, NOW)
		for (const share of [measures.balance, measures.aToB.answeredShare, measures.bToA.answeredShare]) assert.ok(share === undefined || (share >= 0 && share <= 1))
		const swapped = measureLink(list.map((one) => ({ ...one, from: one.from === 'a' ? ('b' as const) : ('a' as const) })).reverse(), NOW)
		assert.deepEqual(swapped, { aToB: measures.bToA, bToA: measures.aToB, balance: measures.balance })
	}))
})

test('a link is pointed out when it is quiet, lacks link people, moves one way only or lets something wait', () => {
	const link = { agreedAt: ago(100), peopleA: 1, peopleB: 1, lastAt: ago(10) }
	const of = (list: ExchangeFact[], more = {}) => concernsOf({ ...link, ...more }, measureLink(list, NOW), NOW)
	assert.deepEqual(of([fact('a', 10, 9)]), [])
	assert.deepEqual(of([], { lastAt: undefined }), ['no_exchange'])
	assert.deepEqual(of([fact('a', 10, 9)], { peopleA: 0, peopleB: 0 }), ['no_link_people_a', 'no_link_people_b'])
	assert.deepEqual(of([1, 2, 3, 4].map((days) => fact('a', days, 0))), ['one_way'])
	assert.deepEqual(of([fact('a', 31), fact('b', 3, 2)]), ['long_wait'])
})
