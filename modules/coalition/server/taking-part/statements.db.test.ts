import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consentAt } from '#people/server'
import { VISITOR } from '../actor.ts'
import { topicOf } from '../topics.ts'
import { later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findStatement, findStatementWork, listStatements } from './find-statements.ts'
import { confirmSignature, findSignature, settleName, signPetition, withdrawSignature } from './signatures.ts'
import { answerSignOn, signForOrganization } from './sign-ons.ts'
import { recordStep, reviseStatement, writeStatement } from './statements.ts'
import { PETITION, SIGN_ON, SIGNATURE } from './testing/index.ts'

const coalition = openCoalition()
const { write } = coalition
let made = 0

const makeScene = (more = {}) => write(async (writer) => {
	const circle = await makeBody(writer, 'issue_circle', 'public', `Circle of statements ${++made}`)
	return { circle, id: await writeStatement(writer, circle.lead, circle.id, { ...PETITION, ...more }, NOW) }
})
const sign = (id: string, more = {}, mails = true, at = NOW) => write((writer) => signPetition(writer, VISITOR, id, { ...SIGNATURE, ...more }, mails, at))
const confirm = (id: string, code: string, at = NOW) => write((writer) => confirmSignature(writer, id, code, at))
const find = (id: string, at = NOW) => findStatement(coalition.open.database, VISITOR, id, at)
const countsOf = async (id: string) => (await find(id)).versions[0]!.counts

test('a changed text is a new version that nobody has signed, and a signature of the old one is refused', async () => {
	const { circle, id } = await makeScene()
	const { code } = await sign(id)
	await confirm(id, code)
	const signOn = await write((writer) => signForOrganization(writer, VISITOR, id, SIGN_ON, NOW))
	await write((writer) => answerSignOn(writer, circle.lead, signOn, { verified: true, reason: '' }, NOW))
	assert.deepEqual(await countsOf(id), { organizations: 1, verified: 1, unverified: 0 })
	await assert.rejects(write((writer) => reviseStatement(writer, circle.lead, id, PETITION, NOW)), refuses('statement_same'))
	await write((writer) => reviseStatement(writer, circle.lead, id, { ...PETITION, ask: 'Run line 4 every day.' }, NOW))
	const { versions, organizations, names } = await find(id)
	assert.deepEqual(versions.map(({ version, ask, counts }) => [version, ask, counts.verified, counts.organizations]), [[2, 'Run line 4 every day.', 0, 0], [1, PETITION.ask, 1, 1]])
	assert.deepEqual([organizations, names], [[], []])
	await assert.rejects(sign(id), refuses('statement_changed'))
	await assert.rejects(write((writer) => writer.updateTable('coalition.statement_version').set({ text: 'Other words' }).where('statement', '=', id).execute()), /refuse|append|change/i)
})

test('a text that changes while somebody signs is either signed before or refused, never mixed up', async () => {
	const { circle, id } = await makeScene()
	const tries = await Promise.allSettled([...Array(12).keys()].map((n) => (n === 5 ? write((writer) => reviseStatement(writer, circle.lead, id, { ...PETITION, text: 'Other words' }, NOW)) : sign(id, { contact: `s${n}@example.org` }))))
	const refused = tries.filter((one) => one.status === 'rejected')
	assert.ok(refused.every(({ reason }) => refuses('statement_changed')(reason)))
	const rows = await coalition.open.database.selectFrom('coalition.signature').select('version').where('statement', '=', id).execute()
	assert.equal(rows.length, 11 - refused.length)
	assert.ok(rows.every(({ version }) => version === 1))
})

