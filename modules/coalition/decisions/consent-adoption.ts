import type { ConsentFault, ConsentReason, EventOf } from './consent-events.ts'
import type { Step } from './consent.ts'
import { isDay } from './day.ts'
import { blockingHubs, openObjections, reachesShare, type ConsentState } from './consent-state.ts'

const DAY = 86_400_000

/** Numerator and denominator of the share of votes that a fallback needs. */
const SHARES = { none: [2, 3], two_thirds: [2, 3], three_quarters: [3, 4] } as const

/** A vote over an objection that stands: only by the charter, after the body tried to integrate it, and not over a protected hub. */
export const openFallback: Step<EventOf<'open_fallback'>> = (state, _, faults) => {
	if (state.setup.rules.fallback === 'none' && !faults.has('fallback_without_charter')) return 'consent_no_fallback'
	if (state.phase !== 'round') return 'consent_no_round'
	const open = openObjections(state)
	if (open.length === 0) return 'consent_no_objection'
	if (open.some(({ tried }) => !tried)) return 'consent_integrate_first'
	if (blockingHubs(state).length > 0 && !faults.has('fallback_over_hub')) return 'consent_hub_objects'
	return { ...state, phase: 'fallback', votes: {} }
}

export const vote: Step<EventOf<'vote'>> = (state, { elector, inFavor }) => {
	if (state.phase !== 'fallback') return 'consent_no_fallback_open'
	return state.setup.electors.includes(elector) ? { ...state, votes: { ...state.votes, [elector]: inFavor } } : 'consent_not_an_elector'
}

/** A decision is adopted with an owner and a day on which it is looked at again. */
export const adopt: Step<EventOf<'adopt'>> = (state, event, faults) => {
	if (state.phase !== 'round' && state.phase !== 'fallback') return 'consent_no_round'
	const why = (state.phase === 'round' ? whyNoConsent(state, event.at, faults) : whyNotByVote(state, faults)) ?? whyNotKept(event, faults)
	if (why) return why
	return { ...state, phase: 'adopted', over: state.phase === 'fallback' ? openObjections(state).map(({ number }) => number) : [], reviewOn: event.reviewOn, owner: event.owner }
}

function whyNotKept({ reviewOn, owner, at }: EventOf<'adopt'>, faults: ReadonlySet<ConsentFault>): ConsentReason | undefined {
	if (owner.trim() === '') return 'consent_owner'
	const kept = isDay(reviewOn) && reviewOn > at.slice(0, 10)
	return kept || faults.has('adopts_without_review') ? undefined : 'consent_review_date'
}

function whyNoConsent(state: ConsentState, at: string, faults: ReadonlySet<ConsentFault>): ConsentReason | undefined {
	const { rules, electors } = state.setup
	if (openObjections(state).length > 0 && !faults.has('adopts_over_objection')) return 'consent_objection_open'
	const silent = electors.filter((elector) => !state.entries[elector])
	if (silent.some((elector) => !state.absences[elector]) && !faults.has('silence_is_consent')) return 'consent_not_asked'
	const until = Date.parse(at) - rules.absenceDays * DAY
	const waits = rules.absence === 'ask_later' && !faults.has('absent_are_not_waited_for')
	if (waits && silent.some((elector) => state.absences[elector] && Date.parse(state.absences[elector]!) > until)) return 'consent_absent_asked'
	const there = faults.has('absent_count_for_quorum') ? electors.length : Object.keys(state.entries).length
	return there > 0 && reachesShare(there, rules.quorumShare, electors.length) ? undefined : 'consent_quorum'
}

function whyNotByVote(state: ConsentState, faults: ReadonlySet<ConsentFault>): ConsentReason | undefined {
	const { rules, electors } = state.setup
	if (blockingHubs(state).length > 0 && !faults.has('fallback_over_hub')) return 'consent_hub_objects'
	const votes = Object.values(state.votes)
	if (votes.length === 0 || !reachesShare(votes.length, rules.quorumShare, electors.length)) return 'consent_quorum'
	const inFavor = votes.filter(Boolean).length
	const [part, whole] = SHARES[rules.fallback]
	const enough = faults.has('fallback_by_simple_majority') ? 2 * inFavor > votes.length : whole * inFavor >= part * votes.length
	return enough ? undefined : 'consent_fallback_short'
}
