import { beginConsent, type ConsentSetup, type ConsentState } from '../decisions/consent-state.ts'
import { mayFollow } from '../decisions/consent.ts'
import type { ConsentEvent, ConsentFault } from '../decisions/consent-events.ts'

/** Numbers from 0 to 1 that a seed settles (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0
	return () => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
	}
}

type Random = () => number
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

function randomSetup(random: Random): ConsentSetup {
	const electors = ['ana', 'ben', 'cho', 'dee', 'eli'].slice(0, 1 + Math.floor(random() * 5))
	const hubs = pick(random, [[], [], ['hub'], [electors[0]!], ['hub', electors[0]!]])
	const rules = {
		quorumShare: pick(random, [0, 0.34, 0.5, 0.67, 1]), absence: pick(random, ['ask_later', 'no_right', 'beforehand'] as const), absenceDays: pick(random, [1, 3, 7]),
		fallback: pick(random, ['none', 'two_thirds', 'three_quarters'] as const), hubsMayBlock: random() < 0.5, standAsideLimit: pick(random, [1, 2, 3]),
	}
	return { rules, electors, hubs, text: 'We write to the county.' }
}

/** What people do in a phase; said more often, tried more often. Some of it breaks the rules, which is the engine's to refuse. */
const TRIED: Record<string, readonly ConsentEvent['kind'][]> = {
	drafted: ['present', 'present', 'amend', 'open_round', 'consent', 'adopt'],
	discussing: ['question', 'answer', 'reaction', 'amend', 'open_round', 'open_round', 'open_round', 'consent', 'objection', 'integrate', 'test', 'withdraw_objection', 'adopt', 'open_fallback', 'withdraw'],
	round: ['consent', 'consent', 'consent', 'consent', 'stand_aside', 'concern', 'objection', 'absent', 'absent', 'test', 'test', 'integrate', 'withdraw_objection', 'open_round', 'amend', 'open_fallback', 'open_fallback', 'adopt', 'adopt', 'adopt', 'return'],
	fallback: ['vote', 'vote', 'vote', 'vote', 'adopt', 'adopt', 'objection', 'withdraw_objection', 'consent', 'return'],
}

function randomEvent(random: Random, state: ConsentState, at: string): ConsentEvent {
	const drawn = pick(random, TRIED[state.phase]!)
	// What ends a process is rare, or hardly any would go far.
	const kind = (drawn === 'return' || drawn === 'withdraw') && random() < 0.8 ? 'integrate' : drawn
	const everybody = [...state.setup.electors, ...state.setup.electors, ...state.setup.hubs, 'stranger']
	const silent = state.setup.electors.filter((one) => !state.entries[one])
	const elector = random() < 0.6 && silent.length > 0 && kind !== 'test' ? pick(random, silent) : pick(random, everybody)
	const objection = 1 + Math.floor(random() * (state.objections.length + 0.3))
	const text = `Words ${Math.floor(random() * 1000)}`
	const day = new Date(Date.parse(at) + 86_400_000 * pick(random, [200, 365, 30, 0, -9])).toISOString().slice(0, 10)
	const aim = random() < 0.8 ? 'Homes that people can pay' : ' '
	return { kind, at, elector, objection, text, aim, reason: random() < 0.9 ? 'It raises rents' : '', change: '', question: 1 + Math.floor(random() * 3), paramount: random() < 0.3, how: 'amended', inFavor: random() < 0.7, reviewOn: random() < 0.85 ? day : '', owner: random() < 0.95 ? 'ana' : '' } as ConsentEvent
}

export interface ConsentScript {
	setup: ConsentSetup
	/** What the engine let follow. */
	events: ConsentEvent[]
	state: ConsentState
	refused: number
}

/** A random process that a seed settles: some sixty things that people try, of which the engine lets some follow. */
export function playConsent(seed: number, faults: ReadonlySet<ConsentFault> = new Set()): ConsentScript {
	const random = randomFrom(seed)
	const setup = randomSetup(random)
	const events: ConsentEvent[] = []
	let [state, time, refused] = [beginConsent(setup), Date.parse('2026-01-05T18:00:00Z'), 0]
	for (let tries = 0; tries < 60 && TRIED[state.phase]; tries++) {
		time += 3_600_000 * pick(random, [0, 1, 1, 1, 1, 30, 90])
		const event = randomEvent(random, state, new Date(random() < 0.98 ? time : time - 1e8).toISOString())
		const followed = mayFollow(state, event, faults)
		if ('reason' in followed) refused++
		else {
			events.push(event)
			state = followed.state
		}
	}
	return { setup, events, state, refused }
}
