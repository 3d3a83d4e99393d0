import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VISITOR } from '../actor.ts'
import { later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findCall, listCalls, listLedItems } from './find-response.ts'
import { giveItem, matchItems, settleItem, showItem } from './needs.ts'
import { addTask, addUpdate, answerCall, callTogether, finishTask, listCallable, reviewResponse, standDown } from './response.ts'
import { CALL, NEED } from './testing/index.ts'

const coalition = openCoalition()
const { write } = coalition
let made = 0

const makeScene = (more: (bodies: { hub: string; other: string }) => object = () => ({})) => write(async (writer) => {
	made += 1
	const [circle, hub, other] = [await makeBody(writer, 'issue_circle', 'public', `Leading circle ${made}`), await makeBody(writer, 'equity_hub', 'listed', `Called hub ${made}`), await makeBody(writer, 'equity_hub', 'public', `Other hub ${made}`)]
	return { circle, hub, other, id: await callTogether(writer, circle.lead, circle.id, { ...CALL, ...more({ hub: hub.id, other: other.id }) }, NOW) }
})
const give = (id: string, more = {}) => write((writer) => giveItem(writer, id, { ...NEED, ...more }, NOW))
const find = (id: string, now = NOW) => findCall(coalition.open.database, id, now)

test('a call reaches all bodies or the chosen ones as news, and only those answer; their newest word holds', async () => {
	const { circle, hub, other, id } = await makeScene((bodies) => ({ everybody: false, bodies: [bodies.hub, 'b-unknown'] }))
	const told = await coalition.open.database.selectFrom('mail.digest_item').select('topic').where('record', '=', `coalition:response/${id}`).execute()
	assert.deepEqual(told.map(({ topic }) => topic).sort(), [`body:${circle.id}`, `body:${hub.id}`].sort())
	const answer = (body: { id: string; lead: typeof hub.lead }, comes: boolean, now = NOW) => write((writer) => answerCall(writer, body.lead, id, body.id, { comes, text: 'Two vans' }, now))
	await assert.rejects(answer(other, true), refuses('call_other_bodies'))
	await answer(hub, false)
	await answer(hub, true, later(1))
	const view = await find(id)
	assert.deepEqual(view.answers.map(({ body, comes }) => [body.id, comes]), [[hub.id, true]])
	assert.deepEqual(view.invited.map((one) => one.id), [hub.id])
	await assert.rejects(write((writer) => callTogether(writer, circle.lead, circle.id, { ...CALL, everybody: false, bodies: [] }, NOW)), refuses('call_to_nobody'))
	await assert.rejects(write((writer) => writer.deleteFrom('coalition.response_answer').where('call', '=', id).execute()), /refuse|append|change/i)
})

test('a private body is neither called by name nor shown', async () => {
	const hidden = await write((writer) => makeBody(writer, 'working_group', 'private', `Hidden group ${++made}`))
	assert.ok(!(await listCallable(coalition.open.database)).some(({ id }) => id === hidden.id))
	const { id } = await makeScene()
	await assert.rejects(write((writer) => answerCall(writer, hidden.lead, id, hidden.id, { comes: true, text: '' }, NOW)), refuses('not_permitted'))
})

test('words of a need are shown after somebody who leads has read them, and its contact never', async () => {
	const { circle, other, id } = await makeScene()
	const need = await give(id)
	assert.deepEqual((await find(id)).items, [])
	await assert.rejects(write((writer) => showItem(writer, other.lead, need, true, NOW)), refuses('not_permitted'))
	await write((writer) => showItem(writer, circle.lead, need, true, NOW))
	const shown = JSON.stringify(await find(id))
	assert.ok(shown.includes(NEED.text) && !shown.includes(NEED.contact) && !shown.includes(NEED.name))
	assert.deepEqual((await listLedItems(coalition.open.database, id)).map(({ name, contact }) => [name, contact]), [[NEED.name, NEED.contact]])
	await write((writer) => settleItem(writer, circle.lead, need, 'set_aside', NOW))
	assert.deepEqual((await find(id)).items, [])
	await assert.rejects(write((writer) => showItem(writer, circle.lead, need, true, NOW)), refuses('item_settled'))
})

