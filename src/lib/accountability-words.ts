import type { CommitmentEventKind, DueRule, FindingValue, Rating } from '#coalition'
import { formatDay } from '#lib/format.ts'
import { m } from '#lib/paraglide/messages.js'

export const ratingName = (rating: Rating): string => m[`rating_${rating}`]()
export const dueRuleName = (rule: DueRule): string => m[`due_rule_${rule}`]()
export const eventKindName = (kind: CommitmentEventKind): string => m[`commitment_event_${kind}`]()

/** What a finding says, in a sentence; a search without result is bounded by its day. */
export function findingInWords(value: FindingValue, day: string): string {
	return value === 'none_found' ? m.finding_none_found({ day: formatDay(day) }) : m[`finding_${value}`]()
}

/** The day on which a promise falls due, with how the day came about. */
export const dueInWords = ({ dueOn, dueRule }: { dueOn: string; dueRule: DueRule }): string => m.commitment_due({ day: formatDay(dueOn), rule: dueRuleName(dueRule) })

/** How many promises have each rating, in the order of the ratings. */
export function countRatings(commitments: readonly { rating: Rating }[]): { rating: Rating; count: number }[] {
	const order: Rating[] = ['kept', 'compromise', 'in_the_works', 'stalled', 'broken', 'not_yet_rated']
	return order.map((rating) => ({ rating, count: commitments.filter((one) => one.rating === rating).length })).filter(({ count }) => count > 0)
}
