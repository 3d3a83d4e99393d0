/**
 * What may be missing or out of date in the records of a body, in the order in which it is shown, each with the page on which it is mended (after
 * the body's address). Sentences stand in the interface messages under `health_<key>` and `health_<key>_do`.
 */
export const HEALTH = {
	no_lead: '/members',
	roles_over: '/members',
	charter_unaccepted: '/charter',
	charter_empty: '/charter',
	organizations_unspoken: '/members',
	unreachable: '/members',
	links_without_people: '',
	links_quiet: '',
	gaps_unlinked: '',
	exchanges_waiting: '',
	proposals_waiting: '/agenda',
	goals_without_number: '/agenda',
	goals_old_number: '/agenda',
	measures_unread: '/agenda',
	decisions_past_review: '/decisions',
	convenings_open: '/convenings',
	minutes_missing: '/convenings',
	heads_missing: '/convenings',
	actions_overdue: '/actions',
	questions_waiting: '/library',
	promises_unchecked: '/accountability',
	promises_due: '/accountability',
} as const

export type HealthKey = keyof typeof HEALTH
export const HEALTH_KEYS = Object.keys(HEALTH) as HealthKey[]

/** So many of so many are missing or out of date. */
export interface HealthCount {
	count: number
	of: number
}

/** Days after which an answer, a look or a reading is overdue. */
export const WAITING_DAYS = 30
export const UNCHECKED_DAYS = 90
/** Days that whoever writes minutes has. */
export const MINUTES_DAYS = 14
