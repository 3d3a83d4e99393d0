import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PRESETS } from '../bodies.ts'
import { CONSENT_REASONS, type ConsentEvent } from './consent-events.ts'
import { followAll, mayFollow } from './consent.ts'
import { beginConsent, type ConsentSetup, type ConsentState } from './consent-state.ts'

const SETUP: ConsentSetup = { rules: { ...PRESETS.issue_circle.rules, fallback: 'two_thirds' }, electors: ['ana', 'ben', 'cho', 'dee'], hubs: ['hub'], text: 'We ask for a notice of 60 days.' }
const begin = (rules: Partial<ConsentSetup['rules']> = {}) => beginConsent({ ...SETUP, rules: { ...SETUP.rules, ...rules } })
type Bare<Event = ConsentEvent> = Event extends ConsentEvent ? Omit<Event, 'at'> & { at?: string } : never
const at = (day: number) => new Date(Date.UTC(2026, 2, day, 12)).toISOString()
const follow = (state: ConsentState, ...events: Bare[]) => followAll(state, events.map((event) => ({ ...event, at: event.at ?? (state.at || at(1)) }) as ConsentEvent))
const whyNot = (state: ConsentState, event: Bare) => {
	const followed = mayFollow(state, { ...event, at: event.at ?? (state.at || at(1)) } as ConsentEvent)
	return 'reason' in followed ? followed.reason : undefined
}
const say = (...electors: string[]) => electors.map((elector) => ({ kind: 'consent', elector }) as const)
const OBJECTION = { kind: 'objection', elector: 'dee', aim: 'Nobody loses a home in winter', reason: '60 days end in February', change: 'No end between November and March' } as const
const ADOPT = { kind: 'adopt', reviewOn: '2026-12-01', owner: 'ana' } as const
const inRound = (rules = {}) => follow(begin(rules), { kind: 'present' }, { kind: 'open_round' })

test('a proposal is presented, asked about, objected to, changed, asked about again and adopted with a day to look at it again', () => {
	const objected = follow(begin(), { kind: 'present' }, { kind: 'question', text: 'From when?' }, { kind: 'answer', question: 1, text: 'From May.' }, { kind: 'reaction', text: 'Good.' }, { kind: 'open_round' }, ...say('ana', 'ben', 'cho'), OBJECTION)
	assert.equal(whyNot(objected, ADOPT), 'consent_objection_open')
	const integrated = follow(objected, { kind: 'integrate', objection: 1, how: 'amended', text: 'We ask for 60 days, and none in winter.' })
	assert.deepEqual([integrated.phase, integrated.version, integrated.objections[0]!.state], ['discussing', 2, 'open'], 'only who objected can say that it is answered')
	const again = follow(integrated, { kind: 'open_round' }, ...say('ana', 'ben', 'cho'))
	assert.equal(whyNot(again, ADOPT), 'consent_objection_open')
	const adopted = follow(again, ...say('dee'), ADOPT)
	assert.deepEqual([adopted.phase, adopted.round, adopted.objections[0]!.state, adopted.reviewOn], ['adopted', 2, 'answered', '2026-12-01'])
	assert.equal(whyNot(adopted, { kind: 'withdraw', text: 'Late' }), 'consent_over')
})

test('an objection without an aim or a reason is a concern: it is kept and blocks nothing', () => {
	const concerned = follow(inRound(), ...say('ana', 'ben', 'cho'), { ...OBJECTION, reason: ' ' })
	assert.deepEqual([concerned.entries.dee!.kind, concerned.objections.length, whyNot(concerned, ADOPT)], ['concern', 0, undefined])
})

test('more than half of all others find an objection not paramount before it ends; a hub’s only the hub ends, where the charter says so', () => {
	const objected = follow(inRound(), ...say('ana', 'ben', 'cho'), OBJECTION)
	assert.equal(whyNot(objected, { kind: 'test', elector: 'dee', objection: 1, paramount: false }), 'consent_own_objection')
	const one = follow(objected, { kind: 'test', elector: 'ana', objection: 1, paramount: false })
	assert.equal(one.objections[0]!.state, 'open')
	assert.equal(follow(one, { kind: 'test', elector: 'ben', objection: 1, paramount: false }).objections[0]!.state, 'dismissed')
	const tests = ['ana', 'ben', 'cho', 'dee'].map((elector) => ({ kind: 'test', elector, objection: 1, paramount: false }) as const)
	assert.equal(follow(inRound(), { ...OBJECTION, elector: 'hub' }, ...tests).objections[0]!.state, 'open')
	assert.equal(follow(inRound({ hubsMayBlock: false }), { ...OBJECTION, elector: 'hub' }, ...tests.slice(0, 3)).objections[0]!.state, 'dismissed')
})

