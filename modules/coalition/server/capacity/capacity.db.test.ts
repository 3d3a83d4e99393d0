import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addOrganization } from '#people/server'
import { setActionItem, endActionItem } from '../actions/action-items.ts'
import { setGoal } from '../agenda/goals.ts'
import { answerProposal, raiseProposal } from '../agenda/proposals.ts'
import { acceptCharter } from '../charters.ts'
import { checkIn, countHeads } from '../convenings/door.ts'
import { sayComing } from '../convenings/rsvps.ts'
import { DURING, makeConvening } from '../convenings/testing/index.ts'
import { answerExchange, recordExchange } from '../exchanges.ts'
import { addComment } from '../knowledge/comments.ts'
import { answerLink, askForLink } from '../links.ts'
import { addToBody, endMembership } from '../members.ts'
import { VISITOR, type Actor } from '../actor.ts'
import { addTestCitation, addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findAllCapacity, findBodyCounts, findBodyHealth } from './capacity.ts'

const coalition = openCoalition()
const { write } = coalition
const of = (person: string): Actor => ({ account: undefined, person, administrator: false })

test('counts follow from the records alone, each in its period', async () => {
	const found = await write(async (writer) => {
		const circle = await makeBody(writer, 'issue_circle', 'public', 'Counted circle')
		const hub = await makeBody(writer, 'equity_hub', 'public', 'Counted hub')
		const [ana, bo, cy] = [await addTestPerson(writer, 'Ana'), await addTestPerson(writer, 'Bo'), await addTestPerson(writer, 'Cy')]
		for (const person of [ana, bo]) await addToBody(writer, ADMINISTRATOR, circle.id, { person }, 'member', NOW)
		const leaves = await addToBody(writer, ADMINISTRATOR, circle.id, { person: cy }, 'member', NOW)
		for (const [name, kind] of [['One', 'faith'], ['Two', 'faith'], ['Three', 'business']] as const) await addToBody(writer, ADMINISTRATOR, circle.id, { organization: await addOrganization(writer, { name, kind }, NOW) }, 'voting', NOW)
		const link = await askForLink(writer, ADMINISTRATOR, circle.id, hub.id, 'Both ways', NOW)
		await answerLink(writer, ADMINISTRATOR, link, { agrees: true }, NOW)
		const asked = await recordExchange(writer, ADMINISTRATOR, link, { from: hub.id, kind: 'ask', text: 'Who knows?' }, later(10))
		await answerExchange(writer, ADMINISTRATOR, asked, 'We do.', later(14))
		await recordExchange(writer, ADMINISTRATOR, link, { from: hub.id, kind: 'ask', text: 'And who else?' }, later(20))
		await recordExchange(writer, ADMINISTRATOR, link, { from: circle.id, kind: 'knowledge', text: 'A guide' }, later(21))
		const proposal = await raiseProposal(writer, ADMINISTRATOR, { from: hub.id, to: circle.id, citation: await addTestCitation(writer), title: 'Rents', text: '' }, NOW)
		await answerProposal(writer, ADMINISTRATOR, proposal, { takesUp: true }, later(2))
		const goal = await setGoal(writer, ADMINISTRATOR, circle.id, { title: 'Homes', story: '' }, later(3))
		await addComment(writer, of(ana), { kind: 'goal', id: goal }, 'A word', later(30))
		const convening = await makeConvening(writer, circle.id)
		const { id: rsvp } = await sayComing(writer, ADMINISTRATOR, convening, { name: 'Guest' }, NOW)
		await checkIn(writer, ADMINISTRATOR, convening, rsvp, { method: 'desk' }, DURING)
		await countHeads(writer, ADMINISTRATOR, convening, '41', DURING)
		await endMembership(writer, ADMINISTRATOR, leaves, later(60))
		for (const [dueOn, done] of [['2026-04-10', 5], ['2026-04-11', 50], ['2026-04-12', undefined]] as const) {
			const item = await setActionItem(writer, ADMINISTRATOR, circle.id, { what: 'Write', owner: bo, dueOn }, NOW)
			if (done) await endActionItem(writer, ADMINISTRATOR, item, { how: 'done', words: '' }, later(done))
		}
		const body = { id: circle.id, visibility: 'public', foundedAt: NOW } as const
		return { circle: await findBodyCounts(writer, VISITOR, body, 'quarter', later(100)), hub: await findBodyCounts(writer, VISITOR, { ...body, id: hub.id }, 'quarter', later(100)) }
	})
	const [second, first] = found.circle.periods
	assert.deepEqual([second!.key, first!.key], ['2026-Q2', '2026-Q1'])
	const told = (counts: object) => Object.fromEntries(Object.entries(counts).map(([key, { value, of: all }]) => [key, all === undefined ? value : `${value ?? '–'} of ${all}`]))
	assert.deepEqual(told(first!.counts), {
		people: 4, active: '2 of 4', stayed: '– of 0', organizations: 3, sectors: 2, two_way: '1 of 1', exchanges_answered: '1 of 2', answer_days: 4, from_hubs: '1 of 2', taken_up: '– of 0',
		convenings: 1, attended: 41, adopted: 0, on_time: '– of 0', sign_ons: 0, asked: 0, commitments: 0, uptakes: 0,
	})
	assert.deepEqual(told(second!.counts), {
		people: 3, active: '2 of 3', stayed: '3 of 4', organizations: 3, sectors: 2, two_way: '0 of 1', exchanges_answered: '– of 0', answer_days: undefined, from_hubs: '1 of 2', taken_up: '– of 0',
		convenings: 0, attended: 0, adopted: 0, on_time: '1 of 3', sign_ons: 0, asked: 0, commitments: 0, uptakes: 0,
	})
	assert.deepEqual(told(found.hub.periods[1]!.counts).taken_up, '1 of 1')
	assert.deepEqual(told(found.hub.periods[1]!.counts).from_hubs, '– of 0', 'a hub is not asked how much of its agenda hubs raised')
})

