import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { boundsOf } from './comparison.ts'
import { drawTrend, periodOf, sharedYears, trendOf } from './trend.ts'

const point = (vintage: string, estimate: number, margin = NaN) => ({ vintage, estimate, margin })

test('a period is read from its years, with either dash, and nothing from other words', () => {
	assert.deepEqual(periodOf('2016–2020'), [2016, 2020])
	assert.deepEqual(periodOf('2016-2020'), [2016, 2020])
	assert.deepEqual(periodOf('2019'), [2019, 2019])
	for (const text of ['spring 2019', '2020–2016', '']) assert.equal(periodOf(text), undefined)
})

test('overlapping periods share the years that stand in both', () => {
	assert.equal(sharedYears('2016–2020', '2018–2022'), 3)
	assert.equal(sharedYears('2016–2020', '2020–2024'), 1)
	assert.equal(sharedYears('2011–2015', '2016–2020'), 0)
	assert.equal(sharedYears('2019', 'unknown'), 0)
})

test('a change beyond both margins rose or fell, one within them is none, one without margins is not known', () => {
	assert.equal(trendOf([point('2016', 20, 3), point('2020', 30, 3)])!.verdict, 'higher')
	assert.equal(trendOf([point('2016', 30, 3), point('2020', 20, 3)])!.verdict, 'lower')
	assert.equal(trendOf([point('2016', 20, 8), point('2020', 24, 8)])!.verdict, 'within_margins')
	assert.equal(trendOf([point('2016', 20), point('2020', 30, 3)])!.verdict, 'unknown')
})

test('the oldest and the newest with a value are compared; one value alone is no trend', () => {
	const trend = trendOf([point('2012–2016', NaN), point('2014–2018', 10, 1), point('2016–2020', 99, 1), point('2018–2022', 10.5, 1)])!
	assert.deepEqual([trend.points.length, trend.verdict, trend.sharedYears, trend.periodYears], [3, 'within_margins', 1, 5])
	assert.equal(trendOf([point('2016', NaN), point('2020', 3, 1)]), undefined)
})

test('whatever the numbers, points and margins lie within the drawing, later years to the right', () => {
	const some = fc.record({ estimate: fc.double({ min: 0, max: 1e6, noNaN: true }), margin: fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1e6, noNaN: true })) })
	fc.assert(
		fc.property(fc.array(some, { minLength: 2, maxLength: 6 }), (values) => {
			const points = values.map(({ estimate, margin }, i) => point(String(2000 + 2 * i), estimate, margin))
			const { marks, width, height } = drawTrend(points, ({ estimate, margin }) => boundsOf({ estimate, moe: margin }, 'people'))
			marks.forEach(({ x, y, low, high }, i) => {
				assert.ok(x >= 0 && x <= width && high >= 0 && high <= y + 0.1 && y <= low + 0.1 && low <= height)
				if (i > 0) assert.ok(x > marks[i - 1]!.x)
			})
		}),
	)
})
