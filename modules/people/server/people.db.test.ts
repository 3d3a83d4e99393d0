import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyLedger, type OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { FAILURES_ALLOWED } from './failed-sign-ins.ts'
import * as people from './index.ts'
import type { OutgoingMail, PeopleTables } from './index.ts'

const ORIGIN = 'https://atlas.example.org'
const letters: OutgoingMail[] = []
let clock = new Date()
let open: OpenDatabase<PeopleTables>
let auth: people.Auth
const caller = { headers: new Headers({ 'user-agent': 'test' }), address: '192.0.2.1' }

before(async () => {
	open = await createTestDatabase<PeopleTables>()
	auth = people.createAuth({ database: open.database, secret: 'x'.repeat(43), origin: ORIGIN, now: () => clock, mail: async (letter) => void letters.push(letter) })
})
after(() => open.close())

/** The headers a browser would send after these cookies. */
function withCookies({ cookies }: people.Cookies): Headers {
	return new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') })
}

const ADA = { name: 'Ada Ruiz', email: 'Ada@example.org', password: 'river maple bench' }
const tokenOf = (link: string) => new URL(link).searchParams.get('token')!

async function registerAda(): Promise<people.Cookies> {
	const link = await people.makeAdministratorLink(open.database, { origin: ORIGIN, now: clock })
	return people.registerFirstAdministrator(auth, { ...ADA, token: tokenOf(link) }, caller)
}

