import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { mailToOutbox, type OutgoingMail } from './outgoing-mail.ts'
import type { PeopleTables } from './people-tables.ts'

let open: OpenDatabase<PeopleTables>
before(async () => void (open = await createTestDatabase<PeopleTables>()))
after(() => open.close())

const NOW = new Date('2026-03-01T12:00:00Z')
const mail: OutgoingMail = { kind: 'magic_link', recipient: 'ada@example.org', parameters: { url: 'http://localhost/x' } }
const sent = async () => (await open.database.selectFrom('people.outgoing_mail').select('sent_at').orderBy('id', 'desc').executeTakeFirstOrThrow()).sent_at

test('a letter that was taken is marked as sent', async () => {
	const delivered = Promise.withResolvers<OutgoingMail>()
	await mailToOutbox(open.database, () => NOW, undefined, async (letter) => delivered.resolve(letter))(mail)
	assert.deepEqual(await delivered.promise, mail)
	for (let attempt = 0; attempt < 100 && !(await sent()); attempt++) await new Promise((resolve) => setTimeout(resolve, 10))
	assert.deepEqual(await sent(), NOW)
})

test('a letter that was not taken stays in the outbox, and the request does not fail', async () => {
	const told = Promise.withResolvers<unknown>()
	await mailToOutbox(open.database, () => NOW, undefined, () => Promise.reject(new Error('no server')), told.resolve)(mail)
	assert.equal(((await told.promise) as Error).message, 'no server')
	assert.equal(await sent(), null)
})
