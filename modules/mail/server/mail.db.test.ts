import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connectTo, Refusal, writeSetting, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { addPerson, mailAddressOf, recordConsent } from '#people/server'
import type { MailTables } from './mail-tables.ts'
import { findMailServer, keepServer, readKeptServer } from './mail-server.ts'
import { getLetter, listLetters, mailToOutbox, queueLetters, tryAgain, type GivenLetter } from './outbox.ts'
import { sendMail } from './send-mail.ts'
import { findSurges } from './surges.ts'
import { startSmtp, type SmtpServer } from './smtp-for-tests.ts'
import { sendTest } from './test-send.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
let open: OpenDatabase<MailTables>
let smtp: SmtpServer
const directory = mkdtempSync(join(tmpdir(), 'throughline-mail-'))
before(async () => {
	;[open, smtp] = await Promise.all([createTestDatabase<MailTables>(), startSmtp()])
	await writeSetting(open.database as never, 'origin', 'https://atlas.example.org')
})
after(async () => {
	await Promise.all([open.close(), smtp.close()])
	rmSync(directory, { recursive: true })
})
beforeEach(() => void (smtp.letters.length = 0))

const environment = () => ({ THROUGHLINE_SMTP_URL: `smtp://127.0.0.1:${smtp.port}?ignoreTLS=true`, THROUGHLINE_MAIL_FROM: 'Atlas <atlas@example.org>', THROUGHLINE_DATA_DIR: directory })
const write = <T>(work: (writer: Writer<MailTables>) => Promise<T>) => open.database.transaction().execute(work)
const send = (now = NOW, mayRead = async () => true) => sendMail({ database: open.database, now: () => now, mayRead, environment: environment() })
const queue = (...letters: GivenLetter[]) => write((writer) => queueLetters(writer, letters, NOW))
const rsvp = (recipient: string, more: Partial<GivenLetter> = {}): GivenLetter => ({ kind: 'rsvp_coming', language: 'es', recipient, purpose: 'event_logistics', parameters: { title: 'Rentas', when: 'el martes', url: 'https://atlas.example.org/es/x' }, ...more })
const refuses = (code: string) => (cause: unknown) => cause instanceof Refusal && cause.code === code

async function somebody(email: string) {
	const person = await write((writer) => addPerson(writer, { name: email, email }, NOW))
	return { person, contactPoint: (await mailAddressOf(open.database, person))!.contactPoint }
}

test('a letter goes out in the language of its recipient, as text and as HTML, and the outbox knows', async () => {
	const [id] = await queue(rsvp('ana@example.org'))
	assert.equal((await getLetter(open.database, id!)).state, 'waiting')
	await sendMail({ database: open.database, now: () => NOW, mayRead: async () => true, environment: { THROUGHLINE_DATA_DIR: directory } })
	assert.equal((await getLetter(open.database, id!)).state, 'waiting', 'without a mail server it waits')
	await send()
	const [letter, ...others] = smtp.letters
	assert.deepEqual([letter!.to, others.length], ['ana@example.org', 0])
	assert.match(letter!.headers, /^From: Atlas <atlas@example\.org>/m)
	assert.match(letter!.headers, /^Subject: Tu lugar: Rentas/m)
	assert.match(letter!.body, /text\/plain[^]*Tienes un lugar en «Rentas», el martes\.[^]*text\/html[^]*<a href="https:\/\/atlas\.example\.org\/es\/x">/)
	assert.doesNotMatch(letter!.headers, /List-Unsubscribe/, 'it belongs to what the guest did')
	assert.deepEqual((await getLetter(open.database, id!)).states.map(({ state }) => state), ['waiting', 'sending', 'sent'])
})

test('two workers on their own connections send each of forty letters once, and a mark makes two letters one', async () => {
	await queue(...Array.from({ length: 40 }, (_, i) => rsvp(`guest${i}@example.org`, { once: `reminder:${i}` })))
	assert.deepEqual(await queue(rsvp('guest1@example.org', { once: 'reminder:1' })), [])
	const other = await connectTo<MailTables>(open.address)
	try {
		await Promise.all([send(), sendMail({ database: other.database, now: () => NOW, mayRead: async () => true, environment: environment() }), send()])
	} finally {
		await other.close()
	}
	assert.equal(smtp.letters.length, 40)
	assert.equal(new Set(smtp.letters.map(({ to }) => to)).size, 40)
})

