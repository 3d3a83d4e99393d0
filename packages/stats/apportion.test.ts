import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apportionCounts, ApportionRefusal, apportionRates } from './apportion.ts'
import type { ApportionWeights } from './apportion-weights.ts'

/** Weights from rows of source, target, share of source, share of target. */
function weightsOf(sourceCount: number, targetCount: number, rows: [number, number, number, number][]): ApportionWeights {
	const column = (place: 0 | 1 | 2 | 3) => rows.map((row) => row[place])
	return { sourceCount, targetCount, sources: Uint32Array.from(column(0)), targets: Uint32Array.from(column(1)), sourceShares: Float64Array.from(column(2)), targetShares: Float64Array.from(column(3)) }
}

const values = (...list: number[]) => Float64Array.from(list)
const near = (found: number, expected: number, relative = 1e-9) => assert.ok(Math.abs(found - expected) <= relative * Math.max(1, Math.abs(expected)), `${found} is not ${expected}`)

/** Two sources of equal size; target 0 holds the first and half of the second, target 1 the rest. */
const halves = weightsOf(2, 2, [[0, 0, 1, 2 / 3], [1, 0, 0.5, 1 / 3], [1, 1, 0.5, 1]])

/** Areas of any sources × targets, so that targets cover the sources and the other way round. */
const table = fc.record({ sources: fc.integer({ min: 1, max: 6 }), targets: fc.integer({ min: 1, max: 5 }) }).chain(({ sources, targets }) =>
	fc.record({
		areas: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: targets, maxLength: targets }), { minLength: sources, maxLength: sources })
			.filter((rows) => rows.every((row) => row.some((area) => area > 0))),
		counts: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: sources, maxLength: sources }),
		margins: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: sources, maxLength: sources }),
	}))

function weightsOfAreas(areas: number[][]): ApportionWeights {
	const total = (list: number[]) => list.reduce((sum, area) => sum + area, 0)
	const columns = areas[0]!.map((_, t) => total(areas.map((row) => row[t]!)))
	return weightsOf(areas.length, columns.length, areas.flatMap((row, s) => row.flatMap((area, t) => (area > 0 ? [[s, t, area / total(row), area / columns[t]!] as [number, number, number, number]] : []))))
}

test('counts are divided by share, margins by the root of the summed squares', () => {
	const { values: counts, margins, coverage } = apportionCounts(halves, { values: values(100, 40), margins: values(30, 80) })
	assert.deepEqual([...counts], [120, 20])
	assert.deepEqual([...margins!], [50, 40])
	assert.deepEqual([...coverage], [1, 1])
})

test('a missing source makes exactly the targets that it touches missing, never zero', () => {
	const second = apportionCounts(halves, { values: values(100, NaN), margins: values(30, 80) })
	assert.deepEqual([...second.values, ...second.margins!], [NaN, NaN, NaN, NaN])
	assert.deepEqual([...second.coverage], [2 / 3, 0])
	const first = apportionCounts(halves, { values: values(NaN, 40) })
	assert.deepEqual([...first.values], [NaN, 20])
	assert.equal(first.margins, undefined)
})

test('a missing source is let pass up to the stated share, and the coverage tells it', () => {
	const options = { maxMissingShare: 0.34 }
	const { values: counts, coverage } = apportionCounts(halves, { values: values(100, NaN) }, options)
	assert.deepEqual([...counts], [100, NaN])
	near(coverage[0]!, 2 / 3)
	assert.deepEqual([...apportionCounts(halves, { values: values(100, NaN) }, { ...options, minCoverage: 0.7 }).values], [NaN, NaN])
})

test('a missing margin makes the margin missing and not the count', () => {
	const { values: counts, margins } = apportionCounts(halves, { values: values(100, 40), margins: values(NaN, 80) })
	assert.deepEqual([[...counts], [...margins!]], [[120, 20], [NaN, 40]])
})

test('a target that no source touches is missing, a target of people-less sources is zero', () => {
	const weights = weightsOf(1, 2, [[0, 0, 1, 1]])
	assert.deepEqual([...apportionCounts(weights, { values: values(0) }).values], [0, NaN])
	assert.deepEqual([...apportionCounts(weights, { values: values(0) }).coverage], [1, 0])
})

test('what lies outside all targets is left out; differences of drawing are not outside; `total` gives out all', () => {
	const weights = weightsOf(2, 2, [[0, 0, 0.25, 1], [1, 1, 0.98, 1]])
	const source = { values: values(100, 100) }
	assert.deepEqual([...apportionCounts(weights, source).values], [25, 100])
	assert.deepEqual([...apportionCounts(weights, source, { allocate: 'area' }).values], [25, 98])
	assert.deepEqual([...apportionCounts(weights, source, { allocate: 'total' }).values], [100, 100])
})

test('targets that overlap each get their whole share', () => {
	const weights = weightsOf(1, 2, [[0, 0, 1, 1], [0, 1, 1, 1]])
	assert.deepEqual([...apportionCounts(weights, { values: values(10) }).values], [10, 10])
	assert.deepEqual([...apportionCounts(weights, { values: values(10) }, { allocate: 'total' }).values], [5, 5])
})

