import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastOf } from './measures.ts'

const HISTORY = [{ vintage: '2014–2018', estimate: 40, margin: 1 }, { vintage: '2019–2023', estimate: 45, margin: 1 }]

test('a goal that wants a number to fall is missed where the line leads above it beyond the margin', () => {
	const falling = (target: number) => forecastOf(HISTORY, 2028, { target, baseline: 45 })!
	assert.equal(falling(40).estimate, 50)
	assert.equal(falling(40).against, 'misses')
	assert.equal(forecastOf(HISTORY, 2028, { target: 49, baseline: 40 })!.against, 'within_margins')
	assert.equal(forecastOf(HISTORY, 2028, { target: 42, baseline: 40 })!.against, 'reaches')
	assert.equal(forecastOf(HISTORY, 2028, { target: undefined, baseline: 40 })!.against, undefined)
})

test('nothing is foretold from one vintage, for years that are known, or beyond ten years', () => {
	assert.equal(forecastOf(HISTORY.slice(1), 2028, { target: 40, baseline: 45 }), undefined)
	assert.equal(forecastOf(HISTORY, 2023, { target: 40, baseline: 45 }), undefined)
	assert.equal(forecastOf(HISTORY, 2034, { target: 40, baseline: 45 }), undefined)
	assert.equal(forecastOf([{ ...HISTORY[0]!, vintage: 'spring' }, HISTORY[1]!], 2028, { target: 40, baseline: 45 }), undefined)
})
