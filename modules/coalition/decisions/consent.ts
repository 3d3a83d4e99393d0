import { adopt, openFallback, vote } from './consent-adoption.ts'
import type { ConsentEvent, ConsentFault, ConsentKind, ConsentReason, EventOf } from './consent-events.ts'
import { enterRound, integrate, markAbsent, testObjection, withdrawObjection } from './consent-round.ts'
import type { ConsentPhase, ConsentState } from './consent-state.ts'

/** A step gives the state that follows or the reason why the event may not. */
export type Step<Event extends ConsentEvent> = (state: ConsentState, event: Event, faults: ReadonlySet<ConsentFault>) => ConsentState | ConsentReason

const NO_FAULTS: ReadonlySet<ConsentFault> = new Set()
const OPEN: readonly ConsentPhase[] = ['drafted', 'discussing', 'round', 'fallback']

const blank = (text: string) => text.trim() === ''
const requirePresented = (state: ConsentState): ConsentReason | undefined => (state.phase === 'drafted' ? 'consent_not_presented' : state.phase === 'discussing' || state.phase === 'round' ? undefined : 'consent_no_round')

const discuss: Step<EventOf<'question' | 'reaction'>> = (state, event) => requirePresented(state) ?? (blank(event.text) ? 'consent_without_text' : { ...state, questions: event.kind === 'question' ? [...state.questions, false] : state.questions })

const answer: Step<EventOf<'answer'>> = (state, event) => {
	if (state.questions[event.question - 1] !== false) return 'consent_question_unknown'
	return blank(event.text) ? 'consent_without_text' : { ...state, questions: state.questions.map((done, i) => done || i === event.question - 1) }
}

const amend: Step<EventOf<'amend'>> = (state, event, faults) => {
	if (state.phase === 'fallback') return 'consent_no_round'
	if (blank(event.text)) return 'consent_without_text'
	if (event.text.trim() === state.text.trim()) return 'consent_same_text'
	const phase = state.phase === 'drafted' ? 'drafted' : faults.has('consent_outlives_amendment') ? state.phase : 'discussing'
	const kept = faults.has('consent_outlives_amendment') ? { entries: state.entries, absences: state.absences } : { entries: {}, absences: {} }
	return { ...state, text: event.text, version: state.version + 1, phase, ...kept }
}

const openRound: Step<EventOf<'open_round'>> = (state) => requirePresented(state) ?? {
	...state, phase: 'round', round: state.round + 1, absences: {},
	entries: Object.fromEntries(Object.entries(state.entries).filter(([, { beforehand }]) => beforehand)),
}

const end = (phase: 'returned' | 'withdrawn'): Step<EventOf<'return' | 'withdraw'>> => (state, event) => (blank(event.text) ? 'consent_without_text' : { ...state, phase })

const STEPS: { [Kind in ConsentKind]: Step<EventOf<Kind>> } = {
	present: (state) => (state.phase === 'drafted' ? { ...state, phase: 'discussing' } : 'consent_presented'),
	question: discuss, reaction: discuss, answer, amend, open_round: openRound,
	consent: enterRound, stand_aside: enterRound, concern: enterRound, objection: enterRound,
	absent: markAbsent, test: testObjection, integrate, withdraw_objection: withdrawObjection,
	open_fallback: openFallback, vote, adopt, return: end('returned'), withdraw: end('withdrawn'),
}

/**
 * The state after an event, or the reason why it may not follow. Pure: the same history always gives the same state. Nothing is adopted while
 * an objection is open, except by a fallback that the charter has, and by that not over a hub that the charter protects.
 * `faults` are mistakes planted by tests.
 */
export function mayFollow(state: ConsentState, event: ConsentEvent, faults: ReadonlySet<ConsentFault> = NO_FAULTS): { state: ConsentState } | { reason: ConsentReason } {
	if (!OPEN.includes(state.phase)) return { reason: 'consent_over' }
	if (event.at < state.at) return { reason: 'consent_time_runs_backwards' }
	const next = (STEPS[event.kind] as Step<ConsentEvent>)(state, event, faults)
	return typeof next === 'string' ? { reason: next } : { state: { ...next, at: event.at } }
}

/** The state that a whole history leads to. Errors: a RangeError where an event may not follow, which a stored history never has. */
export function followAll(begin: ConsentState, events: readonly ConsentEvent[]): ConsentState {
	return events.reduce((state, event, i) => {
		const followed = mayFollow(state, event)
		if ('reason' in followed) throw new RangeError(`event ${i + 1} (${event.kind}) may not follow: ${followed.reason}`)
		return followed.state
	}, begin)
}
