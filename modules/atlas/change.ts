import { differenceOfEstimates, type Estimate } from '@throughline/stats'
import { compare, type Verdict } from './comparison.ts'
import { periodOf, sharedYears } from './trend.ts'

/** How a number changed: later less earlier, with the margin of that difference (90 %) where both have one, and what may be said of it. */
export interface Change extends Estimate {
	verdict: Verdict | 'missing'
}

/** The change from an earlier number to a later one of the same place. `missing` where one of them is not known, `unknown` where one has no margin. */
export function changeBetween(earlier: Estimate, later: Estimate): Change {
	const difference = differenceOfEstimates(later, earlier)
	const known = !Number.isNaN(earlier.estimate) && !Number.isNaN(later.estimate)
	return { estimate: known ? later.estimate - earlier.estimate : NaN, moe: difference.moe, verdict: known ? compare(later, earlier) : 'missing' }
}

/** First and last of the years that two series have in common, such as 2020 of `2016–2020` and `2020–2024`; undefined where there are none. */
export function yearsInCommon(a: string, b: string): { first: number; last: number } | undefined {
	const [one, other] = [periodOf(a), periodOf(b)]
	if (!one || !other || sharedYears(a, b) === 0) return undefined
	return { first: Math.max(one[0], other[0]), last: Math.min(one[1], other[1]) }
}

/** Whether a series is about years before those of another; periods that overlap count by their last year. */
export function isEarlier(vintage: string, than: string): boolean {
	const [one, other] = [periodOf(vintage), periodOf(than)]
	return one !== undefined && other !== undefined && one[1] < other[1]
}
