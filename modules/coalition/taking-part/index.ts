/** What people need or offer in a call; the interface messages hold the names under `need_kind_<kind>`. */
export const NEED_KINDS = ['shelter', 'food', 'transport', 'health', 'children', 'money', 'hands', 'information', 'other'] as const
export type NeedKind = (typeof NEED_KINDS)[number]

export const SIDES = ['need', 'offer'] as const
export type Side = (typeof SIDES)[number]

export type ItemState = 'open' | 'matched' | 'done' | 'set_aside'

/** Days after the stand-down by which a review is due. */
export const REVIEW_DAYS = 30

/** Whether a call waits for its review for too long. */
export function isReviewDue(stoodDownAt: Date | undefined, reviewed: boolean, now: Date): boolean {
	return stoodDownAt !== undefined && !reviewed && now.getTime() - stoodDownAt.getTime() > REVIEW_DAYS * 86_400_000
}

export { FEWEST_VOLUNTEERS, MOST_SHIFTS, MOST_WEEKS, type SignUpState } from './volunteering.ts'
