import type { Derivation, Recipe } from './types.ts'

export interface MissingInput {
	column: string
	/** Columns that would have done instead, for each way of deriving it: what is missing of them. */
	alternatives: string[][]
}

export interface RecipePlan {
	/** Derivations to run, in order. */
	derive: Derivation[]
	/** Columns of the table that are read. */
	inputs: string[]
	/** Columns that scores need and that can neither be read nor derived. */
	missing: MissingInput[]
	/** Columns of optional exclusions that cannot be made. */
	notExcluded: string[]
}

/** What a derivation must find, beside what it may find (`optional`). */
export function inputsOfDerivation(derivation: Derivation): { needed: string[]; optional: string[] } {
	const stem = (name: string) => [`${name}E`, `${name}M`]
	switch (derivation.kind) {
		case 'copy': return { needed: [derivation.from], optional: [] }
		case 'sum': return { needed: [...derivation.sum, ...derivation.minus], optional: [] }
		case 'share': return { needed: [derivation.share, derivation.of], optional: derivation.otherwise ? [derivation.otherwise] : [] }
		case 'tie-break': return { needed: [derivation.printed, derivation.by], optional: [] }
		case 'margin': return { needed: stem(derivation.margin), optional: [] }
		case 'margin-sum': return { needed: derivation.marginSum.flatMap(stem), optional: [] }
		case 'margin-share': return { needed: [derivation.marginShare, derivation.share, derivation.of, ...stem(derivation.ofMargin)], optional: [] }
		case 'whole': return { needed: [derivation.whole], optional: [] }
	}
}

/** Columns that exclusions, indicators and thresholds read; an optional exclusion only when its column is there. */
function scoredColumns(recipe: Recipe, there: ReadonlySet<string>): string[] {
	const conditions = recipe.thresholds?.categories.flatMap(({ burden, socioeconomic }) => [...burden, ...socioeconomic]) ?? []
	return unique([
		...recipe.exclude.filter(({ column, optional }) => !optional || there.has(column)).map(({ column }) => column),
		...recipe.indicators.map(({ column }) => column),
		...conditions.flatMap(({ column }) => column ?? []),
	])
}

/**
 * Decides, from the names of a table's columns, which derivations run and which inputs are missing. A column that the table has is
 * never derived; of alternatives the first that can be computed runs; a derivation that no score needs is left out when it cannot.
 */
export function planRecipe(recipe: Recipe, columns: readonly string[]): RecipePlan {
	const table = new Set(columns)
	const there = new Set(columns)
	const derive: Derivation[] = []
	for (const derivation of recipe.derive) {
		if (there.has(derivation.column)) continue
		if (!inputsOfDerivation(derivation).needed.every((name) => there.has(name))) continue
		derive.push(derivation)
		there.add(derivation.column)
	}
	const scored = scoredColumns(recipe, there)
	const missing = scored.filter((name) => !there.has(name)).map((column) => ({ column, alternatives: alternativesOf(recipe, column, there) }))
	const notExcluded = recipe.exclude.map(({ column }) => column).filter((name) => !scored.includes(name))
	const read = derive.flatMap((derivation) => {
		const { needed, optional } = inputsOfDerivation(derivation)
		return [...needed, ...optional]
	})
	return { derive, inputs: unique([...scored, ...read]).filter((name) => table.has(name)), missing, notExcluded }
}

/** For each derivation of a column: the table columns it lacks, derived ones traced back to theirs. */
function alternativesOf(recipe: Recipe, column: string, there: Set<string>, depth = 0): string[][] {
	if (depth > 8) return []
	return recipe.derive.filter((derivation) => derivation.column === column).map((derivation) => {
		const lacking = inputsOfDerivation(derivation).needed.filter((name) => !there.has(name))
		return unique(lacking.flatMap((name) => alternativesOf(recipe, name, there, depth + 1)[0] ?? [name]))
	})
}

function unique(names: string[]): string[] {
	return [...new Set(names)]
}