test('a rate is divided after numerator and universe were apportioned', () => {
	// 10 % of 900 and half of 40 % of 200: 130 of 1,000.
	const { values: rates } = apportionRates(halves, 'EP_POV', { values: values(10, 40) }, { values: values(900, 200) })
	near(rates[0]!, 13)
	near(rates[1]!, 40)
})

test('a rate without a universe is refused by name', () => {
	assert.throws(() => apportionRates(halves, 'EP_POV', { values: values(10, 40) }, undefined), (error) => error instanceof ApportionRefusal && error.code === 'rate_without_universe' && error.parameters.column === 'EP_POV')
})

test('where nobody is counted there is no rate, and an empty source does not make its neighbours missing', () => {
	const { values: rates } = apportionRates(halves, 'r', { values: values(10, NaN) }, { values: values(900, 0) })
	assert.deepEqual([...rates], [10, NaN])
})

test('a rate that is missing takes its universe out with it', () => {
	const { values: rates } = apportionRates(halves, 'r', { values: values(10, NaN) }, { values: values(900, 300) }, { maxMissingShare: 0.5 })
	assert.deepEqual([...rates], [10, NaN])
})

test('values that do not fit the weights are a mistake of the caller', () => {
	assert.throws(() => apportionCounts(halves, { values: values(1) }), RangeError)
	assert.throws(() => apportionCounts(halves, { values: values(1, 2), margins: values(1) }), RangeError)
})

test('totals are preserved when targets cover the sources', () => {
	fc.assert(fc.property(table, ({ areas, counts }) => {
		const { values: parts } = apportionCounts(weightsOfAreas(areas), { values: values(...counts) })
		near(parts.reduce((sum, part) => sum + (part === part ? part : 0), 0), counts.reduce((sum, count) => sum + count, 0))
	}))
})

test('apportioning to itself changes nothing: counts, rates and their margins', () => {
	fc.assert(fc.property(table, ({ counts, margins }) => {
		const self = weightsOf(counts.length, counts.length, counts.map((_, place) => [place, place, 1, 1]))
		const source = { values: values(...counts), margins: values(...margins) }
		const apportioned = apportionCounts(self, source)
		assert.deepEqual([apportioned.values, apportioned.margins], [source.values, source.margins])
		const universe = { values: values(...counts.map((count) => count + 1)), margins: values(...margins) }
		const rate = { values: values(...counts.map((count) => (100 * count) / (count + 1))), margins: values(...margins.map((moe) => moe / 10 + 1)) }
		const rates = apportionRates(self, 'r', rate, universe)
		rates.values.forEach((value, place) => near(value, rate.values[place]!))
		rates.margins!.forEach((moe, place) => near(moe, rate.margins[place]!, 1e-6))
	}))
})

test('merging two targets and apportioning commute', () => {
	fc.assert(fc.property(table, ({ areas, counts }) => {
		const merged = areas.map(([first, second = 0, ...rest]) => [first! + second, ...rest])
		const parts = apportionCounts(weightsOfAreas(areas), { values: values(...counts) }).values
		const joined = apportionCounts(weightsOfAreas(merged), { values: values(...counts) }).values
		const present = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? 0 : value)
		near(present(joined[0]), present(parts[0]) + present(parts[1]))
	}))
})

test('splitting a source in proportion to its shares and apportioning commute', () => {
	fc.assert(fc.property(table, fc.double({ min: 0.1, max: 0.9, noNaN: true }), ({ areas, counts }, part) => {
		const split = [areas[0]!.map((area) => area * part), areas[0]!.map((area) => area * (1 - part)), ...areas.slice(1)]
		const splitCounts = [counts[0]! * part, counts[0]! * (1 - part), ...counts.slice(1)]
		const whole = apportionCounts(weightsOfAreas(areas), { values: values(...counts) })
		const halved = apportionCounts(weightsOfAreas(split), { values: values(...splitCounts) })
		whole.values.forEach((value, target) => Number.isNaN(value) ? assert.equal(halved.values[target], NaN) : near(halved.values[target]!, value))
	}))
})

test('missing stays missing, and only where it touches', () => {
	fc.assert(fc.property(table, fc.nat(), ({ areas, counts }, pick) => {
		const gone = pick % counts.length
		const { values: parts } = apportionCounts(weightsOfAreas(areas), { values: values(...counts.map((count, s) => (s === gone ? NaN : count))) })
		const all = apportionCounts(weightsOfAreas(areas), { values: values(...counts) }).values
		parts.forEach((part, t) => assert.equal(part, areas[gone]![t]! > 0 ? NaN : all[t]))
	}))
})

test('the order of the entries does not matter', () => {
	fc.assert(fc.property(table, ({ areas, counts, margins }) => {
		const weights = weightsOfAreas(areas)
		const turned: ApportionWeights = { ...weights, sources: weights.sources.toReversed(), targets: weights.targets.toReversed(), sourceShares: weights.sourceShares.toReversed(), targetShares: weights.targetShares.toReversed() }
		const source = { values: values(...counts), margins: values(...margins) }
		const [a, b] = [apportionCounts(weights, source), apportionCounts(turned, source)]
		a.values.forEach((value, t) => Number.isNaN(value) ? assert.equal(b.values[t], NaN) : near(b.values[t]!, value))
	}))
})
