import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addOrganization } from '#people/server'
import type { Actor } from '../actor.ts'
import { addToBody } from '../members.ts'
import { listWaiting } from '../my-page/waiting.ts'
import { nameRepresentative } from '../representatives.ts'
import { addTestPerson, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { endActionItem, listActionItems, setActionItem } from './action-items.ts'

const coalition = openCoalition()
const { write } = coalition

test('who does what by when: set by who leads, ended once by its owner, dropped only with a reason, overdue by itself', async () => {
	const [circle, other] = await write(async (writer) => [await makeBody(writer, 'issue_circle', 'public', 'Doing circle'), await makeBody(writer, 'issue_circle', 'public', 'Other circle')])
	const owner = await write(async (writer): Promise<Actor> => {
		const person = await addTestPerson(writer, 'Doer')
		await addToBody(writer, circle.lead, circle.id, { person }, 'member', NOW)
		return { account: 'u-doer', person, administrator: false }
	})
	const set = (more: object, actor = circle.lead) => write((writer) => setActionItem(writer, actor, circle.id, { what: 'Write to the county', owner: owner.person!, dueOn: '2026-03-10', ...more }, NOW))
	for (const [more, code] of [[{ what: ' ' }, 'action_without_words'], [{ owner: other.lead.person! }, 'action_owner_unknown'], [{ dueOn: '2026-02-30' }, 'action_day_unreadable'], [{ convening: 'g-none' }, 'action_convening_unknown']] as const) await assert.rejects(set(more), refuses(code))
	await assert.rejects(set({}, owner), refuses('not_permitted'))
	const item = await set({})
	assert.deepEqual((await listWaiting(coalition.open.database, owner, NOW)).waiting.filter(({ kind }) => kind === 'action').map(({ title, due }) => [title, due]), [['Write to the county', '2026-03-10']])
	assert.equal((await listActionItems(coalition.open.database, { body: circle.id }, later(10)))[0]!.overdue, true)
	const end = (actor: Actor, how: string, words: string) => write((writer) => endActionItem(writer, actor, item, { how, words }, later(1)))
	await assert.rejects(end(other.lead, 'done', ''), refuses('not_permitted'))
	await assert.rejects(end(owner, 'dropped', ' '), refuses('action_without_reason'))
	await end(owner, 'done', 'Sent on Tuesday')
	await assert.rejects(end(circle.lead, 'done', ''), refuses('action_ended'))
	const [line] = await listActionItems(coalition.open.database, { body: circle.id }, later(10))
	assert.deepEqual([line!.overdue, line!.ended?.words], [false, 'Sent on Tuesday'])
	assert.deepEqual((await listWaiting(coalition.open.database, owner, NOW)).waiting.filter(({ kind }) => kind === 'action'), [])
	await assert.rejects(sql`delete from coalition.action_end`.execute(coalition.open.database))
})

test('what an organization does is ended by who speaks for it', async () => {
	const circle = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Circle with a union'))
	const { speaker, item } = await write(async (writer) => {
		const [person, organization] = [await addTestPerson(writer, 'Speaker'), await addOrganization(writer, { name: 'Mill Union', kind: 'labor' }, NOW)]
		await addToBody(writer, circle.lead, circle.id, { person }, 'observer', NOW)
		await addToBody(writer, circle.lead, circle.id, { organization }, 'voting', NOW)
		await nameRepresentative(writer, circle.lead, circle.id, { organization, person, role: 'primary', mandate: '' }, NOW)
		return { speaker: { account: 'u-speaker', person, administrator: false }, item: await setActionItem(writer, circle.lead, circle.id, { what: 'Lend the hall', owner: organization, dueOn: '' }, NOW) }
	})
	assert.deepEqual((await listWaiting(coalition.open.database, speaker, NOW)).waiting.map(({ kind, title }) => [kind, title]), [['action', 'Lend the hall']])
	await write((writer) => endActionItem(writer, speaker, item, { how: 'done', words: '' }, NOW))
	assert.equal((await listActionItems(coalition.open.database, { body: circle.id }, NOW))[0]!.ended?.how, 'done')
})
