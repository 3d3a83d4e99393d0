import type { DecisionState, ElectorateKind, Method } from '#coalition'
import { m } from '#lib/paraglide/messages.js'
import { formatDay, formatNumber } from '#lib/format.ts'

export const methodName = (method: Method): string => m[`decision_method_${method}`]()
export const methodAbout = (method: Method): string => ({ consent: m.decision_method_consent_about, majority: m.decision_method_majority_about, ranked: m.decision_method_ranked_about, advice: m.decision_method_advice_about, sense_check: m.decision_method_sense_check_about })[method]()
export const electorateName = (electorate: ElectorateKind): string => m[`decision_electorate_${electorate}`]()
export const stateName = (state: DecisionState): string => m[`decision_state_${state}`]()
export const waitsFor = (waits: 'word' | 'ballot' | 'closing'): string => m[`decision_waits_${waits}`]()

interface Staged {
	method: Method
	state: DecisionState
	closesOn: string | undefined
	reviewOn: string | undefined
	waits: string | undefined
	electors: readonly { id: string; asked: boolean; voted: boolean }[]
	consent: { phase: string; round: number; entries: Readonly<Record<string, unknown>>; votes: Readonly<Record<string, unknown>>; over: readonly number[] } | undefined
}

/** Where a decision stands, in a sentence; `today` as 2027-03-01. */
export function stageInWords({ state, closesOn, reviewOn, electors, consent }: Staged, today: string): string {
	if (state === 'adopted') return [...(consent && consent.over.length > 0 ? [m.decision_stage_over()] : []), m.decision_stage_adopted({ day: formatDay(reviewOn!) })].join(' ')
	if (state !== 'open') return m.decision_stage_ended({ state: stateName(state) })
	const asked = formatNumber(electors.filter((one) => one.asked).length)
	if (!consent) {
		const said = formatNumber(electors.filter(({ voted }) => voted).length)
		return closesOn! < today ? m.decision_stage_counting({ said, asked }) : m.decision_stage_ballots({ day: formatDay(closesOn!), said, asked })
	}
	const { phase, round, entries, votes } = consent
	if (phase === 'drafted') return m.decision_stage_drafted()
	if (phase === 'round') return m.decision_stage_round({ round: formatNumber(round), said: formatNumber(Object.keys(entries).length), asked })
	if (phase === 'fallback') return m.decision_stage_fallback({ said: formatNumber(Object.keys(votes).length), asked })
	return round > 0 ? m.decision_stage_again() : m.decision_stage_discussing()
}

type Content = Record<string, string | number | boolean>

/** What happened, in a sentence, and the words that somebody gave with it. */
export function eventInWords(event: { kind: string; content: Content }, who: string): { sentence: string; words: string[] } {
	const { kind, content } = event
	const number = Number(content.objection ?? content.question ?? 0)
	const sentences: Record<string, () => string> = {
		present: () => m.decision_event_present({ who }), question: () => m.decision_event_question({ who }), answer: () => m.decision_event_answer({ who, number }), reaction: () => m.decision_event_reaction({ who }),
		amend: () => m.decision_event_amend({ who }), open_round: () => m.decision_event_open_round({ who }), consent: () => m.decision_event_consent({ who }), stand_aside: () => m.decision_event_stand_aside({ who }),
		concern: () => m.decision_event_concern({ who }), objection: () => (content.aim && content.reason ? m.decision_event_objection({ who }) : m.decision_event_concern({ who })), absent: () => m.decision_event_absent({ who }),
		test: () => (content.paramount ? m.decision_event_test_yes : m.decision_event_test_no)({ who, number }), integrate: () => m.decision_event_integrate({ who, number }),
		withdraw_objection: () => m.decision_event_withdraw_objection({ who }), open_fallback: () => m.decision_event_open_fallback({ who }), vote: () => (content.inFavor ? m.decision_event_vote_yes : m.decision_event_vote_no)({ who }),
		adopt: () => m.decision_event_adopt({ who }), return: () => m.decision_event_return({ who }), withdraw: () => m.decision_event_withdraw({ who }), review: () => m.decision_event_review({ who }),
	}
	const words = [content.text, content.aim && `${m.decision_objection_aim()}: ${content.aim}`, content.reason && `${m.decision_objection_reason()}: ${content.reason}`, content.change && `${m.decision_objection_change()}: ${content.change}`]
	return { sentence: sentences[kind]?.() ?? kind, words: words.filter((one): one is string => typeof one === 'string' && one !== '') }
}
