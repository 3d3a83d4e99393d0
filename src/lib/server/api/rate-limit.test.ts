import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { limitFromEnvironment, rateHeaders, RateLimit } from './rate-limit.ts'

test('an address is answered so many times a minute, then it waits for the rest of that minute', () => {
	const limit = new RateLimit(3)
	const at = (second: number) => limit.take('192.0.2.1', second * 1000)
	assert.deepEqual([0, 1, 2].map((second) => at(second).allowed), [true, true, true])
	assert.deepEqual(at(10), { allowed: false, limit: 3, remaining: 0, resetSeconds: 50 })
	assert.equal(at(59).allowed, false)
	assert.deepEqual(at(60), { allowed: true, limit: 3, remaining: 2, resetSeconds: 60 })
})

test('one address does not use up what another may ask', () => {
	const limit = new RateLimit(1)
	assert.equal(limit.take('192.0.2.1', 0).allowed, true)
	assert.equal(limit.take('192.0.2.1', 0).allowed, false)
	assert.equal(limit.take('192.0.2.2', 0).allowed, true)
})

test('addresses of one IPv6 network of 64 bits are one, and an IPv4 address in IPv6 clothes is itself', () => {
	const limit = new RateLimit(1)
	assert.equal(limit.take('2001:db8:0:1::1', 0).allowed, true)
	assert.equal(limit.take('2001:db8:0:1:ffff:2:3:4', 0).allowed, false)
	assert.equal(limit.take('2001:db8::1', 0).allowed, true)
	assert.equal(limit.take('2001:db8:0:0:9::', 0).allowed, false)
	assert.equal(limit.take('::1', 0).allowed, true)
	assert.equal(limit.take('192.0.2.7', 0).allowed, true)
	assert.equal(limit.take('::ffff:192.0.2.7', 0).allowed, false)
})

test('however many addresses ask, only so many are remembered, and never is more allowed than the limit within a minute', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 }), (addresses) => {
			const limit = new RateLimit(5, 10)
			for (const [second, address] of addresses.entries()) {
				const { allowed, remaining } = limit.take(`192.0.2.${address}`, second * 10)
				assert.ok(remaining >= 0 && (allowed || remaining === 0))
			}
			assert.ok(limit.remembered <= 10)
		}),
	)
})

test('the headers name the policy, what is left and when it begins anew', () => {
	assert.deepEqual(rateHeaders({ allowed: true, limit: 600, remaining: 599, resetSeconds: 60 }), { 'ratelimit-policy': '"address";q=600;w=60', ratelimit: '"address";r=599;t=60' })
})

test('the limit is a whole number of requests a minute, 600 unless the setting says otherwise', () => {
	const of = (text?: string) => limitFromEnvironment({ THROUGHLINE_API_LIMIT: text })
	assert.deepEqual([of(), of(''), of('many'), of('-1'), of('0'), of('120')], [600, 600, 600, 600, 0, 120])
})

test('whether an address has used up its minute is told without counting', () => {
	const limit = new RateLimit(2)
	const spent = (now: number) => limit.isSpent('192.0.2.7', now)
	assert.deepEqual([spent(0), limit.take('192.0.2.7', 0).allowed, spent(1), limit.take('192.0.2.7', 1).allowed, spent(2), spent(2), spent(60_001)], [false, true, false, true, true, true, false])
	assert.equal(limit.isSpent('192.0.2.8', 2), false)
})
