import type { RecipeProblem } from './types.ts'

type Raw = Record<string, unknown>

/** Reads parsed YAML field by field and collects a problem for each field that is not what it should be. */
export class RecipeReading {
	readonly problems: RecipeProblem[] = []

	problem(code: string, path: string, parameters: Record<string, string | number> = {}): void {
		this.problems.push({ code, path, parameters: { path, ...parameters } })
	}

	/** A mapping; unknown fields are problems. Anything else is one problem and an empty mapping. */
	mapping(value: unknown, path: string, fields: readonly string[]): Raw {
		if (value === null || typeof value !== 'object' || Array.isArray(value)) {
			this.problem('recipe_not_a_mapping', path || 'recipe')
			return {}
		}
		for (const key of Object.keys(value)) {
			if (!fields.includes(key)) this.problem('recipe_unknown_field', join(path, key), { field: key, known: fields.join(', ') })
		}
		return value as Raw
	}

	list(raw: Raw, field: string, path: string, required = false): unknown[] {
		const value = raw[field]
		if (Array.isArray(value)) return value
		if (value !== undefined || required) this.problem('recipe_not_a_list', join(path, field))
		return []
	}

	names(raw: Raw, field: string, path: string): string[] {
		return this.list(raw, field, path).flatMap((item, index) => {
			if (typeof item === 'string' && item.trim()) return [item]
			this.problem('recipe_not_a_text', `${join(path, field)}[${index}]`)
			return []
		})
	}

	text(raw: Raw, field: string, path: string, fallback?: string): string {
		const value = raw[field]
		if (typeof value === 'string' && value.trim()) return value.trim()
		if (value === undefined && fallback !== undefined) return fallback
		this.problem(value === undefined ? 'recipe_field_missing' : 'recipe_not_a_text', join(path, field), { field })
		return ''
	}

	optionalText(raw: Raw, field: string, path: string): string | undefined {
		return raw[field] === undefined ? undefined : this.text(raw, field, path)
	}

	number(raw: Raw, field: string, path: string): number | undefined {
		const value = raw[field]
		if (value === undefined) return undefined
		if (typeof value === 'number' && Number.isFinite(value)) return value
		this.problem('recipe_not_a_number', join(path, field), { value: shownValue(value) })
		return undefined
	}

	requiredNumber(raw: Raw, field: string, path: string): number {
		if (raw[field] === undefined) this.problem('recipe_field_missing', join(path, field), { field })
		return this.number(raw, field, path) ?? NaN
	}

	weight(raw: Raw, path: string): number {
		const weight = this.number(raw, 'weight', path) ?? 1
		if (!(weight > 0)) this.problem('recipe_weight_not_positive', join(path, 'weight'), { value: shownValue(raw.weight) })
		return weight
	}

	decimals(raw: Raw, path: string, fallback?: number, field = 'decimals'): number | undefined {
		const decimals = this.number(raw, field, path)
		if (decimals === undefined) return fallback
		if (!Number.isInteger(decimals) || decimals < 0 || decimals > 10) this.problem('recipe_decimals_out_of_range', join(path, field), { value: decimals })
		return decimals
	}

	choice<const T extends string>(raw: Raw, field: string, path: string, choices: readonly T[], fallback?: T): T {
		const value = raw[field] ?? fallback
		if (choices.includes(value as T)) return value as T
		if (value === undefined) this.problem('recipe_field_missing', join(path, field), { field })
		else this.problem('recipe_not_a_choice', join(path, field), { value: shownValue(value), choices: choices.join(', ') })
		return choices[0]!
	}
}

/** `themes[0]` and `weight` → `themes[0].weight`. */
export function join(path: string, field: string): string {
	return path ? `${path}.${field}` : field
}

/** A value as a sentence may show it: at most 60 characters; lists and mappings only as such. */
export function shownValue(value: unknown): string {
	if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}'
	const text = String(value)
	return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
