import { join, type RecipeReading } from './reading.ts'
import type { Category, Condition, ThresholdRule } from './types.ts'

/** Reads the `thresholds` field of a recipe. */
export function readThresholds(reading: RecipeReading, value: unknown): ThresholdRule {
	const raw = reading.mapping(value, 'thresholds', ['categories', 'output', 'count', 'reasons', 'unknown'])
	const categories = reading.list(raw, 'categories', 'thresholds', true)
		.map((item, index) => readCategory(reading, item, `thresholds.categories[${index}]`))
	return {
		categories,
		output: reading.text(raw, 'output', 'thresholds', 'FLAG'),
		count: reading.text(raw, 'count', 'thresholds', 'CATEGORY_COUNT'),
		reasons: reading.text(raw, 'reasons', 'thresholds', 'REASONS'),
		unknown: reading.text(raw, 'unknown', 'thresholds', 'UNKNOWN_COUNT'),
	}
}

function readCategory(reading: RecipeReading, value: unknown, path: string): Category {
	const raw = reading.mapping(value, path, ['id', 'label', 'output', 'burden', 'socioeconomic'])
	const id = reading.text(raw, 'id', path)
	const conditions = (field: string) =>
		reading.list(raw, field, path).map((item, index) => readCondition(reading, item, `${join(path, field)}[${index}]`))
	const category = { id, label: reading.text(raw, 'label', path, id), output: reading.text(raw, 'output', path, `CATEGORY_${id}`), burden: conditions('burden'), socioeconomic: conditions('socioeconomic') }
	if (category.burden.length === 0) reading.problem('recipe_category_without_burden', path, { category: id })
	return category
}

function readCondition(reading: RecipeReading, value: unknown, path: string): Condition {
	const raw = reading.mapping(value, path, ['indicator', 'column', 'at-least', 'at-most', 'reason'])
	const condition: Condition = {
		indicator: reading.optionalText(raw, 'indicator', path),
		column: reading.optionalText(raw, 'column', path),
		atLeast: reading.number(raw, 'at-least', path),
		atMost: reading.number(raw, 'at-most', path),
		reason: '',
	}
	if ((condition.indicator === undefined) === (condition.column === undefined)) reading.problem('recipe_condition_without_value', path)
	if (condition.atLeast === undefined && condition.atMost === undefined) reading.problem('recipe_condition_without_threshold', path)
	condition.reason = reading.text(raw, 'reason', path, condition.indicator ?? condition.column ?? '')
	return condition
}