test('what is missing is counted with what it is missing from, and goes when it is mended', async () => {
	const [before, after] = await write(async (writer) => {
		const circle = await makeBody(writer, 'issue_circle', 'listed', 'Untidy circle')
		const person = await addTestPerson(writer, 'Ana')
		await addToBody(writer, ADMINISTRATOR, circle.id, { person }, 'member', NOW)
		await makeConvening(writer, circle.id)
		await setGoal(writer, ADMINISTRATOR, circle.id, { title: 'Homes', story: '' }, NOW)
		const item = await setActionItem(writer, ADMINISTRATOR, circle.id, { what: 'Write', owner: person, dueOn: '2026-03-05' }, NOW)
		const body = { id: circle.id, visibility: 'listed' } as const
		const untidy = await findBodyHealth(writer, circle.lead, body, later(40))
		await acceptCharter(writer, of(person), circle.id, 1, later(41))
		await endActionItem(writer, ADMINISTRATOR, item, { how: 'done', words: '' }, later(41))
		return [untidy, await findBodyHealth(writer, circle.lead, body, later(42))]
	})
	const told = (health: typeof before) => Object.fromEntries(Object.entries(health).filter(([, { count }]) => count > 0).map(([key, { count, of: all }]) => [key, `${count} of ${all}`]))
	assert.deepEqual(told(before), { charter_unaccepted: '2 of 2', charter_empty: '1 of 1', unreachable: '2 of 2', goals_without_number: '1 of 1', convenings_open: '1 of 1', minutes_missing: '1 of 1', actions_overdue: '1 of 1' })
	assert.deepEqual(told(after), { charter_unaccepted: '1 of 2', charter_empty: '1 of 1', unreachable: '2 of 2', goals_without_number: '1 of 1', convenings_open: '1 of 1', minutes_missing: '1 of 1' })
})

test('people of a backbone read counts and gaps of every listed body, by name; others those of public ones, and nobody learns of a private one', async () => {
	await write(async (writer) => {
		const [zeal, apple] = [await makeBody(writer, 'issue_circle', 'listed', 'Zeal circle'), await makeBody(writer, 'equity_hub', 'public', 'Apple hub')]
		const hidden = await makeBody(writer, 'working_group', 'private', 'Hidden group')
		const person = await addTestPerson(writer, 'Organizer')
		await addToBody(writer, ADMINISTRATOR, (await makeBody(writer, 'backbone', 'listed', 'The backbone')).id, { person }, 'member', NOW)
		const names = ({ bodies }: Awaited<ReturnType<typeof findAllCapacity>>, health = false) => bodies.filter((one) => [zeal.id, apple.id, hidden.id].includes(one.id) && (!health || one.health)).map(({ name }) => name)
		const all = await findAllCapacity(writer, of(person), { by: 'year', period: undefined }, later(1))
		assert.deepEqual([names(all), names(all, true)], [['Apple hub', 'Zeal circle'], ['Apple hub', 'Zeal circle']])
		const visitor = await findAllCapacity(writer, VISITOR, { by: 'year', period: undefined }, later(1))
		assert.deepEqual([names(visitor), names(visitor, true)], [['Apple hub'], []])
		await assert.rejects(findBodyHealth(writer, of(person), { id: hidden.id, visibility: 'private' }, NOW), refuses('body_not_found'))
	})
})
