import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { publicSupports } from './public-supports.ts'

const line = (requested: number, askedThere: number, delivered: number | undefined) => ({ kind: 'childcare' as const, requested, askedThere, delivered })

test('a kind of support is told whole or not at all: nobody is found by a small number or by what is left over', () => {
	const hidden = (...counts: Parameters<typeof line>) => publicSupports([line(...counts)]).hidden.length === 1
	assert.ok(hidden(3, 0, 3))
	assert.ok(hidden(20, 0, 15), 'five went without: that follows by subtraction')
	assert.ok(hidden(20, 4, 24))
	assert.ok(!hidden(20, 0, 20))
	assert.ok(!hidden(40, 12, 30))
	assert.ok(!hidden(0, 0, 0))
	assert.ok(!hidden(25, 0, undefined))
})

test('no number between 1 and 10 follows from what is shown', () => {
	const count = fc.integer({ min: 0, max: 40 })
	fc.assert(fc.property(count, count, fc.option(count, { nil: undefined }), (requested, askedThere, delivered) => {
		for (const shown of publicSupports([line(requested, askedThere, delivered)]).shown) {
			const known = [shown.requested, shown.askedThere, ...(shown.delivered === undefined ? [] : [shown.delivered, Math.abs(shown.requested + shown.askedThere - shown.delivered)])]
			assert.ok(known.every((one) => one === 0 || one > 10))
		}
	}))
})