test('a signature counts once it is confirmed, by letter apart from on screen, and one contact once', async () => {
	const { id } = await makeScene()
	const screen = await sign(id, { contact: 'Yolanda@Example.org' }, false)
	assert.deepEqual([screen.confirmBy, screen.letter], ['screen', undefined])
	assert.deepEqual(await countsOf(id), { organizations: 0, verified: 0, unverified: 0 })
	await confirm(id, screen.code.toUpperCase())
	await confirm(id, screen.code)
	assert.deepEqual(await countsOf(id), { organizations: 0, verified: 0, unverified: 1 })
	const again = await sign(id, {}, false)
	await confirm(id, again.code)
	assert.deepEqual(await countsOf(id), { organizations: 0, verified: 0, unverified: 1 }, 'the same address on screen once more')
	const letter = await sign(id)
	assert.equal(letter.letter!.recipient, SIGNATURE.contact)
	await confirm(id, letter.code)
	assert.deepEqual(await countsOf(id), { organizations: 0, verified: 1, unverified: 0 }, 'who has the mailbox outweighs who only knew the address')
	await write((writer) => withdrawSignature(writer, id, letter.code, NOW))
	assert.deepEqual(await countsOf(id), { organizations: 0, verified: 0, unverified: 0 })
	await assert.rejects(confirm(id, letter.code), refuses('signature_withdrawn'))
	await assert.rejects(confirm(id, 'aaaabbbbcccc'), refuses('signature_not_found'))
	const phone = await sign(id, { contact: '404 555 0123' })
	assert.equal(phone.confirmBy, 'screen', 'a telephone gets no letter')
	const other = await makeScene()
	assert.equal(await findSignature(coalition.open.database, other.id, phone.code), undefined, 'a code opens nothing of another statement')
})

test('many confirmations of one address at once count one', async () => {
	const { id } = await makeScene()
	const codes = await Promise.all([...Array(8).keys()].map((n) => sign(id, {}, n % 2 === 0)))
	await Promise.all(codes.map(({ code }) => confirm(id, code)))
	assert.deepEqual(await countsOf(id), { organizations: 0, verified: 1, unverified: 0 })
})

test('nobody is subscribed who did not tick the box, and a tick counts when a letter proved the address', async () => {
	const { circle, id } = await makeScene()
	const stateOf = async (contact: string) => {
		const { id: point } = await coalition.open.database.selectFrom('people.contact_point').select('id').where('normalized', '=', contact).limit(1).executeTakeFirstOrThrow()
		return consentAt(coalition.open.database, point, topicOf(circle.id))
	}
	const cases = [['plain@example.org', '', true, 'unasked'], ['ticked@example.org', 'The circle may write to me.', true, 'granted'], ['screen@example.org', 'The circle may write to me.', false, 'unasked']] as const
	for (const [contact, mailWording, mails, expected] of cases) {
		const { code } = await sign(id, { contact, mailWording }, mails)
		assert.equal(await stateOf(contact), 'unasked', 'nothing before it is confirmed')
		await confirm(id, code)
		assert.equal(await stateOf(contact), expected, contact)
	}
	await assert.rejects(sign(id, { contact: '404 555 0199', mailWording: 'The circle may write to me.' }), refuses('signature_mail_needs_email'))
	const kept = await coalition.open.database.selectFrom('people.consent_event').select(['wording', 'source']).where('purpose', '=', topicOf(circle.id)).execute()
	assert.deepEqual(kept, [{ wording: 'The circle may write to me.', source: 'petition' }])
})

test('a name is shown by its owner’s word alone, and one confirmed on screen after somebody of the host has read it', async () => {
	const { circle, id } = await makeScene()
	for (const [name, contact, shown, mails] of [['Letter Shown', 'a@example.org', true, true], ['Letter Kept', 'b@example.org', false, true], ['Screen Shown', 'c@example.org', true, false]] as const) await confirm(id, (await sign(id, { name, contact, shown }, mails)).code)
	assert.deepEqual((await find(id)).names, ['Letter Shown'])
	await assert.rejects(findStatementWork(coalition.open.database, VISITOR, id, NOW), refuses('not_permitted'))
	const { names } = await findStatementWork(coalition.open.database, circle.lead, id, NOW)
	assert.deepEqual(names.map(({ name }) => name).sort(), ['Letter Shown', 'Screen Shown'], 'who keeps their name is not listed for anybody')
	const settle = (name: string, shown: boolean) => write((writer) => settleName(writer, circle.lead, id, names.find((one) => one.name === name)!.id, shown, NOW))
	await settle('Screen Shown', true)
	await settle('Letter Shown', false)
	assert.deepEqual((await find(id)).names, ['Screen Shown'])
})

