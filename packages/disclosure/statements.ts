/** A sum of cells: cell → whole coefficient. */
export type Terms = ReadonlyMap<string, number>

/** Something that everybody can read or work out: the sum of `terms` lies within [least, most]. Cells are counts, whole and never below 0. */
export interface Statement {
	terms: Terms
	/** −Infinity or Infinity where nothing is said. */
	least: number
	most: number
}

/** The sum of some cells, each once. */
export const sumOf = (cells: Iterable<string>): Terms => new Map([...cells].map((cell) => [cell, 1]))

/** A number that is published as it is. */
export const exactly = (terms: Terms, value: number): Statement => ({ terms, least: value, most: value })

/** A number that is hidden: whoever knows that zeros are shown knows that it is at least 1. */
export const hiddenNumber = (terms: Terms): Statement => ({ terms, least: 1, most: Infinity })

/**
 * What a rounded share says about a part and its whole, whichever of them is hidden: |100·part − percent·whole| ≤ half a step·whole.
 * `percent` is rounded half away from zero to `decimals` places.
 */
export function roundedShare(part: Terms, whole: Terms, percent: number, decimals = 0): Statement[] {
	const scale = 2 * 10 ** decimals
	const [low, high] = [Math.round(percent * scale) - 1, Math.round(percent * scale) + 1]
	const against = (bound: number) => combine([[part, 100 * scale], [whole, -bound]])
	return [{ terms: against(low), least: 0, most: Infinity }, { terms: against(high), least: -Infinity, most: 0 }]
}

/** Σ factor · terms, without the cells that cancel out. */
export function combine(parts: readonly (readonly [Terms, number])[]): Terms {
	const sum = new Map<string, number>()
	for (const [terms, factor] of parts) for (const [cell, coefficient] of terms) sum.set(cell, (sum.get(cell) ?? 0) + factor * coefficient)
	return new Map([...sum].filter(([, coefficient]) => coefficient !== 0))
}

/** The value of a sum for counts that are known; a cell that is missing counts 0. */
export function valueOf(terms: Terms, counts: ReadonlyMap<string, number>): number {
	let value = 0
	for (const [cell, coefficient] of terms) value += coefficient * (counts.get(cell) ?? 0)
	return value
}
