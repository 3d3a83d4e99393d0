import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readRecipe } from './read-recipe.ts'

const good = { name: 'good', indicators: [{ id: 'A', column: 'x' }] }
const problemsOf = (value: unknown) => readRecipe(value).problems.map(({ code, path }) => `${path} ${code}`)

test('the smallest recipe has a name and one indicator; everything else has a default', () => {
	const { recipe, problems } = readRecipe(good)
	assert.deepEqual(problems, [])
	assert.deepEqual(recipe!.indicators[0], {
		id: 'A', label: 'A', column: 'x', direction: 'more', weight: 1, round: undefined, normalise: { method: 'percentile', rule: 'svi', reverse: 'complement' }, output: 'A_NORMALISED',
	})
})

test('each mistake has its own reason and the path where it stands', () => {
	const cases: [object, string][] = [
		[{ indicators: [] }, 'indicators recipe_without_indicators'],
		[{ indicators: [{ id: 'A', weight: 0 }] }, 'indicators[0].weight recipe_weight_not_positive'],
		[{ indicators: [{ id: 'A', wieght: 1 }] }, 'indicators[0].wieght recipe_unknown_field'],
		[{ indicators: [{ id: 'A', direction: 'up' }] }, 'indicators[0].direction recipe_not_a_choice'],
		[{ indicators: [{ id: 'A' }, { id: 'A', output: 'B' }] }, 'indicators[1].id recipe_id_twice'],
		[{ indicators: [{ id: 'A', output: 'X' }, { id: 'B', output: 'X' }] }, 'recipe recipe_output_twice'],
		[{ indicators: [{ id: 'A', flag: {} }] }, 'indicators[0].flag.at-least recipe_field_missing'],
		[{ themes: [{ id: 'T' }] }, 'themes[0].members recipe_theme_without_members'],
		[{ themes: [{ id: 'T', members: ['Z'] }] }, 'themes[0].members[0] recipe_unknown_indicator'],
		[{ themes: [{ id: 'T', members: ['A', 'A'] }] }, 'themes[0].members[1] recipe_member_twice'],
		[{ themes: 'A' }, 'themes recipe_not_a_list'],
		[{ exclude: [{ column: 'x' }] }, 'exclude[0] recipe_exclusion_without_test'],
		[{ derive: [{ column: 'x' }] }, 'derive[0] recipe_derivation_unknown'],
		[{ derive: [{ column: 'x', sum: [] }] }, 'derive[0].sum recipe_list_empty'],
		[{ missing: { code: 'none' } }, 'missing.code recipe_not_a_number'],
		[{ missing: { 'minimum-present': 0 } }, 'missing.minimum-present recipe_minimum_present_invalid'],
		[{ normalise: { method: 'percentile' } }, 'normalise.rule recipe_field_missing'],
		[{ normalise: { method: 'z-score', decimals: 1.5 } }, 'normalise.decimals recipe_decimals_out_of_range'],
		[{ reference: 'county' }, 'reference recipe_not_a_choice'],
		[{ thresholds: { categories: [{ id: 'C' }] } }, 'thresholds.categories[0] recipe_category_without_burden'],
		[{ thresholds: { categories: [{ id: 'C', burden: [{ indicator: 'A' }] }] } }, 'thresholds.categories[0].burden[0] recipe_condition_without_threshold'],
		[{ thresholds: { categories: [{ id: 'C', burden: [{ 'at-least': 1 }] }] } }, 'thresholds.categories[0].burden[0] recipe_condition_without_value'],
		[{ thresholds: { categories: [{ id: 'C', burden: [{ indicator: 'Z', 'at-least': 1 }] }] } }, 'thresholds.categories[0].burden[0].indicator recipe_unknown_indicator'],
		[{ name: 5 }, 'name recipe_not_a_text'],
	]
	for (const [change, expected] of cases) assert.ok(problemsOf({ ...good, ...change }).includes(expected), `${expected} not in ${problemsOf({ ...good, ...change }).join(' | ')}`)
	for (const nothing of [null, 5, 'text', []]) assert.ok(problemsOf(nothing).includes('recipe recipe_not_a_mapping'))
})

test('whatever stands in a recipe, reading it gives a recipe or problems and never throws', () => {
	const key = fc.constantFrom('name', 'indicators', 'themes', 'derive', 'exclude', 'missing', 'normalise', 'total', 'thresholds', 'reference', 'id', 'members', 'column', 'sum', 'weight')
	const { tree } = fc.letrec((tie) => ({
		tree: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.integer(), fc.string(), fc.boolean(), fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(key, tie('tree'), { maxKeys: 6 })),
	}))
	fc.assert(fc.property(tree, (value) => {
		const { recipe, problems } = readRecipe(value)
		assert.equal(recipe === undefined, problems.length > 0)
	}), { numRuns: 1000 })
})
