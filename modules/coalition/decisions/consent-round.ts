import type { ConsentReason, EventOf } from './consent-events.ts'
import type { Step } from './consent.ts'
import { type ConsentState, type EntryKind, type Objection, openObjections } from './consent-state.ts'

type Entering = EventOf<'consent' | 'stand_aside' | 'concern' | 'objection'>

const asks = (state: ConsentState, elector: string) => state.setup.electors.includes(elector)
const speaksForHub = (state: ConsentState, elector: string) => state.setup.hubs.includes(elector)

/** An objection without a harmed aim or a reason is a concern: kept, and blocks nothing. */
const kindOf = (event: Entering): EntryKind => (event.kind === 'objection' && (event.aim.trim() === '' || event.reason.trim() === '') ? 'concern' : event.kind)

function whyNotEnter(state: ConsentState, event: Entering): ConsentReason | undefined {
	const { rules } = state.setup
	if (!asks(state, event.elector)) {
		if (!speaksForHub(state, event.elector)) return 'consent_not_an_elector'
		if (event.kind !== 'objection' && event.kind !== 'concern') return 'consent_hub_only_objects'
		return state.phase === 'drafted' ? 'consent_not_presented' : undefined
	}
	const hubObjects = speaksForHub(state, event.elector) && event.kind === 'objection' && state.phase !== 'drafted'
	const beforehand = state.phase === 'discussing' && rules.absence === 'beforehand' && event.kind !== 'stand_aside'
	if (state.phase !== 'round' && !beforehand && !hubObjects) return 'consent_no_round'
	if (rules.absence === 'no_right' && event.kind === 'objection' && state.absences[event.elector] && !hubObjects) return 'consent_absent_no_right'
	return undefined
}

/** What somebody says in a round takes the place of what they said before, and answers their own earlier objections. */
export const enterRound: Step<EventOf<'consent' | 'stand_aside' | 'concern' | 'objection'>> = (state, event, faults) => {
	const why = whyNotEnter(state, event)
	if (why && !(why === 'consent_not_an_elector' && faults.has('strangers_speak') && state.phase === 'round')) return why
	const kind = kindOf(event)
	const earlier = state.objections.filter(({ elector }) => elector === event.elector)
	const objections = state.objections.map((one): Objection => (one.state === 'open' && one.elector === event.elector ? { ...one, state: kind === 'objection' ? 'renewed' : 'answered' } : one))
	if (event.kind === 'objection' && kind === 'objection') {
		const { elector, aim, reason, change } = event
		objections.push({ number: objections.length + 1, elector, aim, reason, change, state: 'open', tried: earlier.some(({ tried }) => tried), findings: {} })
	}
	const inRound = state.phase === 'round' || (state.phase === 'discussing' && state.setup.rules.absence === 'beforehand')
	const counts = (asks(state, event.elector) || faults.has('strangers_speak')) && inRound
	const { [event.elector]: _, ...absences } = state.absences
	const next = { ...state, objections, ...(counts ? { absences, entries: { ...state.entries, [event.elector]: { kind, beforehand: state.phase !== 'round' } } } : {}) }
	return kind === 'stand_aside' ? reopenAtLimit(next, faults.has('stand_aside_limit_is_one_late') ? 1 : 0) : next
}

/** So many who stand aside say that the proposal is not ready: the round ends, and it is talked over again. */
function reopenAtLimit(state: ConsentState, late: number): ConsentState {
	const aside = Object.values(state.entries).filter(({ kind }) => kind === 'stand_aside').length
	return aside >= state.setup.rules.standAsideLimit + late ? { ...state, phase: 'discussing', entries: {}, absences: {}, reopened: state.reopened + 1 } : state
}

/** Somebody is absent from the round; what that means is the charter's policy. */
export const markAbsent: Step<EventOf<'absent'>> = (state, { elector, at }) => {
	if (state.phase !== 'round') return 'consent_no_round'
	if (!asks(state, elector)) return 'consent_not_an_elector'
	if (state.entries[elector]) return 'consent_answered_already'
	return state.absences[elector] ? 'consent_absent_already' : { ...state, absences: { ...state.absences, [elector]: at } }
}

const replaceObjection = (state: ConsentState, changed: Objection): ConsentState => ({ ...state, objections: state.objections.map((one) => (one.number === changed.number ? changed : one)) })
const openOf = (state: ConsentState, number: number) => openObjections(state).find((one) => one.number === number)

/** One elector's finding on an objection. More than half of all others dismiss it; never that of a hub which the charter protects. */
export const testObjection: Step<EventOf<'test'>> = (state, { elector, objection: number, paramount }, faults) => {
	const objection = openOf(state, number)
	if (!objection) return 'consent_objection_unknown'
	if (!asks(state, elector)) return 'consent_not_an_elector'
	if (elector === objection.elector) return 'consent_own_objection'
	if (elector in objection.findings) return 'consent_tested_already'
	const findings = { ...objection.findings, [elector]: paramount }
	const others = state.setup.electors.filter((one) => one !== objection.elector).length
	const against = Object.values(findings).filter((found) => !found).length
	const guarded = state.setup.rules.hubsMayBlock && speaksForHub(state, objection.elector) && !faults.has('group_dismisses_hub')
	const dismissed = !guarded && (2 * against > others || (faults.has('one_finding_dismisses') && against > 0))
	return replaceObjection(state, { ...objection, findings, state: dismissed ? 'dismissed' : 'open' })
}

/** The proposal takes an objection up; it stays open until its objector, asked again in a new round, says so. */
export const integrate: Step<EventOf<'integrate'>> = (state, { objection: number, text }, faults) => {
	if (state.phase !== 'round' && state.phase !== 'discussing') return 'consent_no_round'
	const objection = openOf(state, number)
	if (!objection) return 'consent_objection_unknown'
	if (text.trim() === '') return 'consent_without_text'
	const next = replaceObjection(state, { ...objection, tried: true, state: faults.has('integration_closes_objection') ? 'integrated' : 'open' })
	return { ...next, text, version: text.trim() === state.text.trim() ? state.version : state.version + 1, phase: 'discussing', entries: {}, absences: {} }
}

/** Whoever raised an objection takes it back. */
export const withdrawObjection: Step<EventOf<'withdraw_objection'>> = (state, { elector, objection: number }, faults) => {
	const objection = openOf(state, number)
	if (!objection) return 'consent_objection_unknown'
	if (objection.elector !== elector && !faults.has('anybody_withdraws_objection')) return 'consent_not_your_objection'
	return replaceObjection(state, { ...objection, state: 'withdrawn' })
}
