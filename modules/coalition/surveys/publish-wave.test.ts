import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SURVEY_ITEMS } from './instrument.ts'
import { compareWaves, publishItem, publishWave, varianceOf, type AnswerCounts, type PublishedItem } from './publish-wave.ts'

/** Every way in which so many people can have answered one question. */
function* everyAnswer(size: number): Generator<AnswerCounts> {
	for (let a = 0; a <= size; a++) for (let b = 0; a + b <= size; b++) for (let c = 0; a + b + c <= size; c++) for (let d = 0; a + b + c + d <= size; d++) yield [a, b, c, d, size - a - b - c - d]
}

const keyOf = ({ mean, atLeast, atMost }: Omit<PublishedItem, 'item'>) => `${mean} ${atLeast} ${atMost}`
const isSmall = (count: number) => count >= 1 && count <= 4

test('whoever knows everything that is told of a question never knows that an answer was given by one to four people, or that one to four skipped it', { timeout: 60_000 }, () => {
	for (let answered = 5; answered <= 26; answered++) {
		// What is told → which answers, and whether skipping, might after all not be small.
		const told = new Map<string, boolean[]>()
		for (let size = 0; size <= answered; size++) for (const counts of everyAnswer(size)) {
			const key = keyOf(publishItem(answered, counts))
			const open = told.get(key) ?? told.set(key, [false, false, false, false, false, false]).get(key)!
			counts.forEach((count, n) => { open[n] ||= !isSmall(count) })
			open[5] ||= !isSmall(answered - size)
		}
		for (const [key, open] of told) assert.ok(open.every(Boolean), `of ${answered}: ${key} gives away ${open}`)
	}
})

test('the audit is one that fails: with means to a hundredth small counts are known', () => {
	const told = new Map<string, boolean[]>()
	for (const counts of everyAnswer(6)) {
		const key = (counts.reduce((sum, count, n) => sum + count * (n + 1), 0) / 6).toFixed(2)
		const open = told.get(key) ?? told.set(key, [false, false, false, false, false]).get(key)!
		counts.forEach((count, n) => { open[n] ||= !isSmall(count) })
	}
	assert.ok([...told.values()].some((open) => !open.every(Boolean)))
})

/** Answers of small groups: whoever skips, and whoever likes one answer most. */
const wave = fc.integer({ min: 5, max: 11 }).chain((answered) => fc.record({
	answered: fc.constant(answered),
	items: fc.array(fc.array(fc.oneof({ arbitrary: fc.constant(5), weight: 3 }, fc.integer({ min: 0, max: 5 })), { minLength: answered, maxLength: answered }), { minLength: SURVEY_ITEMS.length, maxLength: SURVEY_ITEMS.length }),
}))

const countsOf = (answers: readonly number[]): AnswerCounts => [1, 2, 3, 4, 5].map((value) => answers.filter((one) => one === value).length) as unknown as AnswerCounts

/** Everything that may have been answered to a question of which this is told. */
function possible(answered: number, told: Omit<PublishedItem, 'item'>): AnswerCounts[] {
	const sizes = Array.from({ length: told.atMost! - told.atLeast! + 1 }, (_, n) => told.atLeast! + n)
	return sizes.flatMap((size) => [...everyAnswer(size)]).filter((counts) => keyOf(publishItem(answered, counts)) === keyOf(told))
}

test('the spread over all questions, known with all means, gives away no small count of any of them', { timeout: 120_000 }, () => {
	let spreads = 0
	const known = new Map<string, { counts: AnswerCounts; variance: number }[]>()
	fc.assert(fc.property(wave, ({ answered, items }) => {
		const published = publishWave(20, answered, new Map(SURVEY_ITEMS.map((item, n) => [item, countsOf(items[n]!)])), SURVEY_ITEMS)
		const shown = published.items.filter(({ mean }) => mean !== null)
		if (published.spread === null) return
		spreads++
		const each = shown.map((told) => {
			const key = `${answered} ${keyOf(told)}`
			return known.get(key) ?? known.set(key, possible(answered, told).map((counts) => ({ counts, variance: varianceOf(counts) }))).get(key)!
		})
		const [low, high] = [published.spread <= 0.8 ? 0 : (published.spread - 0.1) ** 2 * shown.length, published.spread ** 2 * shown.length]
		const [least, most] = [each.map((all) => Math.min(...all.map(({ variance }) => variance))), each.map((all) => Math.max(...all.map(({ variance }) => variance)))]
		const [leastOfAll, mostOfAll] = [least, most].map((list) => list.reduce((sum, one) => sum + one, 0)) as [number, number]
		each.forEach((all, n) => {
			// What the others may add leaves this question a window; whatever lies in it is possible.
			const fits = all.filter(({ variance }) => variance + leastOfAll - least[n]! <= high + 1e-9 && variance + mostOfAll - most[n]! >= low - 1e-9)
			for (const value of [0, 1, 2, 3, 4]) assert.ok(fits.some(({ counts }) => !isSmall(counts[value]!)), `answer ${value + 1} of a question`)
		})
	}), { numRuns: 150 })
	assert.ok(spreads > 75, `only ${spreads} waves told a spread`)
})

test('below five answers nothing is told, of a wave or of a question', () => {
	const four = publishWave(9, 4, new Map([[SURVEY_ITEMS[0]!, [0, 0, 0, 0, 4]]]), SURVEY_ITEMS)
	assert.equal(four.answered, null)
	assert.ok(four.items.every(({ mean, atLeast, atMost }) => mean === null && atLeast === null && atMost === null))
	const { items } = publishWave(30, 20, new Map([[SURVEY_ITEMS[0]!, [0, 0, 1, 2, 1]], [SURVEY_ITEMS[1]!, [0, 0, 5, 5, 9]]]), SURVEY_ITEMS)
	assert.deepEqual(items.slice(0, 2).map(({ mean, atLeast, atMost }) => [mean, atLeast, atMost]), [[null, null, null], [4.2, 16, 20]])
})

test('a change is said only where it exceeds the margin, which holds both samples and both roundings', () => {
	const all = (counts: AnswerCounts) => new Map(SURVEY_ITEMS.map((item) => [item, counts] as const))
	const [low, high, near] = [publishWave(40, 30, all([2, 8, 12, 6, 2]), SURVEY_ITEMS), publishWave(40, 30, all([0, 1, 5, 14, 10]), SURVEY_ITEMS), publishWave(40, 30, all([1, 7, 12, 8, 2]), SURVEY_ITEMS)]
	assert.ok(compareWaves(low, high).every(({ changed, difference, margin }) => changed && difference === 1.2 && margin > 0.5 && margin < 0.8))
	assert.ok(compareWaves(low, near).every(({ changed, difference }) => !changed && difference > 0))
	assert.deepEqual(compareWaves(publishWave(9, 4, all([0, 0, 0, 2, 2]), SURVEY_ITEMS), high), [], 'nothing is compared with what is not told')
})

test('of two waves with the same opinion one in twenty questions or fewer is said to have changed', () => {
	let state = 7
	const draw = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
	const sample = () => countsOf(Array.from({ length: 25 }, () => 1 + Math.min(4, Math.floor(5 * Math.sqrt(draw())))))
	const waves = Array.from({ length: 120 }, () => publishWave(40, 25, new Map(SURVEY_ITEMS.map((item) => [item, sample()])), SURVEY_ITEMS))
	const changes = waves.slice(1).flatMap((one, n) => compareWaves(waves[n]!, one))
	assert.ok(changes.length > 2000)
	assert.ok(changes.filter(({ changed }) => changed).length / changes.length < 0.05)
})
