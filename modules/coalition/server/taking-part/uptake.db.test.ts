import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listThread } from '#database'
import { archive } from '../accountability/testing/index.ts'
import { VISITOR, type Actor } from '../actor.ts'
import { setGoal } from '../agenda/goals.ts'
import { proposePosition, settlePosition } from '../agenda/positions.ts'
import { addToBody } from '../members.ts'
import { listWaiting } from '../my-page/waiting.ts'
import { addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findUptake, listStanding, listUptakes } from './find-uptake.ts'
import { UPTAKE } from './testing/index.ts'
import { answerUptake, recordUptake } from './uptake.ts'

const coalition = openCoalition()
const { write } = coalition
let made = 0

/** A circle with an adopted position, a second voting member, and an uptake that waits. */
const makeScene = () => write(async (writer) => {
	const circle = await makeBody(writer, 'issue_circle', 'public', `Circle of uptake ${++made}`)
	const other: Actor = { account: undefined, person: await addTestPerson(writer, 'Second person'), administrator: false }
	await addToBody(writer, ADMINISTRATOR, circle.id, { person: other.person! }, 'voting', NOW)
	const goal = await setGoal(writer, circle.lead, circle.id, { title: 'Homes', story: '' }, NOW)
	const position = await proposePosition(writer, circle.lead, goal, 'Notice of 90 days', NOW)
	await settlePosition(writer, circle.lead, position, 'adopted', 'By consent', NOW)
	const file = await archive(writer, circle.lead, `Plan ${made}`)
	const given = { ...UPTAKE, record: `coalition:position/${position}`, file }
	return { circle, other, goal, position, given, uptake: await recordUptake(writer, circle.lead, circle.id, given, NOW) }
})
const answer = (actor: Actor, id: string, agrees: boolean, note = 'Page 14, word for word.') => write((writer) => answerUptake(writer, actor, id, { agrees, note }, later(1)))
const readable = async (actor: Actor, body: string) => (await listUptakes(coalition.open.database, actor, body, later(2))).map(({ id }) => id)

test('what others took up is public once a second person confirmed it, and hangs on the thread both ways', async () => {
	const { circle, other, goal, position, uptake } = await makeScene()
	await assert.rejects(findUptake(coalition.open.database, VISITOR, uptake, NOW), refuses('uptake_not_found'))
	assert.deepEqual([await readable(VISITOR, circle.id), await readable(other, circle.id)], [[], [uptake]])
	await answer(other, uptake, true)
	const found = await findUptake(coalition.open.database, VISITOR, uptake, later(2))
	assert.deepEqual([found.state, found.adoptedOn, found.of.title, found.of.path, found.note], ['confirmed', UPTAKE.adoptedOn, 'Notice of 90 days', `/coalition/goals/${goal}#${position}`, 'Page 14, word for word.'])
	assert.deepEqual((await listStanding(coalition.open.database, [`coalition:position/${position}`])).map(({ id }) => id), [uptake])
	for (const record of [`coalition:goal/${goal}`, `coalition:uptake/${uptake}`]) {
		const links = (await listThread(coalition.open.database, record)).map(({ from_record, relation, to_record }) => `${from_record} ${relation} ${to_record}`)
		assert.ok(links.includes(`coalition:uptake/${uptake} takes up coalition:position/${position}`), record)
		assert.ok(links.includes(`coalition:position/${position} serves coalition:goal/${goal}`), record)
	}
	await assert.rejects(answer(other, uptake, false), refuses('uptake_answered'))
})

