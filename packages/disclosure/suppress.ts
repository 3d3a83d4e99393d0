import { audit, PROTECTION_WIDTH, type Exposure, type Secret } from './auditor.ts'
import { exactly, hiddenNumber, valueOf, type Statement, type Terms } from './statements.ts'

/** Counts from 1 up to one below this are hidden (CMS cell suppression policy: 11). */
export const THRESHOLD = 11

/** One number of a table that somebody wants to publish. */
export interface TableNumber extends Secret {
	/** Shown first when not everything can be; numbers of one importance go by size. */
	importance?: number
}

export interface Rules {
	threshold?: number
	width?: number
}

export interface Release {
	/** Names of the numbers that are shown. */
	shown: string[]
	/** Names of the numbers that are hidden, small or to protect small ones: which of them is not said. */
	hidden: string[]
	/** Nothing of the table may be shown, zeros included. */
	withheld: boolean
	/** What this release says, to be remembered for later ones. */
	statements: Statement[]
	/** Secrets that totals or earlier releases give away whatever is hidden now; nothing may be published while there are any. */
	exposed: Exposure[]
}

/** Whether a count is one that nobody may learn. */
export const isSmall = (value: number, threshold = THRESHOLD): boolean => value > 0 && value < threshold

/**
 * Decides what of a table may be shown beside its totals and everything that was published earlier. It begins with nothing but zeros,
 * shows the largest numbers first, and keeps each only while the auditor finds no secret; small counts are never shown. `counts`: the true
 * cells of this and of earlier tables; `secrets`: further counts to protect, such as small cells of earlier tables.
 */
export function suppress(numbers: readonly TableNumber[], counts: ReadonlyMap<string, number>, published: readonly Statement[], secrets: readonly Secret[], { threshold = THRESHOLD, width = PROTECTION_WIDTH }: Rules = {}): Release {
	const valued = numbers.map((number) => ({ ...number, value: valueOf(number.terms, counts) }))
	const kept = [...secrets, ...valued.filter(({ value }) => isSmall(value, threshold))]
	const leaks = (statements: readonly Statement[]) => audit([...published, ...statements], kept, width)
	const shown = new Set(valued.filter(({ value }) => value === 0).map(({ name }) => name))
	if (leaks(statementsOf(valued, shown)).length > 0) return { shown: [], hidden: valued.map(({ name }) => name), withheld: true, statements: [], exposed: leaks([]) }
	for (const { name } of inOrder(valued.filter(({ value }) => value !== 0 && !isSmall(value, threshold)))) {
		shown.add(name)
		if (leaks(statementsOf(valued, shown)).length > 0) shown.delete(name)
	}
	const names = (seen: boolean) => valued.filter(({ name }) => shown.has(name) === seen).map(({ name }) => name)
	return { shown: names(true), hidden: names(false), withheld: false, statements: statementsOf(valued, shown), exposed: [] }
}

const inOrder = <T extends { name: string; value: number; importance?: number }>(numbers: T[]): T[] =>
	numbers.toSorted((a, b) => (b.importance ?? 0) - (a.importance ?? 0) || b.value - a.value || (a.name < b.name ? -1 : 1))

function statementsOf(numbers: readonly { name: string; terms: Terms; value: number }[], shown: ReadonlySet<string>): Statement[] {
	return numbers.map(({ name, terms, value }) => (shown.has(name) ? exactly(terms, value) : hiddenNumber(terms)))
}