test('consent is looked at when the letter goes: whoever said stop in between gets nothing, at a second entry of the address neither', async () => {
	const [first, second] = [await somebody('bo@example.org'), await somebody('BO@example.org')]
	const ids = await queue(rsvp('bo@example.org', first), rsvp('BO@example.org', second))
	await write((writer) => recordConsent(writer, { contactPoint: first.contactPoint, purpose: '*', act: 'withdraw', source: 'test', by: first.person }, NOW))
	await write((writer) => recordConsent(writer, { contactPoint: second.contactPoint, purpose: 'event_logistics', act: 'grant', source: 'import', by: 'u-administrator' }, NOW))
	await send()
	assert.equal(smtp.letters.length, 0)
	for (const id of ids) assert.deepEqual((({ state, states }) => [state, states.at(-1)!.reason?.code])(await getLetter(open.database, id)), ['suppressed', 'mail_not_wanted'])
	await assert.rejects(write((writer) => tryAgain(writer, ids[0]!, NOW)), refuses('mail_not_again'))
})

test('a server that cannot take a letter now is asked again later; one that refuses it for good is not; an address that nobody has gets nothing more', async () => {
	const gone = await somebody('gone@example.org')
	smtp.answers.set('busy@example.org', '451 4.3.2 come back').set('gone@example.org', '550 5.1.1 no such user')
	const [busy, lost] = await queue(rsvp('busy@example.org'), rsvp('gone@example.org', gone))
	await send()
	const stateOf = async (id: string) => (({ state, states }) => [state, states.at(-1)!.reason?.code])(await getLetter(open.database, id))
	assert.deepEqual([await stateOf(busy!), await stateOf(lost!)], [['waiting', 'mail_later'], ['failed', 'mail_no_such_address']])
	smtp.answers.delete('busy@example.org')
	await send(minutes(1))
	assert.equal(smtp.letters.length, 0, 'not before its time')
	await send(minutes(3))
	assert.deepEqual(smtp.letters.map(({ to }) => to), ['busy@example.org'])
	const [next] = await queue(rsvp('gone@example.org', gone))
	await send(minutes(4))
	assert.deepEqual(await stateOf(next!), ['suppressed', 'mail_not_wanted'])
	smtp.answers.clear()
	await write((writer) => tryAgain(writer, lost!, NOW))
	assert.equal((await getLetter(open.database, lost!)).state, 'waiting')
})

test('a letter that waited past its time is held back, and one whose sending was cut off is not sent again by itself', async () => {
	const [late, cut] = await queue(rsvp('late@example.org', { until: NOW }), rsvp('cut@example.org'))
	await open.database.updateTable('mail.letter').set({ state: 'sending' }).where('id', '=', cut!).execute()
	await send(minutes(20))
	assert.equal(smtp.letters.length, 0)
	assert.equal((await getLetter(open.database, late!)).states.at(-1)!.reason!.code, 'mail_too_late')
	assert.equal((await getLetter(open.database, cut!)).states.at(-1)!.reason!.code, 'mail_cut_off')
})

test('a sign-in link reaches the outbox without the request waiting for it, in both languages, and does not stay in the database', async () => {
	await mailToOutbox(open.database, () => NOW)({ kind: 'magic_link', recipient: 'ada@example.org', parameters: { url: 'https://atlas.example.org/sign-in/link?token=abc' } })
	const find = () => open.database.selectFrom('mail.letter').select('id').where('recipient', '=', 'ada@example.org').executeTakeFirst()
	for (let attempt = 0; attempt < 200 && !(await find()); attempt++) await pause(10)
	await send()
	assert.equal(smtp.letters[0]!.body.split('text/html')[0]!.split('https://atlas.example.org/sign-in/link?token=abc').length, 3)
	assert.deepEqual((await getLetter(open.database, (await find())!.id)).parameters, {})
})

test('an address cannot smuggle in a header or a second recipient', async () => {
	await queue(rsvp('ada@example.org\r\nBcc: eve@example.org'), rsvp('ok@example.org', { parameters: { title: 'x\r\nBcc: eve@example.org', when: '', url: '' } }))
	await send()
	for (const { headers, to } of smtp.letters) {
		assert.notEqual(to, 'eve@example.org')
		assert.doesNotMatch(headers, /^Bcc:/m)
	}
})

