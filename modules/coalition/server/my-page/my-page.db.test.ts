import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor } from '../actor.ts'
import { acceptCharter, changeCharter } from '../charters.ts'
import { PRESETS } from '../../bodies.ts'
import { castBallot } from '../decisions/ballots.ts'
import { openDecision } from '../decisions/open-decision.ts'
import { answerExchange, recordExchange } from '../exchanges.ts'
import { answerLink, askForLink } from '../links.ts'
import { addToBody } from '../members.ts'
import { beginMemberImport, setListAside } from '../members/index.ts'
import { nameRepresentative } from '../representatives.ts'
import { addOrganization } from '#people/server'
import { addTestPerson, later, makeBody, NOW, openCoalition } from '../testing.ts'
import { askQuestion, answerQuestion, withdrawAnswer } from '../knowledge/questions.ts'
import { markAttendance, listVolunteers } from '../volunteering/coordinate.ts'
import { signUp } from '../volunteering/sign-up.ts'
import { DURING_SHIFT, makeRole, VOLUNTEER } from '../volunteering/testing/index.ts'
import { VISITOR } from '../actor.ts'
import { listWaiting } from './waiting.ts'

const coalition = openCoalition()
const { write } = coalition
const waitsFor = async (actor: Actor, now = NOW) => (await listWaiting(coalition.open.database, actor, now)).waiting.map(({ kind, title }) => `${kind}: ${title}`)

test('what waits is what this person may do and has not done: a charter, a ballot, an exchange, a link, a list', async () => {
	const [hub, circle] = await write(async (writer) => [await makeBody(writer, 'equity_hub', 'listed', 'Waiting hub'), await makeBody(writer, 'issue_circle', 'public', 'Waiting circle')])
	const member = await write(async (writer): Promise<Actor> => {
		const person = await addTestPerson(writer, 'Voter')
		await addToBody(writer, hub.lead, hub.id, { person }, 'voting', NOW)
		return { account: 'u-voter', person, administrator: false }
	})
	assert.deepEqual(await waitsFor(member), ['charter: Waiting hub'])
	await write((writer) => acceptCharter(writer, member, hub.id, 1, NOW))
	assert.deepEqual(await waitsFor(member), [])
	await write((writer) => changeCharter(writer, hub.lead, hub.id, { aim: 'A new aim', domain: '', agreements: '', rules: PRESETS.equity_hub.rules }, NOW))
	assert.deepEqual(await waitsFor(member), ['charter: Waiting hub'])
	await write((writer) => acceptCharter(writer, member, hub.id, 2, NOW))

	const decision = await write((writer) => openDecision(writer, hub.lead, hub.id, { method: 'majority', electorate: 'people', secret: false, title: 'A table', text: 'Shall we?', closesOn: '2026-03-09' }, NOW))
	assert.deepEqual(await waitsFor(member), ['ballot: A table'])
	await write((writer) => castBallot(writer, member, decision, { choice: 'yes', ranks: {}, reason: '' }, NOW))
	assert.deepEqual(await waitsFor(member), [])
	assert.ok((await waitsFor(hub.lead, later(10))).includes('closing: A table'), 'whoever leads it closes it when its days are over')

	const link = await write((writer) => askForLink(writer, circle.lead, circle.id, hub.id, 'Together', NOW))
	assert.ok((await waitsFor(hub.lead)).includes('link: Waiting circle'))
	assert.ok(!(await waitsFor(circle.lead)).some((line) => line.startsWith('link')), 'who asked waits for nothing of their own')
	await write((writer) => answerLink(writer, hub.lead, link, { agrees: true }, NOW))
	const exchange = await write((writer) => recordExchange(writer, hub.lead, link, { from: hub.id, kind: 'ask', text: 'Who reads leases?' }, NOW))
	assert.ok((await waitsFor(circle.lead)).includes('exchange: Who reads leases?'))
	assert.ok(!(await waitsFor(hub.lead)).some((line) => line.startsWith('exchange')))
	await write((writer) => answerExchange(writer, circle.lead, exchange, 'We do.', NOW))
	assert.ok(!(await waitsFor(circle.lead)).some((line) => line.startsWith('exchange')))

	const list = await write((writer) => beginMemberImport(writer, hub.lead, hub.id, { fileName: 'list.csv', columns: ['Name'], rows: [['Ana']], source: 'A sheet', standing: 'member' }, NOW))
	assert.ok((await waitsFor(hub.lead)).includes('list: list.csv'))
	assert.deepEqual(await waitsFor(member), [], 'a member takes in no lists')
	await write((writer) => setListAside(writer, hub.lead, hub.id, list, NOW))
	assert.ok(!(await waitsFor(hub.lead)).includes('list: list.csv'))
})

