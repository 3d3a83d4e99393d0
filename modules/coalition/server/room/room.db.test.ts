import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audit, isSmall, type Secret, type Statement } from '@throughline/disclosure'
import { uniformFrom } from '@throughline/stats'
import type { Writer } from '#database'
import { categorySet, type SetName } from '../../room/index.ts'
import { VISITOR, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { convene } from '../convenings/convenings.ts'
import { countHeads } from '../convenings/door.ts'
import { DURING, EVENING, makeConvening } from '../convenings/testing/index.ts'
import { ADMINISTRATOR, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findPublishedRoom, findRoomYear, listOwnWords } from './find-room.ts'
import { publishRoom } from './publish-room.ts'
import { listReleases, memoryOf, readCells } from './release-memory.ts'
import { answerSurvey, closeSurvey, countAnswers, enterSlip, openSurvey } from './surveys.ts'
import { listTargets, setTarget } from './targets.ts'

const coalition = openCoalition()
type Given = Partial<Record<SetName, Record<string, number>>>

const answer = (writer: Writer<CoalitionTables>, convening: string, choices: Partial<Record<SetName, string>>, words = {}) => answerSurvey(writer, VISITOR, convening, { choices, words }, DURING)

/** A convening with this many heads and these answers, one slip for each answer to the largest question. */
async function fillRoom(writer: Writer<CoalitionTables>, convening: string, heads: number, given: Given, now = DURING): Promise<void> {
	const sets = Object.keys(given) as SetName[]
	await openSurvey(writer, ADMINISTRATOR, convening, sets, NOW)
	await countHeads(writer, ADMINISTRATOR, convening, String(heads), now)
	const lists = sets.map((set) => Object.entries(given[set]!).flatMap(([option, count]) => Array<string>(count).fill(option)))
	for (let n = 0; n < Math.max(...lists.map((list) => list.length)); n++) {
		await answer(writer, convening, Object.fromEntries(sets.flatMap((set, s) => (lists[s]![n] ? [[set, lists[s]![n]]] : []))))
	}
}

test('answers have no column for a person, time or order, no row of the ledger, and nothing joins those of one person', async () => {
	const { rows: columns } = await coalition.open.pool.query(`select table_name, string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) as columns from information_schema.columns where table_schema = 'room' and table_name in ('slip', 'answer', 'own_words') group by 1 order by 1`)
	assert.deepEqual(columns.map(({ table_name, columns: list }) => `${table_name}: ${list}`), ['answer: id text, convening text, category_set text, option text', 'own_words: id text, convening text, category_set text, words text', 'slip: id text, convening text'])
	const { rows: keys } = await coalition.open.pool.query(`select conrelid::regclass::text as table, confrelid::regclass::text as leads from pg_constraint where contype = 'f' and connamespace = 'room'::regnamespace order by 1, 2`)
	assert.deepEqual(keys.filter(({ leads }) => /people\.|attendance|rsvp/.test(leads)), [])
	await coalition.write(async (writer) => {
		const convening = await makeConvening(writer, (await makeBody(writer, 'issue_circle', 'public', 'Quiet circle')).id)
		await openSurvey(writer, ADMINISTRATOR, convening, ['home', 'gender', 'race'], NOW)
		const rows = async () => Number((await writer.selectFrom('core.ledger').select(({ fn }) => fn.countAll<string>().as('n')).executeTakeFirstOrThrow()).n)
		const before = await rows()
		await answer(writer, convening, { home: 'rents', gender: 'own_words' }, { gender: 'two-spirit' })
		await enterSlip(writer, ADMINISTRATOR, convening, { choices: { home: 'owns' }, words: {} }, DURING)
		assert.equal(await rows(), before)
		const found = await writer.selectFrom('room.answer').selectAll().where('convening', '=', convening).execute()
		const slips = await writer.selectFrom('room.slip').selectAll().where('convening', '=', convening).execute()
		assert.deepEqual([found.length, slips.length], [3, 2])
		assert.equal(new Set([...found, ...slips].map(({ id }) => id.slice(2))).size, 5, 'every row has an identifier of its own')
		await closeSurvey(writer, ADMINISTRATOR, convening, DURING)
		assert.deepEqual(await writer.selectFrom('core.ledger').select('kind').where('kind', 'like', 'room.%').orderBy('seq').execute(), [{ kind: 'room.opened' }, { kind: 'room.closed' }])
	})
	await assert.rejects(coalition.open.pool.query(`update room.answer set option = 'owns'`))
})

test('every question may be left out, an empty slip is refused, and there are never more answers than people in the room and a few', () => coalition.write(async (writer) => {
	const convening = await makeConvening(writer, (await makeBody(writer, 'issue_circle', 'public', 'Full circle')).id)
	await assert.rejects(answer(writer, convening, { home: 'rents' }), refuses('room_not_open'))
	await assert.rejects(openSurvey(writer, ADMINISTRATOR, convening, ['citizenship'], NOW), refuses('room_without_questions'))
	await openSurvey(writer, ADMINISTRATOR, convening, ['home', 'race'], NOW)
	await assert.rejects(openSurvey(writer, ADMINISTRATOR, convening, ['home'], NOW), refuses('room_open_already'))
	await assert.rejects(answer(writer, convening, { home: 'prefer_not', age: 'from_65' }), refuses('room_unanswered'), 'a question that is not asked is no answer')
	await countHeads(writer, ADMINISTRATOR, convening, '4', DURING)
	for (let n = 0; n < 6; n++) await answer(writer, convening, { home: 'rents' })
	await assert.rejects(answer(writer, convening, { home: 'rents' }), refuses('room_full'))
	await countHeads(writer, ADMINISTRATOR, convening, '3', DURING)
	await assert.rejects(publishRoom(writer, ADMINISTRATOR, convening, DURING), refuses('room_too_many_answers'))
	assert.deepEqual(await countAnswers(writer, convening), { answered: 6, attended: 3, counted: true, most: 5 })
}))

test('below sixty percent or eleven answers no group is published, and fewer than eleven answers are not counted aloud', () => coalition.write(async (writer) => {
	const { id: body } = await makeBody(writer, 'issue_circle', 'public', 'Thin circle')
	const [thin, small] = [await makeConvening(writer, body), await makeConvening(writer, body)]
	await fillRoom(writer, thin, 40, { home: { rents: 12, owns: 11 } })
	const { enough, answered, questions } = await publishRoom(writer, ADMINISTRATOR, thin, DURING)
	assert.deepEqual({ enough, answered, questions }, { enough: false, answered: 23, questions: [] })
	await fillRoom(writer, small, 10, { home: { rents: 9 } })
	assert.equal((await publishRoom(writer, ADMINISTRATOR, small, DURING)).answered, null)
	await assert.rejects(publishRoom(writer, ADMINISTRATOR, small, DURING), refuses('room_published'))
	await assert.rejects(answer(writer, small, { home: 'rents' }), refuses('room_not_open'), 'publishing closes')
}))

test('a published room shows large groups and zeros, hides small ones with what protects them, and stays as it was', () => coalition.write(async (writer) => {
	const body = await makeBody(writer, 'issue_circle', 'public', 'Shown circle')
	const convening = await makeConvening(writer, body.id)
	await assert.rejects(publishRoom(writer, ADMINISTRATOR, convening, DURING), refuses('room_not_open'))
	await fillRoom(writer, convening, 40, { race: { black: 15, hispanic: 11, white: 2 }, home: { rents: 4 } })
	const { questions, answered } = await publishRoom(writer, ADMINISTRATOR, convening, DURING)
	assert.equal(answered, 28)
	assert.deepEqual(questions[0]!.event, { answered: 28, counts: [15, null, null, 0, 0, 0, 0, 0], withheld: false, draw: null })
	assert.deepEqual(questions[1]!.event, { answered: null, counts: [null, null], withheld: true, draw: null }, 'four answers to a question are not told')
	const shown = (await findPublishedRoom(writer, convening))!
	assert.deepEqual(shown.questions[0]!.rows.map(({ count, share }) => [count, share?.toFixed(2)]).slice(0, 4), [[15, '0.54'], [undefined, undefined], [undefined, undefined], [0, '0.00']])
	assert.equal((await findRoomYear(writer, VISITOR, { id: body.id, visibility: 'public' }, undefined, NOW))!.questions[0]!.rows[0]!.count, 15)
	await assert.rejects(findRoomYear(writer, VISITOR, { id: body.id, visibility: 'private' }, undefined, NOW), refuses('body_not_found'))
}))

test('in a year of published events no small count is learnt from all of them together', { timeout: 120_000 }, () => coalition.write(async (writer) => {
	const { id: body } = await makeBody(writer, 'issue_circle', 'public', 'Year of a circle')
	const random = uniformFrom(11)
	const most = [60, 40, 14, 12, 6, 4, 3, 3]
	for (let event = 0; event < 8; event++) {
		const convening = await makeConvening(writer, body, { title: `Event ${event}` })
		const race = Object.fromEntries(categorySet('race').options.map((option, o) => [option, Math.floor(random() * most[o]!) + (o === 0 ? 8 : 0)]))
		const total = Object.values(race).reduce((sum, count) => sum + count, 0)
		await fillRoom(writer, convening, total + 2, { race, home: { rents: Math.ceil(total / 3), owns: Math.floor(total / 4) } })
		await publishRoom(writer, ADMINISTRATOR, convening, DURING)
	}
	const releases = await listReleases(writer, body)
	const cells = await readCells(writer, releases.map(({ convening }) => convening))
	for (const set of ['race', 'home'] as const) {
		const memories = releases.map((release) => memoryOf(release, set, cells.get(set)!))
		const [statements, secrets]: [Statement[], Secret[]] = [memories.flatMap((one) => one.statements), memories.flatMap((one) => one.secrets)]
		assert.deepEqual(audit(statements, secrets), [])
		assert.ok(secrets.length > 0 || set === 'home')
		assert.ok(releases.every(({ content }) => content.questions.every(({ event }) => event.counts.every((count) => count === null || !isSmall(count)))))
	}
	assert.equal((await findRoomYear(writer, VISITOR, { id: body, visibility: 'public' }, 2026, NOW))!.rooms.length, 8)
}))

test('where an earlier publication gives a small count away, the next one is refused', () => coalition.write(async (writer) => {
	const { id: body } = await makeBody(writer, 'issue_circle', 'public', 'Leaky circle')
	const [first, second] = [await makeConvening(writer, body), await makeConvening(writer, body)]
	await fillRoom(writer, first, 30, { home: { rents: 4, owns: 25 } })
	await closeSurvey(writer, ADMINISTRATOR, first, DURING)
	const table = { answered: 29, counts: [null, 25], withheld: false, draw: null }
	const leak = { attended: 30, counted: true, answered: 29, enough: true, area: null, vintage: null, questions: [{ set: 'home', community: null, event: table, year: { ...table, convenings: [first] } }] }
	await writer.insertInto('room.release').values({ convening: first, body, number: 1, year: 2026, content: JSON.stringify(leak), made_at: DURING, made_by: 'a fault' }).execute()
	await fillRoom(writer, second, 40, { home: { rents: 16, owns: 22 } })
	await assert.rejects(publishRoom(writer, ADMINISTRATOR, second, DURING), refuses('room_leaks'))
}))

test('a body sets targets beside parity, changes them and takes them back; own words are read only where eleven wrote some', () => coalition.write(async (writer) => {
	const { id: body, lead } = await makeBody(writer, 'issue_circle', 'public', 'Aiming circle')
	await setTarget(writer, lead, body, { group: 'home/rents', percent: '55' }, NOW)
	await setTarget(writer, lead, body, { group: 'home/rents', percent: '60 %' }, NOW)
	await setTarget(writer, lead, body, { group: 'age/from_65', percent: '10' }, NOW)
	await setTarget(writer, lead, body, { group: 'age/from_65', percent: '' }, NOW)
	assert.deepEqual((await listTargets(writer, body)).map(({ set, option, percent }) => [set, option, percent]), [['home', 'rents', 60]])
	await assert.rejects(setTarget(writer, lead, body, { group: 'home/castle', percent: '60' }, NOW), refuses('room_target_unreadable'))
	const stranger: Actor = { account: 'u-1', person: undefined, administrator: false }
	await assert.rejects(setTarget(writer, stranger, body, { group: 'home/rents', percent: '60' }, NOW), refuses('not_permitted'))
	const convening = await convene(writer, ADMINISTRATOR, body, { ...EVENING, capacity: '60' }, NOW)
	await openSurvey(writer, ADMINISTRATOR, convening, ['gender'], NOW)
	for (let n = 0; n < 10; n++) await answer(writer, convening, { gender: 'own_words' }, { gender: `word ${n}` })
	assert.deepEqual(await listOwnWords(writer, lead, convening, NOW), [])
	await answer(writer, convening, { gender: 'own_words' }, { gender: 'agender' })
	assert.equal((await listOwnWords(writer, lead, convening, NOW))[0]!.words[0], 'agender')
	await assert.rejects(listOwnWords(writer, stranger, convening, NOW), refuses('not_permitted'))
}))