test('who is absent is asked later and has the days of the charter; or has no right to object; or spoke beforehand, on this text', () => {
	const waiting = follow(inRound(), ...say('ana', 'ben', 'cho'))
	assert.equal(whyNot(waiting, ADOPT), 'consent_not_asked')
	const absent = follow(waiting, { kind: 'absent', elector: 'dee', at: at(2) })
	assert.deepEqual([whyNot(absent, { ...ADOPT, at: at(8) }), whyNot(absent, { ...ADOPT, at: at(9) }), whyNot(absent, OBJECTION)], ['consent_absent_asked', undefined, undefined])
	const noRight = follow(inRound({ absence: 'no_right' }), ...say('ana', 'ben', 'cho'), { kind: 'absent', elector: 'dee' })
	assert.deepEqual([whyNot(noRight, OBJECTION), whyNot(noRight, ADOPT)], ['consent_absent_no_right', undefined])
	const spoken = follow(begin({ absence: 'beforehand' }), { kind: 'present' }, ...say('dee'), { kind: 'open_round' }, ...say('ana', 'ben', 'cho'))
	assert.equal(whyNot(spoken, ADOPT), undefined)
	assert.equal(whyNot(follow(spoken, { kind: 'amend', text: 'Another text' }, { kind: 'open_round' }, ...say('ana', 'ben', 'cho')), ADOPT), 'consent_not_asked', 'what was said of another text counts no more')
})

test('quorum counts who spoke, not who is on the list', () => {
	const few = follow(inRound({ absence: 'no_right', quorumShare: 0.75 }), ...say('ana', 'ben'), { kind: 'absent', elector: 'cho' }, { kind: 'absent', elector: 'dee' })
	assert.deepEqual([whyNot(few, ADOPT), whyNot(follow(few, ...say('cho')), ADOPT)], ['consent_quorum', undefined])
})

test('so many stand-asides as the charter names end the round, and it is talked over again', () => {
	const aside = (elector: string) => ({ kind: 'stand_aside', elector, text: 'Not mine to carry' }) as const
	const two = follow(inRound({ standAsideLimit: 3 }), aside('ana'), aside('ben'))
	assert.equal(two.phase, 'round')
	const three = follow(two, aside('cho'))
	assert.deepEqual([three.phase, three.reopened, three.entries], ['discussing', 1, {}])
})

test('a fallback is voted only where the charter has it, after a try to integrate, and not over a hub', () => {
	const stands = (rules = {}, elector = 'dee') => follow(inRound(rules), { ...OBJECTION, elector }, { kind: 'integrate', objection: 1, how: 'information', text: SETUP.text }, { kind: 'open_round' }, { ...OBJECTION, elector })
	assert.equal(whyNot(stands({ fallback: 'none' }), { kind: 'open_fallback' }), 'consent_no_fallback')
	assert.equal(whyNot(follow(inRound(), OBJECTION), { kind: 'open_fallback' }), 'consent_integrate_first')
	assert.equal(whyNot(stands({}, 'hub'), { kind: 'open_fallback' }), 'consent_hub_objects')
	const votes = (...inFavor: boolean[]) => inFavor.map((one, i) => ({ kind: 'vote', elector: SETUP.electors[i]!, inFavor: one }) as const)
	const open = follow(stands(), { kind: 'open_fallback' })
	assert.equal(whyNot(follow(open, ...votes(true)), ADOPT), 'consent_quorum')
	assert.equal(whyNot(follow(open, ...votes(true, true, false, false)), ADOPT), 'consent_fallback_short')
	assert.deepEqual(follow(open, ...votes(true, true, false), ADOPT).over, [2])
	assert.equal(whyNot(follow(open, ...votes(true, true, true), { ...OBJECTION, elector: 'hub' }), ADOPT), 'consent_hub_objects')
})

test('nothing is adopted without an owner and a later day on which it is looked at again', () => {
	const ready = follow(inRound(), ...say('ana', 'ben', 'cho', 'dee'))
	assert.deepEqual([whyNot(ready, { ...ADOPT, owner: ' ' }), whyNot(ready, { ...ADOPT, reviewOn: '2026-03-01' }), whyNot(ready, { ...ADOPT, reviewOn: 'soon' }), whyNot(ready, { ...ADOPT, reviewOn: '2026-99-31' }), whyNot(ready, { ...ADOPT, reviewOn: '2027-02-30' }), whyNot(ready, ADOPT)], ['consent_owner', ...Array(4).fill('consent_review_date'), undefined])
})

test('every reason of the engine has its sentence', () => {
	const messages = JSON.parse(readFileSync('messages/en/decisions.json', 'utf8'))
	assert.deepEqual(CONSENT_REASONS.filter((reason) => !messages[`error_${reason}`]), [])
})