test('whoever represents an organization is asked for its ballot; a visitor and a stranger are asked for nothing', async () => {
	const circle = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Circle of organizations'))
	const speaker = await write(async (writer): Promise<Actor> => {
		const [person, organization] = [await addTestPerson(writer, 'Speaker'), await addOrganization(writer, { name: 'Mill Union', kind: 'labor' }, NOW)]
		await addToBody(writer, circle.lead, circle.id, { person }, 'observer', NOW)
		await addToBody(writer, circle.lead, circle.id, { organization }, 'voting', NOW)
		await nameRepresentative(writer, circle.lead, circle.id, { organization, person, role: 'primary', mandate: '' }, NOW)
		await openDecision(writer, circle.lead, circle.id, { method: 'majority', electorate: 'organizations', secret: false, title: 'Dues', text: 'Ten dollars?', closesOn: '2026-03-09' }, NOW)
		return { account: 'u-speaker', person, administrator: false }
	})
	assert.deepEqual(await waitsFor(speaker), ['ballot: Dues'])
	const stranger = await write((writer) => addTestPerson(writer, 'Stranger'))
	assert.deepEqual(await waitsFor({ account: 'u-stranger', person: stranger, administrator: false }), [])
	assert.deepEqual(await waitsFor({ account: undefined, person: undefined, administrator: false }), [])
})

test('a question waits for every member who may answer it, not for who asked, until somebody answers, and is offered as news once', async () => {
	await write(async (writer) => {
		const [circle, hub] = [await makeBody(writer, 'issue_circle', 'public', 'Asked circle'), await makeBody(writer, 'equity_hub', 'public', 'Asking hub')]
		const question = await askQuestion(writer, hub.lead, { from: hub.id, to: circle.id, title: 'Who reads leases?', text: '' }, NOW)
		const waits = async (actor: Actor) => (await listWaiting(writer, actor, NOW)).waiting.filter(({ kind }) => kind === 'question').map(({ path }) => path)
		assert.deepEqual([await waits(circle.lead), await waits(hub.lead)], [[`/coalition/questions/${question}`], []])
		const answer = await answerQuestion(writer, circle.lead, question, 'We do.', NOW)
		assert.deepEqual(await waits(circle.lead), [])
		await withdrawAnswer(writer, circle.lead, answer, NOW)
		assert.deepEqual((await waits(circle.lead)).length, 1)
		const items = await writer.selectFrom('mail.digest_item').select(['topic', 'title']).where('kind', '=', 'question_asked').execute()
		assert.deepEqual(items, [{ topic: `body:${circle.id}`, title: 'Who reads leases?' }])
	})
})

test('a shift that is over waits for whoever coordinates it until everybody who had it is marked', async () => {
	await write(async (writer) => {
		const { id, lead } = await makeBody(writer, 'equity_hub', 'public', 'Shifts')
		const { role, shifts } = await makeRole(writer, id)
		for (const name of ['Ana', 'Ben', 'Cleo']) await signUp(writer, VISITOR, role, { ...VOLUNTEER, name, shifts }, NOW)
		const waits = async (at: Date) => (await listWaiting(writer, lead, at)).waiting.filter(({ kind }) => kind === 'shift').map(({ title, path }) => [title, path])
		const after = new Date('2026-03-12T12:00:00Z')
		assert.deepEqual(await waits(DURING_SHIFT), [])
		assert.deepEqual(await waits(after), [['Drive neighbors to the polls', `/volunteering/${role}/list#past`]])
		for (const { signUp: line, state } of (await listVolunteers(writer, lead, role, after))[0]!.volunteers) if (state === 'seat') await markAttendance(writer, lead, role, line, false, after)
		assert.deepEqual(await waits(after), [], 'who only waited for a seat needs no mark')
	})
})
