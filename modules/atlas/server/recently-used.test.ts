import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RecentlyUsed } from './recently-used.ts'

test('what was used least recently leaves first', () => {
	const held = new RecentlyUsed<string>(3, () => 1)
	for (const key of ['a', 'b', 'c']) held.keep(key, key)
	held.find('a')
	held.keep('d', 'd')
	assert.deepEqual(['a', 'b', 'c', 'd'].map((key) => held.find(key)), ['a', undefined, 'c', 'd'])
})

test('whatever comes in which order, what is held never weighs more than the limit', () => {
	fc.assert(
		fc.property(fc.array(fc.record({ key: fc.integer({ min: 0, max: 20 }), weight: fc.integer({ min: 0, max: 12 }) }), { maxLength: 60 }), (asked) => {
			const held = new RecentlyUsed<{ weight: number }>(30, ({ weight }) => weight)
			for (const { key, weight } of asked) held.keep(String(key), { weight })
			const all = Array.from({ length: 21 }, (_, key) => held.find(String(key))?.weight ?? 0)
			return all.reduce((sum, weight) => sum + weight, 0) <= 30
		}),
	)
})
