import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'node:test'
import { addOrganization } from '#people/server'
import { makeNetwork, TIE_KINDS } from '../../network/network.ts'
import { VISITOR } from '../actor.ts'
import { recordExchange } from '../exchanges.ts'
import { answerLink, askForLink } from '../links.ts'
import { addToBody, endMembership } from '../members.ts'
import { answerSignOn, signForOrganization } from '../taking-part/sign-ons.ts'
import { writeStatement } from '../taking-part/statements.ts'
import { PETITION, SIGN_ON } from '../taking-part/testing/index.ts'
import { ADMINISTRATOR, later, makeBody, NOW, openCoalition } from '../testing.ts'
import { findNetwork, networkInThread } from './index.ts'

const coalition = openCoalition()

test('organizations are tied by what the reader may know that they shared in the year, and by nothing else', async () => {
	await coalition.write(async (writer) => {
		const [circle, hub, hidden] = [await makeBody(writer, 'issue_circle', 'public', 'Net circle'), await makeBody(writer, 'equity_hub', 'public', 'Net hub'), await makeBody(writer, 'working_group', 'private', 'Net group')]
		const [ant, bee, cat] = await Promise.all(['Ant', 'Bee', 'Cat'].map((name) => addOrganization(writer, { name, kind: 'nonprofit' }, NOW))) as [string, string, string]
		await addToBody(writer, ADMINISTRATOR, circle.id, { organization: ant }, 'voting', NOW)
		const left = await addToBody(writer, ADMINISTRATOR, circle.id, { organization: bee }, 'voting', NOW)
		await addToBody(writer, ADMINISTRATOR, hub.id, { organization: cat }, 'voting', NOW)
		for (const organization of [ant, cat]) await addToBody(writer, ADMINISTRATOR, hidden.id, { organization }, 'voting', NOW)
		await endMembership(writer, ADMINISTRATOR, left, later(30))
		const link = await askForLink(writer, ADMINISTRATOR, circle.id, hub.id, 'Both ways', NOW)
		await answerLink(writer, ADMINISTRATOR, link, { agrees: true }, NOW)
		await recordExchange(writer, ADMINISTRATOR, link, { from: hub.id, kind: 'ask', text: 'Who knows?' }, later(1))
		const statement = await writeStatement(writer, ADMINISTRATOR, circle.id, PETITION, NOW)
		for (const name of ['Ant', 'Cat']) await answerSignOn(writer, ADMINISTRATOR, await signForOrganization(writer, VISITOR, statement, { ...SIGN_ON, organization: name }, NOW), { verified: true, reason: '' }, NOW)
		const ties = async (actor: typeof VISITOR, kinds: readonly (typeof TIE_KINDS)[number][], at = later(40)) => {
			const { organizations, things, year } = await findNetwork(writer, actor, { year: undefined, kinds }, at)
			const { from, to, strength } = makeNetwork(organizations.length, things, 1)
			return [year, ...[...from].map((one, i) => `${organizations[one]!.name}-${organizations[to[i]!]!.name}:${strength[i]}`)]
		}
		assert.deepEqual(await ties(VISITOR, ['body']), [2026, 'Ant-Bee:1'], 'Bee belonged in the year')
		assert.deepEqual(await ties(ADMINISTRATOR, ['body']), [2026, 'Ant-Bee:1', 'Ant-Cat:1'], 'the private group is for those who may know of it')
		assert.deepEqual(await ties(VISITOR, ['statement']), [2026, 'Ant-Cat:1'])
		assert.deepEqual(await ties(VISITOR, ['exchange']), [2026, 'Ant-Cat:1', 'Bee-Cat:1'])
		assert.deepEqual(await ties(VISITOR, TIE_KINDS), [2026, 'Ant-Bee:1', 'Ant-Cat:2', 'Bee-Cat:1'])
		assert.deepEqual(await ties(VISITOR, ['body'], later(365)), [2027], 'whoever left is not tied the year after')
	})
})

test('300 organizations that all know each other are laid out without holding up anybody for 50 ms, the same as without a thread', { timeout: 60_000 }, async () => {
	const things = [{ kind: 0, members: Array.from({ length: 300 }, (_, i) => i) }, { kind: 1, members: [1, 5, 9] }]
	await networkInThread(3, [{ kind: 0, members: [0, 1, 2] }])
	const delay = monitorEventLoopDelay({ resolution: 1 })
	delay.enable()
	await pause(5)
	const network = await networkInThread(300, things)
	delay.disable()
	assert.equal(network.from.length, 44_850)
	assert.ok(delay.max / 1e6 < 50, `the loop stood still for ${delay.max / 1e6} ms`)
	const small = [{ kind: 0, members: [0, 2] }, { kind: 2, members: [1, 2, 3] }]
	assert.deepEqual((await networkInThread(5, small)).strength, makeNetwork(5, small, 1).strength)
})
