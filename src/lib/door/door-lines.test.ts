import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterTaking, codeIn, countThere, linesOf, type KeptMark } from './door-lines.ts'

const guest = (rsvp: string, name: string, there = false) => ({ rsvp, name, partySize: 1, waits: false, supports: [], there, codeHash: rsvp })
const GUESTS = [guest('a', 'José Núñez'), guest('b', 'Ana Ruiz', true), guest('c', 'Bo Chen')]
const mark = (more: Partial<KeptMark>): KeptMark => ({ key: 'k', kind: 'guest', at: '', convening: 'g', label: '', state: 'waiting', ...more })

test('a line is found by parts of its name without accents; who is not there yet stands first', () => {
	assert.deepEqual(linesOf(GUESTS, [], '').map(({ rsvp }) => rsvp), ['c', 'a', 'b'])
	assert.deepEqual(linesOf(GUESTS, [mark({ rsvp: 'c' })], '').map(({ rsvp, mark: note }) => [rsvp, Boolean(note)]), [['a', false], ['b', false], ['c', true]].sort((x, y) => (x[0] === 'a' ? -1 : y[0] === 'a' ? 1 : 0)))
	assert.deepEqual(linesOf(GUESTS, [], 'nunez jo').map(({ rsvp }) => rsvp), ['a'])
	assert.deepEqual(linesOf(GUESTS, [mark({ rsvp: 'a', state: 'asks' })], 'jose')[0]!.mark, undefined, 'what asks a person is no check-in')
})

test('a code is read from the address in a guest’s picture and as somebody types it', () => {
	assert.equal(codeIn('https://example.org/es/convenings/g-1/desk?guest=abcd2345'), 'abcd2345')
	assert.equal(codeIn(' ABCD-2345 '), 'abcd2345')
})

test('who is there is counted once: by the server, by a note, as a walk-in, or by a code that the list does not know', () => {
	assert.equal(countThere(GUESTS, []), 1)
	const marks = [mark({ rsvp: 'a' }), mark({ rsvp: 'b' }), mark({ kind: 'walk_in' }), mark({ kind: 'code' }), mark({ kind: 'heads' }), mark({ rsvp: 'c', state: 'asks' })]
	assert.equal(countThere(GUESTS, marks), 4)
	assert.equal(countThere(afterTaking(GUESTS, { rsvp: 'a', partySize: '3' }), []), 2)
	assert.equal(afterTaking(GUESTS, { rsvp: 'a', partySize: '3' })[0]!.partySize, 3)
})
