import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changeBetween, isEarlier, yearsInCommon } from './change.ts'

test('a change beyond both margins is higher or lower, one inside them is within, with the root of the squared margins as its own', () => {
	assert.deepEqual(changeBetween({ estimate: 20, moe: 3 }, { estimate: 30, moe: 4 }), { estimate: 10, moe: 5, verdict: 'higher' })
	assert.equal(changeBetween({ estimate: 30, moe: 3 }, { estimate: 20, moe: 4 }).verdict, 'lower')
	assert.equal(changeBetween({ estimate: 20, moe: 3 }, { estimate: 24.9, moe: 4 }).verdict, 'within_margins')
})

test('without a margin the change is told and nothing is said of it; without a number nothing is told', () => {
	const change = changeBetween({ estimate: 20, moe: NaN }, { estimate: 30, moe: 4 })
	assert.deepEqual([change.estimate, change.verdict], [10, 'unknown'])
	assert.deepEqual(changeBetween({ estimate: NaN, moe: 1 }, { estimate: 30, moe: 4 }).verdict, 'missing')
})

test('what rose from one to the other fell the other way round', () => {
	const number = fc.record({ estimate: fc.integer({ min: 0, max: 100 }), moe: fc.integer({ min: 0, max: 20 }) })
	const turned = { higher: 'lower', lower: 'higher', within_margins: 'within_margins', unknown: 'unknown', missing: 'missing' } as const
	fc.assert(fc.property(number, number, (a, b) => {
		assert.equal(changeBetween(b, a).verdict, turned[changeBetween(a, b).verdict])
	}))
})

test('periods share the years that lie in both', () => {
	assert.deepEqual(yearsInCommon('2016–2020', '2020–2024'), { first: 2020, last: 2020 })
	assert.deepEqual(yearsInCommon('2018-2022', '2019–2023'), { first: 2019, last: 2022 })
	assert.equal(yearsInCommon('2012–2016', '2017–2021'), undefined)
	assert.equal(yearsInCommon('of old', '2017–2021'), undefined)
})

test('the earlier series is the one that ends earlier', () => {
	assert.ok(isEarlier('2016–2020', '2020–2024'))
	assert.ok(!isEarlier('2020–2024', '2016–2020') && !isEarlier('2020', '2020') && !isEarlier('of old', '2020'))
})
