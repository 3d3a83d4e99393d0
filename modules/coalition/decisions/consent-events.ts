/** An objection as somebody raises it: the aim that would be harmed, why, and what would take the harm away (may be empty). */
export interface ObjectionGiven {
	aim: string
	reason: string
	change: string
}

/** How an objection was taken up: the text changed, a shorter term with a measure, or information that answers it. */
export const INTEGRATIONS = ['amended', 'shorter_term', 'information'] as const
export type Integration = (typeof INTEGRATIONS)[number]

type Said<Kind extends string> = { kind: Kind; elector: string; text: string }

/** One entry of a consent process. `at` is an ISO 8601 time; `elector` an identifier of the frozen electorate; objections are numbered from 1. */
export type ConsentEvent = { at: string } & (
	| { kind: 'present' }
	| { kind: 'question'; text: string }
	| { kind: 'answer'; question: number; text: string }
	| { kind: 'reaction'; text: string }
	| { kind: 'amend'; text: string }
	| { kind: 'open_round' }
	| { kind: 'consent'; elector: string }
	| Said<'stand_aside'>
	| Said<'concern'>
	| ({ kind: 'objection'; elector: string } & ObjectionGiven)
	| { kind: 'absent'; elector: string }
	| { kind: 'test'; elector: string; objection: number; paramount: boolean }
	| { kind: 'integrate'; objection: number; how: Integration; text: string }
	| { kind: 'withdraw_objection'; elector: string; objection: number }
	| { kind: 'open_fallback' }
	| { kind: 'vote'; elector: string; inFavor: boolean }
	| { kind: 'adopt'; reviewOn: string; owner: string }
	| { kind: 'return'; text: string }
	| { kind: 'withdraw'; text: string }
)
export type ConsentKind = ConsentEvent['kind']
export type EventOf<Kind extends ConsentKind> = Extract<ConsentEvent, { kind: Kind }>

export const CONSENT_KINDS: readonly ConsentKind[] = [
	'present', 'question', 'answer', 'reaction', 'amend', 'open_round', 'consent', 'stand_aside', 'concern', 'objection', 'absent', 'test', 'integrate',
	'withdraw_objection', 'open_fallback', 'vote', 'adopt', 'return', 'withdraw',
]

/** Why an event may not follow; the messages hold the sentences under `error_<reason>`. */
export const CONSENT_REASONS = [
	'consent_over', 'consent_time_runs_backwards', 'consent_presented', 'consent_not_presented', 'consent_without_text', 'consent_same_text', 'consent_question_unknown', 'consent_no_round',
	'consent_not_an_elector', 'consent_hub_only_objects', 'consent_absent_no_right', 'consent_absent_already', 'consent_answered_already', 'consent_objection_unknown', 'consent_own_objection',
	'consent_tested_already', 'consent_not_your_objection', 'consent_objection_open', 'consent_hub_objects', 'consent_not_asked', 'consent_absent_asked', 'consent_quorum',
	'consent_review_date', 'consent_owner', 'consent_no_fallback', 'consent_no_objection', 'consent_integrate_first', 'consent_no_fallback_open', 'consent_fallback_short',
] as const
export type ConsentReason = (typeof CONSENT_REASONS)[number]

/** Rule mistakes that a test plants in the engine, to see that the independent replay catches each; nothing else passes any. */
export const CONSENT_FAULTS = [
	'adopts_over_objection', 'integration_closes_objection', 'one_finding_dismisses', 'group_dismisses_hub', 'absent_count_for_quorum', 'absent_are_not_waited_for', 'silence_is_consent',
	'consent_outlives_amendment', 'stand_aside_limit_is_one_late', 'fallback_without_charter', 'fallback_over_hub', 'fallback_by_simple_majority', 'adopts_without_review', 'strangers_speak', 'anybody_withdraws_objection',
] as const
export type ConsentFault = (typeof CONSENT_FAULTS)[number]
