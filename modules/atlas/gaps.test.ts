import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findGaps, type Comparison } from './gaps.ts'

const comparison = (place: number, moe: number, area = 20, direction: Comparison['direction'] = 'higher_is_worse'): Comparison => ({
	direction, place: { estimate: place, moe }, area: { estimate: area, moe: 0.5 }, standardDeviation: 15,
})

test('a difference far beyond the margins is a gap, one within them is none', () => {
	const { gaps, tested } = findGaps([comparison(35, 3), comparison(21, 3)])
	assert.equal(tested, 2)
	assert.deepEqual(gaps.map(({ index, difference, worse }) => ({ index, difference, worse })), [{ index: 0, difference: 15, worse: true }])
})

test('the worst gap comes first, measured in standard deviations of the area, and the better side last', () => {
	const { gaps } = findGaps([comparison(30, 1), comparison(40, 1), comparison(5, 1)])
	assert.deepEqual(gaps.map(({ index }) => index), [1, 0, 2])
	assert.ok(gaps[2]!.standardized < 0 && !gaps[2]!.worse)
})

test('where less is worse, a lower number is the gap', () => {
	const { gaps } = findGaps([comparison(5, 1, 20, 'higher_is_better')])
	assert.ok(gaps[0]!.worse && gaps[0]!.standardized > 0)
})

test('what has no better side or no margin is not tested', () => {
	const result = findGaps([comparison(40, 1, 20, 'neither'), comparison(40, NaN), comparison(NaN, 1)])
	assert.deepEqual(result, { gaps: [], tested: 0, untested: 1 })
})

test('one borderline difference among many is no gap, although it would be one alone', () => {
	const borderline = comparison(24, 3)
	assert.equal(findGaps([borderline]).gaps.length, 1)
	assert.equal(findGaps([borderline, ...Array.from({ length: 19 }, () => comparison(20.1, 3))]).gaps.length, 0)
})

test('without any true gap, few lists hold a false one', () => {
	let state = 20261122
	const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
	const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
	const lists = Array.from({ length: 400 }, () => Array.from({ length: 20 }, () => ({ ...comparison(20 + normal(), 1.645), area: { estimate: 20, moe: 0 } })))
	const withFalse = lists.filter((list) => findGaps(list).gaps.length > 0).length
	// 5 % are expected; 400 draws stray by about one percentage point.
	assert.ok(withFalse > 400 * 0.015 && withFalse < 400 * 0.085, `${withFalse} of 400 lists`)
})
