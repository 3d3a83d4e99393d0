/** How the day came about on which a promise falls due. */
export const DUE_RULES = ['stated', 'soon', 'coming_months', 'term_end'] as const
export type DueRule = (typeof DUE_RULES)[number]

/** Months that “soon” and “the coming months” give. */
export const SOON_MONTHS = 3
export const COMING_MONTHS = 6

/**
 * The day on which a promise falls due, as 2027-03-01: the stated one, or by the words of the promise. A day that a shorter month lacks is its
 * last one; nothing falls due after the term of whoever promised, unless they named the day.
 */
export function dueDay(rule: DueRule, { madeOn, stated, termEnds }: { madeOn: string; stated: string; termEnds: string }): string {
	if (rule === 'stated') return stated
	if (rule === 'term_end') return termEnds
	const day = Temporal.PlainDate.from(madeOn).add({ months: rule === 'soon' ? SOON_MONTHS : COMING_MONTHS }).toString()
	return day < termEnds ? day : termEnds
}