test('a place is a county or a tract and nothing finer, by the rule and by the database', async () => {
	const { id } = await makeScene()
	for (const place of ['12 Mill Street', '33.749,-84.388', '130210101021001', '1302']) await assert.rejects(give(id, { place }), refuses('item_place_too_fine'), place)
	for (const place of ['', '13121', '13121000201']) await give(id, { place })
	await assert.rejects(write((writer) => writer.updateTable('coalition.response_item').set({ place: '12 Mill Street' }).where('call', '=', id).execute()), /check/)
	for (const [more, code] of [[{ side: 'both' }, 'item_without_side'], [{ kind: 'gold' }, 'item_without_kind'], [{ text: ' ' }, 'item_without_text'], [{ contact: '' }, 'item_without_contact'], [{ contact: '12' }, 'contact_unreadable'], [{ name: '' }, 'person_without_name']] as const) await assert.rejects(give(id, more), refuses(code), code)
})

test('a form sent twice is one need', async () => {
	const { id } = await makeScene()
	assert.equal(await give(id, { formKey: 'k1' }), await give(id, { formKey: 'k1' }))
	assert.equal((await listLedItems(coalition.open.database, id)).length, 1)
})

test('a need is brought together with one offer by a person, also when two try at once', async () => {
	const { circle, id } = await makeScene()
	const [need, second, one, other] = [await give(id), await give(id), await give(id, { side: 'offer' }), await give(id, { side: 'offer' })]
	const match = (a: string, b: string) => write((writer) => matchItems(writer, circle.lead, a, b, NOW))
	await assert.rejects(match(one, need), refuses('match_sides'))
	const tries = await Promise.allSettled([match(need, one), match(need, other)])
	assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
	assert.ok(tries.every((tried) => tried.status === 'fulfilled' || refuses('match_taken')(tried.reason)))
	const { offer } = (await listLedItems(coalition.open.database, id)).find((item) => item.id === need)!
	await match(second, offer!)
	await write((writer) => settleItem(writer, circle.lead, need, 'done', NOW))
	await assert.rejects(write((writer) => settleItem(writer, circle.lead, need, 'done', NOW)), refuses('item_settled'))
	const elsewhere = await makeScene()
	await assert.rejects(match(await give(id), await give(elsewhere.id, { side: 'offer' })), refuses('not_permitted'), 'nor with an offer of a call that somebody else leads')
})

test('after the stand-down nothing comes in; the review is written once, and its absence is pointed out after thirty days', async () => {
	const { circle, hub, id } = await makeScene()
	await write((writer) => addUpdate(writer, circle.lead, id, 'The water falls.', NOW))
	await write((writer) => addUpdate(writer, circle.lead, id, 'The road is open.', later(1)))
	await assert.rejects(write((writer) => addTask(writer, circle.lead, id, { task: 'Drive', body: '', who: '', due: '' }, NOW)), refuses('task_without_owner'))
	const task = await write((writer) => addTask(writer, circle.lead, id, { task: 'Two vans', body: hub.id, who: '', due: 'Sunday' }, NOW))
	await assert.rejects(write((writer) => finishTask(writer, VISITOR, task, NOW)), refuses('not_permitted'))
	await write((writer) => finishTask(writer, hub.lead, task, NOW))
	const review = { worked: 'The vans', failed: 'Two lists of needs', changes: 'One list' }
	await assert.rejects(write((writer) => reviewResponse(writer, circle.lead, id, review, NOW)), refuses('review_before_stand_down'))
	await write((writer) => standDown(writer, circle.lead, id, 'Everybody has a bed.', later(2)))
	await assert.rejects(give(id), refuses('call_stood_down'))
	await assert.rejects(write((writer) => addUpdate(writer, circle.lead, id, 'More', later(3))), refuses('call_stood_down'))
	await assert.rejects(write((writer) => answerCall(writer, hub.lead, id, hub.id, { comes: true, text: '' }, NOW)), refuses('call_stood_down'))
	const due = async (days: number) => (await listCalls(coalition.open.database, { body: circle.id }, later(days)))[0]!.reviewDue
	assert.deepEqual([await due(31), await due(33)], [false, true])
	await assert.rejects(write((writer) => reviewResponse(writer, circle.lead, id, { ...review, failed: '' }, later(33))), refuses('review_incomplete'))
	await write((writer) => reviewResponse(writer, circle.lead, id, review, later(33)))
	await assert.rejects(write((writer) => reviewResponse(writer, circle.lead, id, review, later(33))), refuses('review_there'))
	const view = await find(id, later(40))
	assert.deepEqual([view.reviewDue, view.review?.failed, view.updates.map(({ text }) => text), view.tasks.map(({ doneAt }) => doneAt !== undefined)], [false, 'Two lists of needs', ['The road is open.', 'The water falls.'], [true]])
	assert.deepEqual(await listCalls(coalition.open.database, { body: circle.id, open: true }, NOW), [])
})
