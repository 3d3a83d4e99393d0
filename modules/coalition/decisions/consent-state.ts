import type { CharterRules } from '../bodies.ts'
import type { ObjectionGiven } from './consent-events.ts'

/** What the charter says about deciding, as it stood when the decision was opened. */
export type DecisionRules = Pick<CharterRules, 'quorumShare' | 'absence' | 'absenceDays' | 'fallback' | 'hubsMayBlock' | 'standAsideLimit'>

/** What is frozen when a decision is opened. */
export interface ConsentSetup {
	rules: DecisionRules
	/** Identifiers of those who are asked. */
	electors: readonly string[]
	/** Identifiers of those who speak for a hub that the decision would bind; they may be electors too. */
	hubs: readonly string[]
	text: string
}

export type ConsentPhase = 'drafted' | 'discussing' | 'round' | 'fallback' | 'adopted' | 'returned' | 'withdrawn'

export interface Objection extends ObjectionGiven {
	number: number
	elector: string
	/** `answered`: the objector said something else since; `renewed`: objected anew; `dismissed`: the group found it not paramount. */
	state: 'open' | 'answered' | 'renewed' | 'withdrawn' | 'dismissed' | 'integrated'
	/** Whether the body tried to integrate it, or an earlier one of the same objector. */
	tried: boolean
	/** Elector → whether they find it paramount. */
	findings: Readonly<Record<string, boolean>>
}

export type EntryKind = 'consent' | 'stand_aside' | 'concern' | 'objection'

export interface ConsentState {
	setup: ConsentSetup
	phase: ConsentPhase
	/** Time of the last event; empty before the first. */
	at: string
	text: string
	version: number
	round: number
	/** What each elector said last on this text in this round, or before it where the charter lets them. */
	entries: Readonly<Record<string, { kind: EntryKind; beforehand: boolean }>>
	/** Elector → when they were marked as absent in this round. */
	absences: Readonly<Record<string, string>>
	objections: readonly Objection[]
	/** Questions by number from 1, and whether each was answered. */
	questions: readonly boolean[]
	votes: Readonly<Record<string, boolean>>
	/** How often so many stood aside that the round was reopened. */
	reopened: number
	/** Numbers of objections that the fallback decided over. */
	over: readonly number[]
	reviewOn: string | undefined
	owner: string | undefined
}

/** The state of a decision that nobody has presented yet. */
export function beginConsent(setup: ConsentSetup): ConsentState {
	return {
		setup, phase: 'drafted', at: '', text: setup.text, version: 1, round: 0, entries: {}, absences: {}, objections: [], questions: [], votes: {}, reopened: 0, over: [],
		reviewOn: undefined, owner: undefined,
	}
}

export const openObjections = (state: ConsentState): Objection[] => state.objections.filter((one) => one.state === 'open')

/** Objections of hubs that block, because the charter lets them. */
export const blockingHubs = (state: ConsentState): Objection[] =>
	state.setup.rules.hubsMayBlock ? openObjections(state).filter(({ elector }) => state.setup.hubs.includes(elector)) : []

/** How many of so many reach a share; exact for shares that a charter gives in percent. */
export const reachesShare = (count: number, share: number, of: number): boolean => count + 1e-9 >= share * of