test('an organization is shown when a lead has verified who authorized it, once for each version, and never before', async () => {
	const { circle, id } = await makeScene()
	const signFor = (more = {}) => write((writer) => signForOrganization(writer, VISITOR, id, { ...SIGN_ON, ...more }, NOW))
	const answer = (signOn: string, verified: boolean, reason = '') => write((writer) => answerSignOn(writer, circle.lead, signOn, { verified, reason }, NOW))
	for (const [more, code] of [[{ authority: ' ' }, 'sign_on_without_authority'], [{ authorizedBy: '' }, 'sign_on_without_person'], [{ organization: '' }, 'organization_without_name'], [{ kind: 'sect' }, 'organization_kind_unknown']] as const) await assert.rejects(signFor(more), refuses(code), code)
	const first = await signFor()
	assert.deepEqual((await find(id)).organizations, [])
	await assert.rejects(signFor({ organization: 'mill street tenants' }), refuses('sign_on_waits'))
	await assert.rejects(answer(first, false), refuses('sign_on_without_reason'))
	await answer(first, false, 'The board has not met.')
	const second = await signFor()
	await answer(second, true)
	await assert.rejects(answer(second, true), refuses('sign_on_not_found'))
	assert.deepEqual((await find(id)).organizations.map(({ name, authority }) => [name, authority]), [[SIGN_ON.organization, SIGN_ON.authority]])
	const { organization } = await coalition.open.database.selectFrom('coalition.sign_on').select('organization').where('id', '=', second).executeTakeFirstOrThrow()
	await assert.rejects(write((writer) => writer.updateTable('coalition.sign_on').set({ organization, verified_at: NOW, verified_by: 'x', declined_at: null }).where('id', '=', first).execute()), /sign_on_once/)
})

test('what is closed or past its deadline takes no signature, and a delivery keeps the counts of its day', async () => {
	const { circle, id } = await makeScene()
	await confirm(id, (await sign(id)).code)
	const step = (kind: 'delivered' | 'answered' | 'closed', at = NOW) => write((writer) => recordStep(writer, circle.lead, id, kind, { text: 'At the meeting of the board', onDay: at.toISOString().slice(0, 10) }, at))
	await assert.rejects(step('answered'), refuses('statement_not_delivered'))
	await step('delivered')
	await confirm(id, (await sign(id, { contact: 'later@example.org' })).code)
	assert.deepEqual((await find(id)).events[0]!.counts, { organizations: 0, verified: 1, unverified: 0 })
	assert.equal((await countsOf(id)).verified, 2)
	const late = await sign(id, { contact: 'late@example.org' })
	await assert.rejects(sign(id, {}, true, new Date('2026-07-02T12:00:00Z')), refuses('statement_over'))
	await assert.rejects(confirm(id, late.code, new Date('2026-07-02T12:00:00Z')), refuses('statement_over'))
	await step('closed', later(2))
	await assert.rejects(sign(id), refuses('statement_over'))
	await assert.rejects(step('closed', later(3)), refuses('statement_closed'))
	await step('answered', later(20))
	assert.deepEqual((await listStatements(coalition.open.database, circle.id, NOW)).map(({ open, delivered }) => [open, delivered]), [[false, true]])
	await assert.rejects(makeScene({ deadline: '2026-02-20' }), refuses('statement_deadline_past'))
	await assert.rejects(makeScene({ forOrganizations: false, forPeople: false }), refuses('statement_for_nobody'))
})
