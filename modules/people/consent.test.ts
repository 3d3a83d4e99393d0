import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { consentNow, type ConsentAct, type ConsentFact } from './consent.ts'

const PURPOSES = ['body:b-1', 'body:b-2', 'event_logistics', 'newsletter:all'] as const
const act = fc.constantFrom<ConsentAct>('grant', 'confirm', 'withdraw', 'complaint', 'bounce', 'import')
const fact = fc.record({ act, purpose: fc.oneof(fc.constantFrom(...PURPOSES), fc.constantFrom('body:*', '*')), own: fc.boolean() })

/** Written apart from the engine: does this line forbid the purpose? */
const forbids = ({ act, purpose: named }: ConsentFact, purpose: string) => {
	if (act === 'complaint' || act === 'bounce') return true
	if (act !== 'withdraw') return false
	return [purpose, '*', `${purpose.split(':')[0]}:*`].includes(named)
}

test('after any stricter signal nothing is sent until the person grants again, however imports, grants of others and merges of two addresses fall', () => {
	fc.assert(fc.property(fc.array(fc.tuple(fact, fc.boolean()), { maxLength: 14 }), fc.constantFrom(...PURPOSES), (steps, purpose) => {
		// Two contact points of one address: the merged history is both, in the order in which it happened.
		const merged = steps.map(([one]) => one)
		const lastStop = merged.findLastIndex((one) => forbids(one, purpose))
		const later = merged.slice(lastStop + 1)
		const ownGrant = later.some(({ act, purpose: named, own }) => own && named === purpose && (act === 'grant' || act === 'confirm'))
		if (lastStop >= 0 && !ownGrant) assert.equal(consentNow(merged, purpose), 'stopped')
		if (consentNow(merged, purpose) === 'granted') assert.ok(merged.some(({ act, purpose: named }) => named === purpose && (act === 'grant' || act === 'confirm')))
		// A merge never allows what one of the two alone forbids after the other's last word by the person.
		for (const side of [true, false]) {
			const alone = steps.filter(([, which]) => which === side).map(([one]) => one)
			const others = steps.filter(([, which]) => which !== side).map(([one]) => one)
			if (consentNow(alone, purpose) === 'stopped' && !others.some(({ act, own }) => own && (act === 'grant' || act === 'confirm'))) assert.equal(consentNow(merged, purpose), 'stopped')
		}
	}), { numRuns: 5000 })
})

test('imports subscribe nobody, in any number and order', () => {
	fc.assert(fc.property(fc.array(fact.map((one): ConsentFact => ({ ...one, act: 'import' }))), fc.constantFrom(...PURPOSES), (facts, purpose) => {
		assert.equal(consentNow(facts, purpose), 'unasked')
	}))
})

test('a person who grants again after having left gets that one thing, and nothing else', () => {
	const left: ConsentFact[] = [{ act: 'grant', purpose: 'body:b-1', own: true }, { act: 'withdraw', purpose: 'body:*', own: true }, { act: 'grant', purpose: 'body:b-1', own: false }]
	assert.equal(consentNow(left, 'body:b-1'), 'stopped')
	assert.equal(consentNow(left, 'event_logistics'), 'unasked')
	const back: ConsentFact[] = [...left, { act: 'grant', purpose: 'body:b-2', own: true }]
	assert.equal(consentNow(back, 'body:b-2'), 'granted')
	assert.equal(consentNow(back, 'body:b-1'), 'stopped')
})
