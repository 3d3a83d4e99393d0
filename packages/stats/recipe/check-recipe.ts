import type { RecipeReading } from './reading.ts'
import type { Composite, Recipe } from './types.ts'

/** The rules that hold between fields: names that are used exist, ids and output columns are given once. */
export function checkRecipe(reading: RecipeReading, recipe: Recipe): void {
	if (recipe.indicators.length === 0) reading.problem('recipe_without_indicators', 'indicators')
	checkRepeats(reading, recipe)
	const indicators = new Set(recipe.indicators.map(({ id }) => id))
	const themes = new Set(recipe.themes.map(({ id }) => id))
	recipe.themes.forEach((theme, index) => checkMembers(reading, theme, `themes[${index}]`, indicators))
	if (recipe.total) checkMembers(reading, recipe.total, 'total', new Set([...indicators, ...themes]))
	const { minimumPresent } = recipe
	if (minimumPresent !== undefined && (!Number.isInteger(minimumPresent) || minimumPresent < 1)) {
		reading.problem('recipe_minimum_present_invalid', 'missing.minimum-present', { value: minimumPresent })
	}
	recipe.thresholds?.categories.forEach((category, index) => {
		for (const kind of ['burden', 'socioeconomic'] as const) {
			category[kind].forEach(({ indicator }, place) => {
				if (indicator === undefined || indicators.has(indicator)) return
				reading.problem('recipe_unknown_indicator', `thresholds.categories[${index}].${kind}[${place}].indicator`, { indicator, known: [...indicators].join(', ') })
			})
		}
	})
}

function checkMembers(reading: RecipeReading, composite: Composite, path: string, known: Set<string>): void {
	composite.members.forEach((member, index) => {
		if (!known.has(member)) reading.problem('recipe_unknown_indicator', `${path}.members[${index}]`, { indicator: member, known: [...known].join(', ') })
		if (composite.members.indexOf(member) !== index) reading.problem('recipe_member_twice', `${path}.members[${index}]`, { member })
	})
}

function checkRepeats(reading: RecipeReading, recipe: Recipe): void {
	const ids = new Set<string>()
	const named: [string, string][] = [
		...recipe.indicators.map(({ id }, index): [string, string] => [id, `indicators[${index}].id`]),
		...recipe.themes.map(({ id }, index): [string, string] => [id, `themes[${index}].id`]),
	]
	for (const [id, path] of named) {
		if (id === '') continue
		if (ids.has(id)) reading.problem('recipe_id_twice', path, { id })
		ids.add(id)
	}
	const outputs = new Set<string>()
	for (const output of outputNames(recipe)) {
		if (outputs.has(output)) reading.problem('recipe_output_twice', 'recipe', { output })
		outputs.add(output)
	}
}

/** Every column a recipe writes besides its derived ones, in no particular order. */
function outputNames(recipe: Recipe): string[] {
	const composites = [...recipe.themes, ...(recipe.total ? [recipe.total] : [])]
	const names = [
		...recipe.indicators.filter(({ id }) => id !== '').flatMap(({ output, flag }) => [output, flag?.output]),
		...composites.flatMap(({ output, rank, flags, missing }) => [output, rank?.output, flags, missing]),
	]
	const rule = recipe.thresholds
	if (rule) names.push(rule.output, rule.count, rule.reasons, rule.unknown, ...rule.categories.map(({ output }) => output))
	return names.filter((name) => name !== undefined)
}