test('whoever recorded it neither confirms nor refuses it, and the database holds that too', async () => {
	const { circle, other, uptake } = await makeScene()
	for (const agrees of [true, false]) await assert.rejects(answer(circle.lead, uptake, agrees), refuses('uptake_same_person'))
	await assert.rejects(answer(other, uptake, true, ' '), refuses('uptake_without_note'))
	const by = circle.lead.person!
	await assert.rejects(write((writer) => writer.insertInto('coalition.uptake_confirmation').values({ uptake, recorded_by: by, confirmed_by: by, agrees: true, note: 'I', at: NOW }).execute()), /check/)
	await assert.rejects(write((writer) => writer.insertInto('coalition.uptake_confirmation').values({ uptake, recorded_by: other.person!, confirmed_by: by, agrees: true, note: 'I', at: NOW }).execute()), /foreign key/)
	await assert.rejects(write((writer) => writer.updateTable('coalition.uptake').set({ quote: 'Other words' }).where('id', '=', uptake).execute()), /append|refuse|change/i)
})

test('a refused record stays with its reason, is not public and hangs on nothing', async () => {
	const { circle, other, position, uptake } = await makeScene()
	await answer(other, uptake, false, 'Page 14 says 60 days.')
	assert.deepEqual(await readable(VISITOR, circle.id), [])
	assert.deepEqual(await listStanding(coalition.open.database, [`coalition:position/${position}`]), [])
	assert.equal((await listThread(coalition.open.database, `coalition:uptake/${uptake}`)).length, 0)
	assert.deepEqual(await findUptake(coalition.open.database, circle.lead, uptake, later(2)).then(({ state, note }) => [state, note]), ['refused', 'Page 14 says 60 days.'])
})

test('a correction is a new record: the old one stands until the new one is confirmed, and points to it then', async () => {
	const { circle, other, given, uptake } = await makeScene()
	await answer(other, uptake, true)
	const newer = await write((writer) => recordUptake(writer, other, circle.id, { ...given, part: 'Page 15', corrects: uptake }, later(2)))
	assert.deepEqual(await readable(VISITOR, circle.id), [uptake])
	await assert.rejects(write((writer) => recordUptake(writer, circle.lead, circle.id, { ...given, corrects: uptake }, later(2))), refuses('uptake_corrected'))
	await answer(circle.lead, newer, false, 'It is page 14.')
	const third = await write((writer) => recordUptake(writer, other, circle.id, { ...given, part: 'Page 14, line 3', corrects: uptake }, later(2)))
	await answer(circle.lead, third, true)
	assert.deepEqual(await readable(VISITOR, circle.id), [third])
	assert.equal((await findUptake(coalition.open.database, VISITOR, uptake, later(2))).correctedBy, third)
})

test('only what the body adopted or stated can be recorded, with an archived copy and a day that has come', async () => {
	const { circle, given } = await makeScene()
	const record = (more: object) => write((writer) => recordUptake(writer, circle.lead, circle.id, { ...given, ...more }, NOW))
	const { position: strangers } = await makeScene()
	const cases = { uptake_record_unknown: { record: `coalition:position/${strangers}` }, uptake_without_copy: { file: '' }, file_not_found: { file: '0'.repeat(64) }, uptake_without_quote: { quote: ' ' }, accountability_day_ahead: { adoptedOn: '2027-01-01' }, accountability_source_unreadable: { source: 'page 14' } }
	for (const [code, more] of Object.entries(cases)) await assert.rejects(record(more), refuses(code), code)
})

test('what waits for confirmation stands on the page of whoever may confirm it, never of who recorded it', async () => {
	const { circle, other, given, uptake } = await makeScene()
	const waits = async (actor: Actor) => (await listWaiting(coalition.open.database, actor, NOW)).waiting.filter(({ kind }) => kind === 'uptake').map(({ path }) => path)
	assert.deepEqual([await waits(other), await waits(circle.lead)], [[`/uptake/${uptake}`], []])
	const newer = await write((writer) => recordUptake(writer, circle.lead, circle.id, { ...given, corrects: uptake }, NOW))
	assert.deepEqual(await waits(other), [`/uptake/${newer}`])
	await answer(other, newer, true)
	assert.deepEqual(await waits(other), [])
})
