import { PERCENTILE_RULES } from '../percentile-ranks.ts'
import { checkRecipe } from './check-recipe.ts'
import { readDerivation } from './read-derivation.ts'
import { readThresholds } from './read-thresholds.ts'
import { RecipeReading, join, shownValue } from './reading.ts'
import { REFERENCE_SETS, type Composite, type Exclusion, type Indicator, type Normalisation, type RankColumn, type Recipe, type RecipeProblem } from './types.ts'

const FIELDS = [
	'name', 'title', 'summary', 'publisher', 'source', 'methodology', 'reference', 'missing', 'exclude', 'normalise', 'derive',
	'indicators', 'themes', 'total', 'thresholds',
]
const METHODS = ['percentile', 'z-score', 'min-max', 'goalposts', 'standard-deviation-classes', 'rank', 'none'] as const
const PERCENTILE: Normalisation = { method: 'percentile', rule: 'svi', reverse: 'complement' }

/**
 * Reads a recipe from parsed YAML or JSON. Returns every problem with its path, and the recipe when there are none.
 * Each field, its meaning and its default: docs/guides/recipes.md.
 */
export function readRecipe(value: unknown): { recipe?: Recipe; problems: RecipeProblem[] } {
	const reading = new RecipeReading()
	const raw = reading.mapping(value, '', FIELDS)
	const missing = raw.missing === undefined ? {} : reading.mapping(raw.missing, 'missing', ['code', 'minimum-present'])
	const normalise = raw.normalise === undefined ? PERCENTILE : readNormalisation(reading, raw.normalise, 'normalise')
	const recipe: Recipe = {
		name: reading.text(raw, 'name', ''),
		title: reading.text(raw, 'title', '', shownValue(raw.name)),
		summary: reading.text(raw, 'summary', '', ''),
		publisher: reading.optionalText(raw, 'publisher', ''),
		source: reading.optionalText(raw, 'source', ''),
		methodology: reading.optionalText(raw, 'methodology', ''),
		reference: reading.choice(raw, 'reference', '', REFERENCE_SETS, 'all'),
		missingCode: reading.number(missing, 'code', 'missing'),
		minimumPresent: reading.number(missing, 'minimum-present', 'missing'),
		exclude: reading.list(raw, 'exclude', '').map((item, index) => readExclusion(reading, item, `exclude[${index}]`)),
		derive: reading.list(raw, 'derive', '').flatMap((item, index) => readDerivation(reading, item, `derive[${index}]`) ?? []),
		indicators: reading.list(raw, 'indicators', '', true).map((item, index) => readIndicator(reading, item, `indicators[${index}]`, normalise)),
		themes: reading.list(raw, 'themes', '').map((item, index) => readComposite(reading, item, `themes[${index}]`, normalise)),
	}
	if (raw.total !== undefined) recipe.total = readComposite(reading, raw.total, 'total', normalise, recipe)
	if (raw.thresholds !== undefined) recipe.thresholds = readThresholds(reading, raw.thresholds)
	checkRecipe(reading, recipe)
	return reading.problems.length > 0 ? { problems: reading.problems } : { recipe, problems: [] }
}

function readExclusion(reading: RecipeReading, value: unknown, path: string): Exclusion {
	const raw = reading.mapping(value, path, ['column', 'equals', 'at-most', 'optional'])
	const exclusion: Exclusion = {
		column: reading.text(raw, 'column', path),
		equals: reading.number(raw, 'equals', path),
		atMost: reading.number(raw, 'at-most', path),
		optional: raw.optional === true,
	}
	if (exclusion.equals === undefined && exclusion.atMost === undefined) reading.problem('recipe_exclusion_without_test', path)
	return exclusion
}

