/** The six ratings. What nobody has judged yet is not rated; the other five need two reviewers. */
export const RATINGS = ['not_yet_rated', 'in_the_works', 'stalled', 'compromise', 'kept', 'broken'] as const
export type Rating = (typeof RATINGS)[number]
export type GivenRating = Exclude<Rating, 'not_yet_rated'>
export const GIVEN_RATINGS = RATINGS.filter((rating): rating is GivenRating => rating !== 'not_yet_rated')

/** The share of a promise that must be done to be kept in part, in percent. */
export const COMPROMISE_PERCENT = 75

export interface Judged {
	rating: GivenRating
	/** Share that was done, 0 to 100. */
	sharePercent: number | undefined
	doneOn: string | undefined
}

export type RatingFault = 'verdict_share_missing' | 'verdict_kept_in_part' | 'verdict_done_day_missing' | 'verdict_late' | 'verdict_too_little' | 'verdict_all_or_nothing' | 'verdict_not_due'

/**
 * Why a rating cannot be given, or undefined. Kept is all of it by the day; compromise is three quarters of it, or all of it late; a promise that
 * is all or nothing is kept in part only by being late; nothing is broken before its day unless it was given up.
 */
export function ratingFault({ rating, sharePercent, doneOn }: Judged, { dueOn, allOrNothing, today, abandoned }: { dueOn: string; allOrNothing: boolean; today: string; abandoned: boolean }): RatingFault | undefined {
	if (rating === 'broken' && dueOn >= today && !abandoned) return 'verdict_not_due'
	if (rating !== 'kept' && rating !== 'compromise') return undefined
	if (sharePercent === undefined) return 'verdict_share_missing'
	if (rating === 'compromise') {
		if (sharePercent < COMPROMISE_PERCENT) return 'verdict_too_little'
		return allOrNothing && sharePercent < 100 ? 'verdict_all_or_nothing' : undefined
	}
	if (sharePercent < 100) return 'verdict_kept_in_part'
	if (!doneOn) return 'verdict_done_day_missing'
	return doneOn > dueOn ? 'verdict_late' : undefined
}

/** Whether a promise is past its day without having been settled; nobody has to say so. */
export function isOverdue({ dueOn, rating }: { dueOn: string; rating: Rating }, today: string): boolean {
	return dueOn < today && !['kept', 'compromise', 'broken'].includes(rating)
}
