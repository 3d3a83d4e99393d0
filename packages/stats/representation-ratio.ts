import type { Estimate } from './acs-moe.ts'
import { wilsonInterval } from './wilson-interval.ts'

export interface RepresentationRatio {
	/** Share in the room over share in the community; 1 is parity. NaN where the community has none. */
	ratio: number
	/** At 90 percent; `high` is Infinity where the community's share may be zero. */
	low: number
	high: number
	verdict: 'under' | 'over' | 'cannot_tell'
}

/**
 * How present a group is: R = r / p with r = count / total of those who answered and p the community's share (0 to 1) with its margin. The
 * interval joins Wilson's of r with the margin of p by the method of variance estimates recovery, which keeps it inside what both allow:
 * (rp ∓ √((rp)² − l·u'(2r − l)(2p − u'))) / (u'(2p − u')). "Cannot tell" where it spans 1. Sources: Ruedin 2009 for the ratio; Donner and
 * Zou 2012 for the interval.
 */
export function representationRatio(count: number, total: number, community: Estimate): RepresentationRatio {
	const [r, p, moe] = [count / total, community.estimate, Number.isNaN(community.moe) ? 0 : community.moe]
	const room = wilsonInterval(count, total)
	const [least, most] = [Math.max(0, p - moe), Math.min(1, p + moe)]
	const low = bound(r, p, room.low, most, -1)
	const high = least > 0 ? bound(r, p, room.high, least, 1) : Infinity
	return { ratio: r / p, low, high, verdict: low > 1 ? 'over' : high < 1 ? 'under' : 'cannot_tell' }
}

function bound(r: number, p: number, ofRoom: number, ofCommunity: number, sign: 1 | -1): number {
	const below = ofCommunity * (2 * p - ofCommunity)
	// A margin wider than the share itself leaves no way to tell.
	if (below <= 0) return sign < 0 ? 0 : Infinity
	const inside = (r * p) ** 2 - ofRoom * ofCommunity * (2 * r - ofRoom) * (2 * p - ofCommunity)
	return Math.max(0, (r * p + sign * Math.sqrt(Math.max(0, inside))) / below)
}
