import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { agendaProgress, goalProgress } from './progress.ts'

test('progress is the share of the way to the target, in either direction, and never outside 0 and 1', () => {
	assert.equal(goalProgress({ baseline: 20, latest: 15, target: 10 }), 0.5)
	assert.equal(goalProgress({ baseline: 10, latest: 12, target: 20 }), 0.2)
	assert.equal(goalProgress({ baseline: 20, latest: 25, target: 10 }), 0)
	assert.equal(goalProgress({ baseline: 20, latest: 5, target: 10 }), 1)
})

test('what is missing is unknown and never zero', () => {
	assert.equal(goalProgress({ baseline: 20, latest: undefined, target: 10 }), undefined)
	assert.equal(goalProgress({ baseline: 20, latest: NaN, target: 10 }), undefined)
	assert.equal(goalProgress({ baseline: 10, latest: 12, target: 10 }), undefined)
	assert.deepEqual(agendaProgress([]), { percent: undefined, known: 0, unknown: 0 })
	assert.deepEqual(agendaProgress([{ weight: 3, progress: undefined }, { weight: 1, progress: 0.5 }]), { percent: 50, known: 0.25, unknown: 1 })
})

const goals = fc.array(fc.record({ weight: fc.double({ min: 1e-3, max: 1e5, noNaN: true }), progress: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }) }), { maxLength: 30 })

test('the mean stays between 0 and 100 for any weights, is unchanged when all weights are scaled, and counts what is unknown', () => {
	fc.assert(fc.property(goals, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (list, scale) => {
		const one = agendaProgress(list)
		assert.ok(one.percent === undefined ? list.every(({ progress }) => progress === undefined) : one.percent >= 0 && one.percent <= 100)
		assert.ok(one.known >= 0 && one.known <= 1 + 1e-12)
		const other = agendaProgress(list.map(({ weight, progress }) => ({ weight: weight * scale, progress })))
		assert.equal(other.unknown, one.unknown)
		assert.ok(Math.abs((other.percent ?? 0) - (one.percent ?? 0)) < 1e-6)
	}))
})

test('two goals half done with weights 2 and 3 are half done together', () => {
	assert.equal(agendaProgress([{ weight: 2, progress: 0.5 }, { weight: 3, progress: 0.5 }]).percent, 50)
})
