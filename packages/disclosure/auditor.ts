import { Knowledge, type Range } from './ranges.ts'
import { TooLarge } from './simplex.ts'
import { valueOf, type Statement, type Terms } from './statements.ts'

/** A count that nobody may learn. */
export interface Secret {
	name: string
	terms: Terms
}

/** A secret that what is published gives away: its exact range, NaN where it could not be told in time and is taken for learnt. */
export interface Exposure extends Range {
	name: string
}

/** A secret must stay possible over at least this width: at 5, from 1 to 6 or wider. */
export const PROTECTION_WIDTH = 5

/**
 * Attacks what is published: the secrets whose range, by all statements together, is one value or narrower than `width`. Whole numbers,
 * never negative, nothing else assumed. Errors: RangeError where the statements contradict each other.
 */
export function audit(statements: readonly Statement[], secrets: readonly Secret[], width = PROTECTION_WIDTH): Exposure[] {
	if (secrets.length === 0) return []
	try {
		const knowledge = new Knowledge(statements)
		return secrets.flatMap(({ name, terms }) => {
			// Two counts that are both possible and lie far enough apart prove a secret safe without another search.
			const seen = knowledge.witnesses.map((counts) => valueOf(terms, counts))
			if (seen.length > 1 && Math.max(...seen) - Math.min(...seen) >= width) return []
			const range = rangeOrNaN(knowledge, terms)
			return range.most - range.least >= width ? [] : [{ name, ...range }]
		})
	} catch (cause) {
		if (!(cause instanceof TooLarge)) throw cause
		return secrets.map(({ name }) => ({ name, least: NaN, most: NaN }))
	}
}

function rangeOrNaN(knowledge: Knowledge, terms: Terms): Range {
	try {
		return knowledge.rangeOf(terms)
	} catch (cause) {
		if (!(cause instanceof TooLarge)) throw cause
		return { least: NaN, most: NaN }
	}
}
