/** How a count is told: a number, a share of something, or days. */
export type CountUnit = 'number' | 'share' | 'days'

interface CountDefinition {
	unit: CountUnit
	/** `end`: as things stood at the end of the period (or now). `during`: what happened in it. */
	when: 'end' | 'during'
}

/**
 * What is counted of a body from its own records, in the order in which it is shown. Names and definitions stand in the interface messages
 * under `count_<key>` and `count_<key>_is`.
 */
export const COUNTS = {
	people: { unit: 'number', when: 'end' },
	active: { unit: 'share', when: 'end' },
	stayed: { unit: 'share', when: 'during' },
	organizations: { unit: 'number', when: 'end' },
	sectors: { unit: 'number', when: 'end' },
	two_way: { unit: 'share', when: 'during' },
	exchanges_answered: { unit: 'share', when: 'during' },
	answer_days: { unit: 'days', when: 'during' },
	from_hubs: { unit: 'share', when: 'end' },
	taken_up: { unit: 'share', when: 'during' },
	convenings: { unit: 'number', when: 'during' },
	attended: { unit: 'number', when: 'during' },
	adopted: { unit: 'number', when: 'during' },
	on_time: { unit: 'share', when: 'during' },
	sign_ons: { unit: 'number', when: 'during' },
	asked: { unit: 'number', when: 'during' },
	commitments: { unit: 'number', when: 'during' },
	uptakes: { unit: 'number', when: 'during' },
} as const satisfies Record<string, CountDefinition>

export type CountKey = keyof typeof COUNTS
export const COUNT_KEYS = Object.keys(COUNTS) as CountKey[]

/** A count: of a share how many of how many; no value where there is nothing to count. */
export interface Count {
	value: number | undefined
	of: number | undefined
}

/** A share between 0 and 1; undefined where there is nothing of which it could be one. */
export function shareOf({ value, of }: Count): number | undefined {
	return value === undefined || !of ? undefined : value / of
}

/** Days before the end of a period in which somebody must have done something to count as active. */
export const ACTIVE_DAYS = 90
