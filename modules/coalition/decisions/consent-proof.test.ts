import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeConsent } from '../testing/replay-consent.ts'
import { playConsent, type ConsentScript } from '../testing/random-consent.ts'
import { CONSENT_FAULTS, type ConsentFault } from './consent-events.ts'
import { followAll } from './consent.ts'
import { beginConsent } from './consent-state.ts'

const SCRIPTS = 10_000
const judge = ({ setup, events }: ConsentScript) => judgeConsent(JSON.stringify({ setup, events }))

test('10,000 random scripts lead to no unlawful adoption, judged by a replay that knows nothing of the engine', { timeout: 20_000 }, () => {
	const seen = { adopted: 0, overObjection: 0, returned: 0, reopened: 0, refused: 0 }
	for (let seed = 1; seed <= SCRIPTS; seed++) {
		const script = playConsent(seed)
		const { state } = script
		assert.deepEqual(judge(script), [], `seed ${seed}`)
		if (state.phase === 'adopted') {
			seen.adopted++
			assert.deepEqual(state.objections.filter((one) => one.state === 'open').map(({ number }) => number), state.over, `seed ${seed}`)
		}
		seen.overObjection += state.over.length > 0 ? 1 : 0
		seen.returned += state.phase === 'returned' ? 1 : 0
		seen.reopened += state.reopened > 0 ? 1 : 0
		seen.refused += script.refused
	}
	// A proof over histories in which nothing happens would prove nothing.
	assert.ok(seen.adopted > 1000 && seen.overObjection > 20 && seen.returned > 200 && seen.reopened > 500 && seen.refused > SCRIPTS, JSON.stringify(seen))
})

test('the same history leads to the same state', () => {
	for (let seed = 1; seed <= 300; seed++) {
		const { setup, events, state } = playConsent(seed)
		assert.deepEqual(followAll(beginConsent(setup), JSON.parse(JSON.stringify(events))), state)
	}
})

/** What the replay says about each planted mistake. */
const SAYS: Record<ConsentFault, RegExp> = {
	adopts_over_objection: /an objection stood/, integration_closes_objection: /an objection stood/, one_finding_dismisses: /an objection stood/, group_dismisses_hub: /an objection stood|a hub objected/,
	absent_count_for_quorum: /too few took part/, absent_are_not_waited_for: /still had time/, silence_is_consent: /neither heard nor absent/, consent_outlives_amendment: /the text changed/,
	stand_aside_limit_is_one_late: /so many stood aside/, fallback_without_charter: /knows no fallback/, fallback_over_hub: /a hub objected/, fallback_by_simple_majority: /too few in favor/,
	adopts_without_review: /no later day/, strangers_speak: /a stranger spoke/, anybody_withdraws_objection: /an objection stood/,
}

for (const fault of CONSENT_FAULTS) {
	test(`the replay catches the planted mistake ${fault}`, { timeout: 30_000 }, () => {
		for (let seed = 1; seed <= 3 * SCRIPTS; seed++) {
			if (judge(playConsent(seed, new Set([fault]))).some((sentence) => SAYS[fault].test(sentence))) return
		}
		assert.fail('no history shows it')
	})
}