test('the one-time link makes the first administrator and is then used up', async () => {
	assert.equal(await people.hasAdministrator(open.database), false)
	const old = tokenOf(await people.makeAdministratorLink(open.database, { origin: ORIGIN, now: clock }))
	const link = await people.makeAdministratorLink(open.database, { origin: ORIGIN, now: clock })
	assert.ok(link.startsWith(`${ORIGIN}/welcome?token=`))
	const token = tokenOf(link)
	assert.deepEqual([await people.isAdministratorLinkOpen(open.database, old, clock), await people.isAdministratorLinkOpen(open.database, token, clock)], [false, true])
	await assert.rejects(people.registerFirstAdministrator(auth, { ...ADA, token: old }, caller), { code: 'link_used_up' })
	await assert.rejects(people.registerFirstAdministrator(auth, { ...ADA, password: 'short', token }, caller), { code: 'password_too_short' })
	await assert.rejects(people.registerFirstAdministrator(auth, { ...ADA, email: 'ada', token }, caller), { code: 'email_invalid' })
	const twice = await Promise.allSettled([1, 2].map((n) => people.registerFirstAdministrator(auth, { ...ADA, email: `ada${n === 1 ? '' : n}@example.org`, token }, caller)))
	assert.deepEqual(twice.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
	assert.equal(await people.hasAdministrator(open.database), true)
	await assert.rejects(people.registerFirstAdministrator(auth, { ...ADA, token }, caller), { code: 'link_used_up' })
})

test('a link older than a day is used up', async () => {
	const token = tokenOf(await people.makeAdministratorLink(open.database, { origin: ORIGIN, now: new Date(clock.getTime() - 25 * 3_600_000) }))
	await assert.rejects(people.registerFirstAdministrator(auth, { ...ADA, token }, caller), { code: 'link_used_up' })
})

test('a password opens a session that ends on the server when the person signs out', async () => {
	const first = await registerAda()
	assert.ok(first.cookies.every((cookie) => /^__Secure-throughline\./.test(cookie) && /HttpOnly/i.test(cookie) && /Secure/i.test(cookie) && /SameSite=Lax/i.test(cookie)), first.cookies.join('\n'))
	const session = await people.signInWithPassword(auth, { email: ' ADA@example.org', password: ADA.password }, caller)
	const headers = withCookies(session)
	const found = await people.findSession(auth, headers)
	assert.deepEqual([found!.person.name, found!.person.role, found!.person.demonstration], ['Ada Ruiz', 'administrator', false])
	assert.notEqual(first.cookies[0], session.cookies[0], 'each sign-in has its own session')
	await people.signOut(auth, { ...caller, headers })
	assert.equal(await people.findSession(auth, headers), undefined)
	assert.ok(await people.findSession(auth, withCookies(first)), 'other sessions stay')
	assert.equal(await people.findSession(auth, new Headers()), undefined)
})

test('a session whose signature is not ours opens nothing', async () => {
	const { token } = await open.database.selectFrom('people.session').select('token').limit(1).executeTakeFirstOrThrow()
	for (const forged of [token, `${token}.${'A'.repeat(43)}=`]) {
		assert.equal(await people.findSession(auth, new Headers({ cookie: `__Secure-throughline.session_token=${encodeURIComponent(forged)}` })), undefined)
	}
})

test('a wrong password and an unknown address are refused alike, and too many failures wait', async () => {
	const attempt = (email: string, password: string) => people.signInWithPassword(auth, { email, password }, caller)
	await assert.rejects(attempt('ada@example.org', 'wrong password'), { code: 'sign_in_refused' })
	await assert.rejects(attempt('nobody@example.org', 'wrong password'), { code: 'sign_in_refused' })
	await assert.rejects(attempt('nobody', 'wrong password'), { code: 'email_invalid' })
	for (let n = 1; n < FAILURES_ALLOWED; n++) await assert.rejects(attempt('ada@example.org', `wrong ${n}`), { code: 'sign_in_refused' })
	await assert.rejects(attempt('ada@example.org', ADA.password), { code: 'too_many_attempts' })
	await assert.rejects(attempt('ADA@example.org ', ADA.password), { code: 'too_many_attempts' })
	const before_ = clock
	clock = new Date(clock.getTime() + 16 * 60_000)
	await attempt('ada@example.org', ADA.password)
	clock = before_
})

test('a member signs in by a link that works once; administrators and strangers get none', async () => {
	const { person } = (await people.findSession(auth, withCookies(await registerAda())))!
	await people.addMember(auth, person, { name: 'Ben', email: 'ben@example.org' })
	await assert.rejects(people.addMember(auth, person, { name: 'Ben', email: 'Ben@example.org' }), { code: 'email_known' })
	await assert.rejects(people.addMember(auth, { ...person, role: 'member' }, { name: 'C', email: 'c@example.org' }), { code: 'not_allowed' })
	letters.length = 0
	for (const email of ['ben@example.org', 'ada@example.org', 'stranger@example.org']) await people.requestMagicLink(auth, email, caller)
	assert.deepEqual(letters.map(({ kind, recipient }) => [kind, recipient]), [['magic_link', 'ben@example.org'], ['magic_link_refused', 'ada@example.org']])
	const token = tokenOf(letters[0]!.parameters.url!)
	const stored = await open.pool.query('select 1 from people.verification where identifier = $1', [token])
	assert.equal(stored.rowCount, 0, 'the database keeps the hash only')
	const session = await people.followMagicLink(auth, token, caller)
	assert.equal((await people.findSession(auth, withCookies(session)))!.person.name, 'Ben')
	await assert.rejects(people.followMagicLink(auth, token, caller), { code: 'link_used_up' })
	await assert.rejects(people.followMagicLink(auth, 'nonsense', caller), { code: 'link_used_up' })
})

test('nobody signs up by themselves or makes themselves administrator', async () => {
	const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
		people.handleAuthRequest(auth, new Request(`${ORIGIN}/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers }, body: JSON.stringify(body) }), '192.0.2.2')
	assert.equal((await post('/sign-up/email', { name: 'X', email: 'x@example.org', password: 'long enough words' })).status, 400)
	await people.requestMagicLink(auth, 'ben@example.org', caller)
	const ben = await people.followMagicLink(auth, tokenOf(letters.at(-1)!.parameters.url!), caller)
	const cookie = withCookies(ben).get('cookie')!
	await post('/update-user', { role: 'administrator', name: 'Ben' }, { cookie })
	assert.equal((await people.findSession(auth, withCookies(ben)))!.person.role, 'member')
	assert.equal((await post('/sign-out', {}, { cookie, origin: 'https://evil.example' })).status, 403)
})

test('passkeys are offered for the origin’s own name', async () => {
	const { cookies } = await registerAda()
	const request = new Request(`${ORIGIN}/api/auth/passkey/generate-register-options`, { headers: withCookies({ cookies }) })
	const answer = await people.handleAuthRequest(auth, request, '192.0.2.3')
	assert.equal(answer.status, 200)
	const options = (await answer.json()) as { rp: { id: string; name: string } }
	assert.deepEqual(options.rp, { id: 'atlas.example.org', name: 'Throughline' })
})

test('forty people behind one address can all sign in within five minutes', async () => {
	const many = Array.from({ length: 40 }, () => people.signInWithPassword(auth, { email: 'ada@example.org', password: ADA.password }, { ...caller, address: '198.51.100.7' }))
	assert.equal((await Promise.all(many)).length, 40)
})

test('demonstrations exist only where they were made', async () => {
	await assert.rejects(people.signInForDemonstration(auth, 'administrator', caller), { code: 'no_demonstration' })
	await people.makeDemonstrationAccounts(open.database, clock)
	await people.makeDemonstrationAccounts(open.database, clock)
	assert.deepEqual((await people.demonstrationAccounts(open.database)).map(({ key }) => key), ['member', 'administrator'])
	const session = await people.signInForDemonstration(auth, 'administrator', caller)
	assert.equal((await people.findSession(auth, withCookies(session)))!.person.demonstration, true)
	await assert.rejects(people.signInForDemonstration(auth, 'constructor', caller), { code: 'no_demonstration' })
})

test('the ledger knows what happened and nothing personal', async () => {
	assert.equal((await verifyLedger(open.database)).verdict, 'whole')
	const { rows } = await open.pool.query('select l.*, p.payload from core.ledger l join core.ledger_payload p using (seq)')
	assert.ok(rows.length > 5)
	assert.doesNotMatch(JSON.stringify(rows), /ada|ruiz|ben@|example\.org/i)
})