function readNormalisation(reading: RecipeReading, value: unknown, path: string): Normalisation {
	const raw = reading.mapping(value, path, ['method', 'rule', 'reverse', 'low', 'high', 'from', 'to', 'decimals'])
	const method = reading.choice(raw, 'method', path, METHODS)
	const decimals = reading.decimals(raw, path)
	const low = reading.number(raw, 'low', path) ?? 0
	const high = reading.number(raw, 'high', path) ?? 1
	if (method === 'percentile') {
		const rule = reading.choice(raw, 'rule', path, PERCENTILE_RULES)
		const natural = rule === 'svi' || rule === 'dplyr' ? 'complement' : 'negate'
		return { method, rule, reverse: reading.choice(raw, 'reverse', path, ['complement', 'negate'], natural), decimals }
	}
	if (method === 'min-max') return { method, low, high, decimals }
	if (method === 'goalposts') return { method, from: reading.requiredNumber(raw, 'from', path), to: reading.requiredNumber(raw, 'to', path), low, high, decimals }
	return { method, decimals }
}

function readIndicator(reading: RecipeReading, value: unknown, path: string, normalise: Normalisation): Indicator {
	const raw = reading.mapping(value, path, ['id', 'label', 'column', 'direction', 'weight', 'round', 'normalise', 'output', 'flag'])
	const id = reading.text(raw, 'id', path)
	const indicator: Indicator = {
		id,
		label: reading.text(raw, 'label', path, id),
		column: reading.text(raw, 'column', path, id),
		direction: reading.choice(raw, 'direction', path, ['more', 'less'], 'more'),
		weight: reading.weight(raw, path),
		round: reading.decimals(raw, path, undefined, 'round'),
		normalise: raw.normalise === undefined ? normalise : readNormalisation(reading, raw.normalise, join(path, 'normalise')),
		output: reading.text(raw, 'output', path, `${id}_NORMALISED`),
	}
	if (raw.flag !== undefined) {
		const flag = reading.mapping(raw.flag, join(path, 'flag'), ['output', 'at-least'])
		indicator.flag = { output: reading.text(flag, 'output', join(path, 'flag'), `F_${id}`), atLeast: reading.requiredNumber(flag, 'at-least', join(path, 'flag')) }
	}
	return indicator
}

function readComposite(reading: RecipeReading, value: unknown, path: string, normalise: Normalisation, all?: Recipe): Composite {
	const raw = reading.mapping(value, path, ['id', 'label', 'members', 'weight', 'aggregate', 'output', 'decimals', 'rank', 'flags', 'missing'])
	const id = reading.text(raw, 'id', path, all ? 'TOTAL' : undefined)
	const everything = all && (all.themes.length > 0 ? all.themes : all.indicators).map((member) => member.id)
	const composite: Composite = {
		id,
		label: reading.text(raw, 'label', path, id),
		members: raw.members === undefined && everything ? everything : reading.names(raw, 'members', path),
		weight: reading.weight(raw, path),
		aggregate: reading.choice(raw, 'aggregate', path, ['mean', 'sum', 'geometric'], 'mean'),
		output: reading.text(raw, 'output', path, `${id}_SCORE`),
		decimals: reading.decimals(raw, path),
		flags: reading.optionalText(raw, 'flags', path),
		missing: reading.optionalText(raw, 'missing', path),
	}
	if (composite.members.length === 0) reading.problem('recipe_theme_without_members', join(path, 'members'), { theme: id })
	if (raw.rank !== undefined) composite.rank = readRank(reading, raw.rank, join(path, 'rank'), id, normalise)
	return composite
}

function readRank(reading: RecipeReading, value: unknown, path: string, id: string, normalise: Normalisation): RankColumn {
	const raw = reading.mapping(value, path, ['output', 'rule', 'decimals'])
	const usual = normalise.method === 'percentile' ? normalise.rule : 'svi'
	return {
		output: reading.text(raw, 'output', path, `${id}_RANK`),
		rule: reading.choice(raw, 'rule', path, PERCENTILE_RULES, usual),
		decimals: reading.decimals(raw, path, normalise.method === 'percentile' ? normalise.decimals : undefined),
	}
}
