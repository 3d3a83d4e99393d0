import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listThread, verifyLedger } from '#database'
import { addOrganization } from '#people/server'
import { judgeConsent } from '../../testing/replay-consent.ts'
import { VISITOR, type Actor } from '../actor.ts'
import { listLinkDecisions, nameLinkDecision } from '../link-decisions.ts'
import { answerLink, askForLink } from '../links.ts'
import { addToBody, endMembership } from '../members.ts'
import { nameRepresentative } from '../representatives.ts'
import { addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { castBallot, closeDecision, objectAsHub, reviewDecision } from './ballots.ts'
import { findDecision, listDecisions, listOverdue } from './find-decisions.ts'
import { recordStep, type GivenStep } from './follow-decision.ts'
import { openDecision, type GivenDecision } from './open-decision.ts'

const coalition = openCoalition()
const { write } = coalition
const MAJORITY = { method: 'majority', electorate: 'people', secret: false, title: 'Paper or not', text: 'Shall we print the guide?', closesOn: '2026-03-10' }
const CONSENT = { method: 'consent', electorate: 'people', secret: false, title: 'A notice', text: 'We ask for a notice of 60 days.' }
const YES = { choice: 'yes', ranks: {}, reason: '' }
const KEPT = { reviewOn: '2026-09-01', outcome: '' }

let named = 0
/** A circle with a lead and voting members, each as somebody who acts. */
async function makeCircle(voting: number, visibility: 'public' | 'private' = 'public') {
	return write(async (writer) => {
		const { id, lead } = await makeBody(writer, 'issue_circle', visibility, `Circle ${++named}`)
		const members: Actor[] = []
		for (let n = 0; n < voting; n++) {
			const person = await addTestPerson(writer, `Member ${named}.${n}`)
			await addToBody(writer, ADMINISTRATOR, id, { person }, 'voting', NOW)
			members.push({ account: undefined, person, administrator: false })
		}
		return { id, lead, members }
	})
}
const begin = (actor: Actor, body: string, given: GivenDecision) => write((writer) => openDecision(writer, actor, body, given, NOW))
const cast = (actor: Actor, decision: string, more: Partial<Parameters<typeof castBallot>[3]> = {}, at = NOW) => write((writer) => castBallot(writer, actor, decision, { ...YES, ...more }, at))
const step = (actor: Actor, decision: string, given: GivenStep, at = NOW) => write((writer) => recordStep(writer, actor, decision, given, at))
const close = (actor: Actor, decision: string, owner: Actor, at = later(20)) => write((writer) => closeDecision(writer, actor, decision, { ...KEPT, owner: owner.person! }, at))
const OBJECTION = { aim: 'Nobody loses a home in winter', reason: '60 days end in February', change: '' }

test('a consent process goes from a proposal over an integrated objection to adoption; its stored history passes the independent replay', async () => {
	const { id, lead, members: [ana, ben] } = await makeCircle(2)
	const citation = 'c-decided'
	const decision = await begin(ana!, id, CONSENT)
	await coalition.open.database.updateTable('coalition.decision').set({ citation }).where('id', '=', decision).execute()
	const say = (...actors: Actor[]) => Promise.all(actors.map((actor) => step(actor, decision, { kind: 'consent', content: {} })))
	await assert.rejects(step(ben!, decision, { kind: 'present', content: {} }), refuses('not_permitted'))
	await assert.rejects(step(lead, decision, { kind: 'constructor', content: {} }), refuses('decision_other_method'))
	await step(ana!, decision, { kind: 'present', content: {} })
	await step(lead, decision, { kind: 'open_round', content: {} })
	assert.equal((await listDecisions(coalition.open.database, ben!, { id, visibility: 'public' }, NOW))[0]!.waits, 'word')
	await say(lead, ana!)
	await step(ben!, decision, { kind: 'objection', content: OBJECTION })
	const adopt = { kind: 'adopt', content: { reviewOn: '2026-09-01', owner: ana!.person! } }
	await assert.rejects(step(lead, decision, adopt), refuses('consent_objection_open'))
	await step(ana!, decision, { kind: 'integrate', content: { objection: 1, how: 'amended', text: 'We ask for 60 days, and none in winter.' } })
	await step(lead, decision, { kind: 'open_round', content: {} })
	await say(lead, ana!, ben!)
	await assert.rejects(step(lead, decision, { ...adopt, content: { ...adopt.content, owner: 'p-nobody' } }), refuses('decision_owner_unknown'))
	await step(lead, decision, adopt)
	const view = (await findDecision(coalition.open.database, VISITOR, decision, NOW))!
	assert.deepEqual([view.state, view.consent!.text, view.electors.map(({ name }) => name), view.owner], ['adopted', 'We ask for 60 days, and none in winter.', ['', '', ''], undefined], 'visitors read everything but who it was')
	assert.doesNotMatch(JSON.stringify(view), /"p-/, 'nor by which identifier they could be known elsewhere')
	const history = { setup: view.consent!.setup, events: view.events.map(({ kind, elector, content, at }) => ({ ...content, kind, elector, at: at.toISOString() })) }
	const adoption = history.events.at(-1)!
	assert.deepEqual([history.events.length, judgeConsent(JSON.stringify({ ...history, events: [...history.events.slice(0, -1), { ...adoption, owner: 'somebody' }] }))], [11, []])
	assert.deepEqual((await listThread(coalition.open.database, `atlas:citation/${citation}`)).map(({ from_record, relation }) => [from_record, relation]), [[`coalition:decision/${decision}`, 'cites']])
	assert.equal((await verifyLedger(coalition.open.database)).verdict, 'whole')
	await assert.rejects(coalition.open.pool.query(`delete from coalition.decision_event`), /append-only/)
})

test('who is asked is settled at the opening: who leaves keeps the ballot, who comes later has none, and a decision in a private body is there for no others', async () => {
	const { id, lead, members: [ana] } = await makeCircle(2, 'private')
	const decision = await begin(lead, id, MAJORITY)
	const membership = await coalition.open.database.selectFrom('coalition.membership').select('id').where('person', '=', ana!.person!).executeTakeFirstOrThrow()
	await write((writer) => endMembership(writer, lead, membership.id, NOW))
	const newcomer = { account: undefined, person: await write((writer) => addTestPerson(writer, 'Newcomer')), administrator: false }
	await write((writer) => addToBody(writer, lead, id, { person: newcomer.person }, 'voting', NOW))
	await assert.rejects(cast(newcomer, decision), refuses('consent_not_an_elector'))
	await cast(ana!, decision)
	assert.equal((await findDecision(coalition.open.database, ana!, decision, NOW))!.electors.length, 3)
	assert.equal(await findDecision(coalition.open.database, VISITOR, decision, NOW), undefined)
	await assert.rejects(coalition.open.pool.query(`update coalition.elector set asked = false`), /append-only/)
	assert.equal((await close(lead, decision, lead)).electors, 3)
})

test('an organization has one ballot, however many try at once; one person gives one for each that they represent and one of their own', { timeout: 60_000 }, async () => {
	const { id, lead, members: [ana, ben] } = await makeCircle(2)
	const organizations = await write((writer) => Promise.all(['Tenants Union', 'Legal Aid'].map((name) => addOrganization(writer, { name: `${name} ${named}`, kind: 'nonprofit' }, NOW))))
	for (const organization of organizations) await write((writer) => addToBody(writer, lead, id, { organization }, 'voting', NOW))
	const decision = await begin(lead, id, { ...MAJORITY, electorate: 'organizations', secret: true })
	const electors = (await findDecision(coalition.open.database, lead, decision, NOW))!.electors
	assert.equal(electors.length, 2)
	await assert.rejects(cast(ana!, decision), refuses('consent_not_an_elector'), 'no representative, no ballot')
	for (const organization of organizations) {
		await write((writer) => nameRepresentative(writer, lead, id, { organization, person: ben!.person!, role: 'alternate', mandate: '' }, NOW))
		await write((writer) => nameRepresentative(writer, lead, id, { organization, person: ana!.person!, role: 'primary', mandate: 'Vote of the board' }, NOW))
	}
	await assert.rejects(cast(ben!, decision, { elector: electors[0]!.id }), refuses('not_permitted'), 'the primary is there')
	const tries = await Promise.allSettled(Array.from({ length: 12 }, () => cast(ana!, decision, { elector: electors[0]!.id })))
	assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
	for (const one of tries) if (one.status === 'rejected') assert.ok(refuses('ballot_cast_already')(one.reason), String(one.reason))
	await cast(ana!, decision, { elector: electors[1]!.id })
	assert.equal((await close(lead, decision, lead, NOW)).cast, 2, 'everybody voted, so it closes before its day')
	const people = await begin(lead, id, { ...MAJORITY, secret: true })
	await cast(ana!, people)
	await assert.rejects(cast(ana!, people), refuses('ballot_cast_already'))
})

test('a secret ballot is a random identifier and a choice: it cannot be changed, and neither table, ledger nor page says whose it is', async () => {
	const { id, lead, members } = await makeCircle(4)
	const decision = await begin(lead, id, { ...MAJORITY, secret: true })
	for (const [n, member] of members.entries()) await cast(member, decision, { choice: n < 3 ? 'yes' : 'no', reason: 'Words that would tell' })
	const { rows: columns } = await coalition.open.pool.query(`select table_name, string_agg(column_name, ' ' order by ordinal_position) as columns from information_schema.columns where table_schema = 'coalition' and table_name in ('ballot', 'ballot_taken') group by 1 order by 1`)
	assert.deepEqual(columns.map((row) => row.columns), ['id decision choice', 'elector how entered_by'])
	for (const change of [`update coalition.ballot set choice = '["no"]'`, `delete from coalition.ballot`, `truncate coalition.ballot`, `delete from coalition.ballot_taken`]) await assert.rejects(coalition.open.pool.query(change), /append-only/)
	const ofLedger = () => coalition.open.database.selectFrom('core.ledger').select('kind').where('subject', '=', `coalition:decision/${decision}`).orderBy('seq').execute()
	assert.deepEqual((await ofLedger()).map(({ kind }) => kind), ['decision.opened'])
	const before = (await findDecision(coalition.open.database, members[0]!, decision, NOW))!
	assert.deepEqual([before.result, before.ballots, before.electors.filter(({ voted }) => voted).length], [undefined, [], 4], 'who voted is seen, what was said is not')
	await assert.rejects(close(lead, decision, lead, NOW), refuses('ballots_open'))
	const result = await close(lead, decision, lead)
	assert.deepEqual([result.counts, result.carries], [{ yes: 3, no: 1, abstain: 0 }, true])
	assert.deepEqual((await ofLedger()).map(({ kind }) => kind), ['decision.opened', 'decision.tallied', 'decision.closed'])
	assert.deepEqual((await findDecision(coalition.open.database, lead, decision, NOW))!.ballots, [])
	await assert.rejects(cast(lead, decision), refuses('decision_closed'))
})

test('an open ballot may be given anew until the last day; a helper’s is logged, needs telephone or paper, and never takes the place of one’s own', async () => {
	const { id, lead, members: [ana, ben] } = await makeCircle(2)
	const decision = await begin(lead, id, MAJORITY)
	const electorOf = async ({ person }: Actor) => (await coalition.open.database.selectFrom('coalition.elector').select('id').where('decision', '=', decision).where('person', '=', person!).executeTakeFirstOrThrow()).id
	await cast(ana!, decision)
	await cast(ana!, decision, { choice: 'no', reason: 'The river floods there' })
	await assert.rejects(cast(lead, decision, { elector: await electorOf(ana!), how: 'phone' }), refuses('ballot_cast_already'))
	await assert.rejects(cast(ana!, decision, { elector: await electorOf(ben!), how: 'phone' }), refuses('not_permitted'))
	await assert.rejects(cast(lead, decision, { elector: await electorOf(ben!) }), refuses('ballot_how_unknown'))
	await cast(lead, decision, { elector: await electorOf(ben!), how: 'paper', choice: 'no' })
	const told = (await findDecision(coalition.open.database, ben!, decision, NOW))!
	assert.deepEqual(told.electors.filter((one) => told.mine.includes(one.id)).map(({ voted, enteredFor }) => [voted, enteredFor]), [[true, 'paper']])
	assert.equal((await coalition.open.database.selectFrom('core.ledger').select('seq').where('subject', '=', `coalition:decision/${decision}`).where('kind', '=', 'ballot.entered').execute()).length, 1)
	assert.deepEqual(told.ballots, [], 'hidden until it is closed')
	await assert.rejects(cast(ben!, decision, {}, later(30)), refuses('ballots_over'))
	assert.deepEqual((await close(lead, decision, lead)).counts, { yes: 0, no: 2, abstain: 0 })
	const closed = (await findDecision(coalition.open.database, lead, decision, NOW))!
	assert.deepEqual([closed.state, closed.ballots.map(({ reason }) => reason).sort()], ['not_adopted', ['', 'The river floods there']])
})

test('where the charter says so, what a linked hub objects to is not adopted, whatever the count, until the hub withdraws', async () => {
	const { id, lead } = await makeCircle(0)
	const hub = await write((writer) => makeBody(writer, 'equity_hub', 'public', `Hub of ${named}`))
	const link = await write((writer) => askForLink(writer, lead, id, hub.id, 'To decide together', NOW))
	await write((writer) => answerLink(writer, hub.lead, link, { agrees: true }, NOW))
	const object = (decision: string, withdraws: boolean) => write((writer) => objectAsHub(writer, hub.lead, decision, { ...OBJECTION, withdraws }, NOW))
	const [stands, withdrawn] = [await begin(lead, id, MAJORITY), await begin(lead, id, MAJORITY)]
	for (const decision of [stands, withdrawn]) {
		await cast(lead, decision)
		await object(decision, false)
	}
	await assert.rejects(cast(hub.lead, stands), refuses('ballot_not_asked'))
	await object(withdrawn, true)
	assert.deepEqual([(await close(lead, stands, lead)).hubs.length, (await close(lead, withdrawn, lead)).hubs.length], [1, 0])
	const states = await Promise.all([stands, withdrawn].map(async (decision) => (await findDecision(coalition.open.database, VISITOR, decision, NOW))!.state))
	assert.deepEqual(states, ['not_adopted', 'adopted'])
	const waits = await Promise.all([stands, withdrawn].map(async (decision) => Object.values((await findDecision(coalition.open.database, VISITOR, decision, NOW))!.hubsWait)))
	assert.deepEqual(waits, [[NOW], []], 'how long the objection has stood is told, until it was withdrawn')
	const bodies = await begin(lead, id, { ...MAJORITY, electorate: 'bodies' })
	await cast(hub.lead, bodies)
	assert.deepEqual((await findDecision(coalition.open.database, VISITOR, bodies, NOW))!.electors.map(({ asked, speaksForHub, voted }) => [asked, speaksForHub, voted]), [[true, false, false], [true, true, true]])
})

test('what was adopted is looked at again on its day, and is overdue until then', async () => {
	const { id, lead } = await makeCircle(0)
	const decision = await begin(lead, id, { ...MAJORITY, method: 'ranked', options: 'Paper\nWeb' })
	await cast(lead, decision, { ranks: { 0: '2', 1: '1' } })
	assert.equal((await close(lead, decision, lead)).winner, '1')
	assert.deepEqual([(await listOverdue(coalition.open.database, id, later(60))).length, (await listOverdue(coalition.open.database, id, later(300))).map((one) => one.id)], [0, [decision]])
	await write((writer) => reviewDecision(writer, lead, decision, { text: 'It works.', reviewOn: '2027-09-01' }, later(300)))
	assert.deepEqual([(await listOverdue(coalition.open.database, id, later(300))).length, (await findDecision(coalition.open.database, lead, decision, later(300)))!.reviewOn], [0, '2027-09-01'])
})

test('a decision is opened only with a title, a text, a known method, options to rank, a last day to come and somebody to ask', async () => {
	const { id, lead } = await makeCircle(0)
	const tries = [
		[{ title: ' ' }, 'decision_without_title'], [{ text: '' }, 'decision_without_text'], [{ method: 'dice' }, 'decision_method_unknown'], [{ method: 'ranked', options: 'One' }, 'decision_options'],
		[{ closesOn: '2026-02-01' }, 'decision_closing_day'], [{ closesOn: '2026-02-31' }, 'decision_closing_day'], [{ method: 'advice', secret: true }, 'decision_not_secret'],
		[{ electorate: 'organizations' }, 'decision_nobody_asked'], [{ citation: 'c-none' }, 'citation_unknown'],
	] as const
	for (const [more, code] of tries) await assert.rejects(begin(lead, id, { ...MAJORITY, ...more }), refuses(code), code)
})

test('26 organizations whose people vote at very different rates, some of nobody known, have 26 ballots at most, each its own', { timeout: 60_000 }, async () => {
	const { id, lead } = await makeCircle(0)
	const voices: Actor[] = []
	for (let n = 0; n < 26; n++) {
		voices.push(await write(async (writer) => {
			const organization = await addOrganization(writer, { name: `Cooperative ${named}.${n}`, kind: 'business' }, NOW)
			await addToBody(writer, lead, id, { organization }, 'voting', NOW)
			const people = await Promise.all(Array.from({ length: 1 + (n % 4) }, (_, i) => addTestPerson(writer, `Worker ${named}.${n}.${i}`)))
			for (const person of people) await addToBody(writer, lead, id, { person }, 'member', NOW)
			// Every fifth has nobody who may speak for it.
			if (n % 5 > 0) await nameRepresentative(writer, lead, id, { organization, person: people[0]!, role: 'primary', mandate: '' }, NOW)
			return { account: undefined, person: people[0]!, administrator: false }
		}))
	}
	const decision = await begin(lead, id, { ...MAJORITY, electorate: 'organizations' })
	const outcomes = await Promise.allSettled(voices.map((voice, n) => cast(voice, decision, { choice: n % 2 === 0 ? 'yes' : 'no' })))
	for (const [n, one] of outcomes.entries()) assert.equal(one.status, n % 5 > 0 ? 'fulfilled' : 'rejected', `organization ${n}`)
	const result = await close(lead, decision, lead)
	assert.deepEqual([result.electors, result.cast, result.counts], [26, 20, { yes: 10, no: 10, abstain: 0 }])
})

test('a side of a link names the decision that it adopted it by; nothing else, nor for the other side, and a newer naming takes its place', async () => {
	const { id, lead } = await makeCircle(0)
	const hub = await write((writer) => makeBody(writer, 'equity_hub', 'public', `Hub of ${named}`))
	const link = await write((writer) => askForLink(writer, lead, id, hub.id, 'To decide together', NOW))
	const [first, second, open] = [await begin(lead, id, MAJORITY), await begin(lead, id, MAJORITY), await begin(lead, id, MAJORITY)]
	for (const decision of [first, second]) {
		await cast(lead, decision)
		await close(lead, decision, lead)
	}
	const name = (actor: Actor, side: string, decision: string) => write((writer) => nameLinkDecision(writer, actor, link, side, decision, NOW))
	await assert.rejects(name(lead, id, open), refuses('link_decision_unfit'))
	await assert.rejects(name(hub.lead, hub.id, first), refuses('link_decision_unfit'))
	await assert.rejects(name(hub.lead, id, first), refuses('not_permitted'))
	for (const decision of [first, second]) await name(lead, id, decision)
	assert.deepEqual((await listLinkDecisions(coalition.open.database, link)).map(({ side, decision }) => [side, decision]), [[id, second]])
})
