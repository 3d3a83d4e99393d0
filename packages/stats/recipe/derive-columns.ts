import { RecipeColumns, deriveColumn } from './derive.ts'
import { inputsOfDerivation } from './plan.ts'
import { readDerivation } from './read-derivation.ts'
import { RecipeReading } from './reading.ts'
import type { Derivation, RecipeProblem } from './types.ts'

/** Reads a list of derivations from parsed YAML, as the `derive` of a recipe; with every problem and its path. */
export function readDerivations(value: unknown): { derivations: Derivation[]; problems: RecipeProblem[] } {
	const reading = new RecipeReading()
	const list = reading.list({ derive: value }, 'derive', '', true)
	const derivations = list.flatMap((item, index) => readDerivation(reading, item, `derive[${index}]`) ?? [])
	return { derivations, problems: reading.problems }
}

/**
 * Computes derived columns from the columns of a table, in order, and returns them by name. A derivation whose inputs are not there is
 * left out; of two with one name the first that can be computed counts. `blankMargins` says what a margin without a number beside an
 * estimate means: `controlled` (0) in tables that lost their annotations, `missing` (NaN) where annotations were read.
 */
export function deriveColumns(
	derivations: readonly Derivation[], columns: ReadonlyMap<string, Float64Array>, rowCount: number, blankMargins: 'controlled' | 'missing',
): Map<string, Float64Array> {
	const all = new RecipeColumns(columns, rowCount, blankMargins === 'controlled' ? 0 : NaN)
	const there = new Set(columns.keys())
	const derived = new Map<string, Float64Array>()
	for (const derivation of derivations) {
		if (there.has(derivation.column) || !inputsOfDerivation(derivation).needed.every((name) => there.has(name))) continue
		const values = deriveColumn(derivation, all)
		all.set(derivation.column, values)
		derived.set(derivation.column, values)
		there.add(derivation.column)
	}
	return derived
}