test('what an administrator saves is kept with the password sealed; the environment wins over it; a test says what the server answered', async () => {
	const given = { host: '127.0.0.1', port: String(smtp.port), security: 'none', user: '', password: '', sender: 'hello@example.org', postal: '1 Mill Street' }
	const keep = (more: object) => write((writer) => keepServer(writer, { ...given, ...more }, directory))
	for (const [more, code] of [[{ host: '' }, 'mail_host_missing'], [{ port: '99999' }, 'mail_port'], [{ sender: 'x\r\nBcc: y@z.example' }, 'mail_sender'], [{ postal: ' ' }, 'mail_postal_missing'], [{ dkimDomain: 'example.org' }, 'mail_dkim']] as const) await assert.rejects(keep(more), refuses(code))
	const [own, nobody] = [{ THROUGHLINE_DATA_DIR: directory }, await sendTest(open.database, 'a@example.org', 'en', NOW, { THROUGHLINE_DATA_DIR: directory }).catch((cause) => cause.code)]
	assert.equal(nobody, 'mail_no_server')
	await keep({ user: 'atlas', password: 'a secret of four words' })
	const kept = JSON.stringify(await readKeptServer(open.database))
	assert.doesNotMatch(kept, /secret of four/)
	await keep({ user: 'atlas' })
	assert.equal(JSON.stringify(await readKeptServer(open.database)), kept, 'an empty password keeps the one that is there')
	await keep({})
	assert.match(await sendTest(open.database, 'a@example.org', 'en', NOW, own), /^250 2\.0\.0 taken/)
	assert.match(smtp.letters[0]!.headers, /^From: hello@example\.org/m)
	assert.equal((await findMailServer(open.database, own))!.source, 'database')
	assert.equal((await findMailServer(open.database, environment()))!.source, 'environment')
	smtp.answers.set('b@example.org', '550 5.7.1 not from you')
	await assert.rejects(sendTest(open.database, 'b@example.org', 'en', NOW, own), (cause) => refuses('mail_refused')(cause) && /not from you/.test(String((cause as Refusal).parameters.said)))
	assert.equal((await listLetters(open.database, { state: 'failed', page: 1 })).letters.some(({ recipient }) => recipient === 'b@example.org'), true)
})

test('a letter that people subscribe to carries the way out in its headers, and a signature covers both of them', async () => {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
	const given = { host: '127.0.0.1', port: String(smtp.port), security: 'none', sender: 'hello@example.org', postal: '1 Mill Street', dkimDomain: 'example.org', dkimSelector: 'mail', dkimKey: privateKey }
	await write((writer) => keepServer(writer, given, directory))
	const cy = await somebody('cy@example.org')
	await queue({ kind: 'decision_opened', language: 'en', recipient: 'cy@example.org', ...cy, purpose: 'body:b-1', parameters: { name: 'Housing circle', title: 'Repairs', url: 'https://atlas.example.org/d' } })
	await sendMail({ database: open.database, now: () => NOW, mayRead: async () => true, environment: { THROUGHLINE_DATA_DIR: directory } })
	const { headers, body } = smtp.letters.find(({ to }) => to === 'cy@example.org')!
	assert.match(headers, /^List-Unsubscribe: <https:\/\/atlas\.example\.org\/mail\/p-\w+\.body~b-1\.[\w-]+\/unsubscribe>$/m)
	assert.match(headers, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
	const signed = /DKIM-Signature:[^\n]*\bh=([^;]*);/i.exec(headers)![1]!.toLowerCase().replace(/\s/g, '').split(':')
	assert.ok(signed.includes('list-unsubscribe') && signed.includes('list-unsubscribe-post'), signed.join())
	assert.match(body, /1 Mill Street/)
	const [left] = await queue({ kind: 'decision_opened', language: 'en', recipient: 'cy@example.org', ...cy, purpose: 'body:b-1', parameters: { name: '', title: '', url: '' } })
	await send(NOW, async () => false)
	assert.equal((await getLetter(open.database, left!)).state, 'suppressed', 'whoever left the body is told no more')
})

test('a topic that writes three times as many letters within a day as on the busiest day of the month before is pointed out, and no small one', async () => {
	const day = 86_400_000
	const queueAt = (purpose: string, count: number, ago: number) => write((writer) => queueLetters(writer, Array.from({ length: count }, (_, n) => rsvp(`surge-${n}@example.org`, { kind: 'decision_opened', purpose })), new Date(NOW.getTime() - ago * day)))
	for (const [purpose, usual, today] of [['body:quiet', 20, 61], ['body:busy', 30, 80], ['body:new', 0, 50], ['body:small', 0, 49]] as const) {
		if (usual > 0) await queueAt(purpose, usual, 5.5)
		await queueAt(purpose, today, 0.1)
	}
	const ofBodies = async (at: Date) => (await findSurges(open.database, at)).filter(({ purpose }) => purpose.startsWith('body:'))
	assert.deepEqual((await ofBodies(NOW)).map(({ purpose, count, waiting, usual }) => [purpose, count, waiting, usual]), [['body:quiet', 61, 61, 20], ['body:new', 50, 50, 0]])
	assert.deepEqual(await ofBodies(new Date(NOW.getTime() + 2 * day)), [])
})
