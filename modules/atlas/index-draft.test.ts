import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareIndices } from './compare-indices.ts'
import { draftQuery, PUT_TOGETHER, readDraft, recipeOfDraft, SCALES, scoreIndex, yamlOfDraft, type DraftIndicator, type IndexDraft } from './index-draft.ts'
import { readRecipeFile } from './recipe-file.ts'

const INDICATORS: DraftIndicator[] = [
	{ key: 'low-income', domain: 'economic-development', direction: 'higher_is_worse', name: 'People with low income' },
	{ key: 'unemployment', domain: 'economic-development', direction: 'higher_is_worse', name: 'Unemployment' },
	{ key: 'life-expectancy', domain: 'health', direction: 'higher_is_better', name: 'Life expectancy' },
]

const draft: fc.Arbitrary<IndexDraft> = fc.record({
	title: fc.string({ maxLength: 60 }),
	members: fc.subarray(INDICATORS, { minLength: 1 }).chain((some) => fc.tuple(...some.map(({ key }) => fc.record({ indicator: fc.constant(key), weight: fc.integer({ min: 0, max: 10 }), direction: fc.constantFrom('more' as const, 'less' as const) }, { noNullPrototype: true })))),
	scale: fc.constantFrom(...SCALES),
	together: fc.constantFrom(...PUT_TOGETHER),
	byDomain: fc.boolean(),
	leaveOutPeople: fc.integer({ min: 0, max: 1000 }),
	minimumPresent: fc.integer({ min: 0, max: 3 }),
}, { noNullPrototype: true })

test('a draft and its address say the same', () => {
	fc.assert(fc.property(draft, (one) => assert.deepEqual(readDraft(new URLSearchParams(draftQuery(one)), INDICATORS), one)))
})

test('the text of a draft is a recipe without problems, and the same recipe', () => {
	fc.assert(fc.property(draft, (one) => {
		const recipe = recipeOfDraft(one, INDICATORS)
		if (!recipe) return assert.ok(one.members.every(({ weight }) => weight === 0))
		const read = readRecipeFile(yamlOfDraft(one, INDICATORS), 'own.yml')
		assert.deepEqual(read.problems, [])
		assert.deepEqual(read.recipe, recipe)
	}))
})

test('what an address names and the region does not have is left out, and limits hold', () => {
	const read = readDraft(new URLSearchParams('use=nothing&use=low-income&use=low-income&w-low-income=99&d-low-income=sideways&scale=odd&people=-5'), INDICATORS)
	assert.deepEqual(read.members, [{ indicator: 'low-income', weight: 10, direction: 'more' }])
	assert.deepEqual([read.scale, read.leaveOutPeople], ['percentile-svi', 0])
	assert.equal(readDraft(new URLSearchParams('use=life-expectancy'), INDICATORS).members[0]!.direction, 'less')
})

test('the mean of two percentile ranks, weighted two to one, by hand', () => {
	const recipe = recipeOfDraft(readDraft(new URLSearchParams('use=low-income&w-low-income=2&use=life-expectancy'), INDICATORS), INDICATORS)!
	const columns = new Map([['low-income', Float64Array.of(10, 20, 30)], ['life-expectancy', Float64Array.of(80, 70, 75)]])
	const { scores, ranks } = scoreIndex(recipe, ['1', '2', '3'], columns)!
	// Low income ranks 0, 0.5, 1; life expectancy counts reversed: 0, 1, 0.5.
	assert.deepEqual([...scores].map((score) => Math.round(score * 1e4) / 1e4), [0, 0.6667, 0.8333])
	assert.deepEqual([...ranks], [0, 0.5, 1])
	assert.equal(scoreIndex(recipe, ['1'], new Map([['low-income', Float64Array.of(1)]])), undefined, 'without its inputs there is no score')
})

test('a missing measure leaves a place without a score unless enough others are known', () => {
	const columns = new Map([['low-income', Float64Array.of(10, NaN, 30)], ['unemployment', Float64Array.of(1, 2, 3)]])
	const score = (query: string) => scoreIndex(recipeOfDraft(readDraft(new URLSearchParams(query), INDICATORS), INDICATORS)!, ['1', '2', '3'], columns)!.scores
	assert.ok(Number.isNaN(score('use=low-income&use=unemployment')[1]))
	assert.equal(score('use=low-income&use=unemployment&known=1')[1], 0.5)
})

test('two equal indices agree everywhere, opposite ones correlate at -1', () => {
	const values = Float64Array.from({ length: 10 }, (_, i) => i)
	const same = compareIndices(values, values)
	assert.deepEqual([same.correlation, same.counts], [1, [8, 0, 0, 2]])
	assert.deepEqual(compareIndices(values, values.map((value) => -value)).counts, [6, 2, 2, 0])
	assert.equal(compareIndices(values, values.map((value) => -value)).correlation, -1)
})

test('comparing never counts a place that lacks a score, and swapping turns the shift', () => {
	const column = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN)), { minLength: 4, maxLength: 30 })
	fc.assert(fc.property(column.chain((a) => fc.tuple(fc.constant(a), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: a.length, maxLength: a.length }))), ([a, b]) => {
		const [first, second] = [Float64Array.from(a), Float64Array.from(b)]
		const [one, other] = [compareIndices(first, second), compareIndices(second, first)]
		assert.equal(one.counts.reduce((sum, count) => sum + count), a.filter((value) => !Number.isNaN(value)).length)
		one.shift.forEach((value, i) => assert.ok(Object.is(value + other.shift[i]!, NaN) || Math.abs(value + other.shift[i]!) < 1e-12))
	}))
})

test('Spearman with ties takes average ranks: 4.5 / √(4.5 · 5) by hand', () => {
	const { correlation } = compareIndices(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 3, 2, 4))
	assert.ok(Math.abs(correlation - 0.9486832980505138) < 1e-12)
})
