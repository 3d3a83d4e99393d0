import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { choiceQuery, readMapChoice, toggleClass } from './map-choice.ts'

const read = (query: string) => readMapChoice(new URLSearchParams(query))

test('bounds are read ascending and without repeats', () => {
	assert.deepEqual(read('breaks=30, 10;20,10').breaks, [10, 20, 30])
	assert.equal(read('breaks=30,10').method, 'manual')
})

test('bounds that cannot be read are named and the usual classes stand in for them', () => {
	for (const text of ['ten', '10,', '1e400', '1,2,3,4,5,6,7', 'NaN', '10,Infinity']) {
		const choice = read(`breaks=${text}&classes=natural-breaks`)
		assert.equal(choice.rejected, text)
		assert.deepEqual([choice.method, choice.breaks], ['natural-breaks', []])
	}
})

test('a choice written into an address is read back as it was', () => {
	const breaks = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { maxLength: 6 }).map((list) => list.sort((a, b) => a - b))
	const shown = fc.uniqueArray(fc.integer({ min: 0, max: 8 })).map((list) => list.sort((a, b) => a - b))
	fc.assert(fc.property(breaks, shown, fc.constantFrom(3, 4, 5, 6, 7), fc.constantFrom('sequential' as const, 'diverging' as const), fc.constantFrom('', '2012–2016'), fc.constantFrom('', 'own:a&b'), (bounds, show, count, ramp, compare, other) => {
		const choice = { method: bounds.length > 0 ? 'manual' as const : 'equal-interval' as const, count, breaks: bounds, show, ramp, compare, with: other, rejected: undefined }
		assert.deepEqual(read(choiceQuery(choice)), choice)
	}))
})

test('pressing a class twice shows what was shown before', () => {
	const choice = read('show=1,3')
	assert.deepEqual(toggleClass(choice, 2).show, [1, 2, 3])
	assert.deepEqual(toggleClass(toggleClass(choice, 0), 0), choice)
})
