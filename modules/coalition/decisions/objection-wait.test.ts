import assert from 'node:assert/strict'
import { test } from 'node:test'
import { objectingSince } from './objection-wait.ts'

const day = (n: number) => new Date(Date.UTC(2026, 2, n))
const said = (kind: string, n: number, elector: string | null = 'hub') => ({ kind, elector, at: day(n) })

test('an objection waits from the day on which it was first raised, through every renewal', () => {
	assert.deepEqual(objectingSince([said('present', 1, null), said('objection', 2), said('objection', 5), said('integrate', 6, null)], 'hub'), day(2))
})

test('it waits for nothing once its hub withdrew it or said something else, and begins anew with a new one', () => {
	for (const kind of ['withdraw_objection', 'consent', 'concern']) assert.equal(objectingSince([said('objection', 2), said(kind, 4)], 'hub'), undefined, kind)
	assert.deepEqual(objectingSince([said('objection', 2), said('withdraw_objection', 4), said('objection', 7)], 'hub'), day(7))
})

test('what others say, or find about it, does not end it', () => {
	assert.deepEqual(objectingSince([said('objection', 2), said('consent', 3, 'other'), said('test', 4, 'hub')], 'hub'), day(2))
	assert.equal(objectingSince([said('objection', 2, 'other')], 'hub'), undefined)
})
