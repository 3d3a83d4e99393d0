import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { findAgenda } from './find-agenda.ts'
import { closeGoal, setGoal } from './goals.ts'
import { addMeasure, addPartner, endMeasure, endPartner, findGoalCompany, readMeasure } from './turn-the-curve.ts'

const coalition = openCoalition()
const { write } = coalition

test('measures of programs keep every reading with its source, count for no goal, and end without being lost', async () => {
	const circle = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Measuring circle'))
	const goal = await write((writer) => setGoal(writer, circle.lead, circle.id, { title: 'Homes kept', story: '' }, NOW))
	const given = { kind: 'better_off', programme: 'Court company', title: 'Families who kept their home', unit: 'percent' }
	await assert.rejects(write((writer) => addMeasure(writer, circle.lead, goal, { ...given, kind: 'population' }, NOW)), refuses('measure_kind_unknown'))
	await assert.rejects(write((writer) => addMeasure(writer, circle.lead, goal, { ...given, title: ' ' }, NOW)), refuses('measure_incomplete'))
	const measure = await write((writer) => addMeasure(writer, circle.lead, goal, given, NOW))
	const read = (more: object) => write((writer) => readMeasure(writer, circle.lead, measure, { day: '2026-01-31', value: '64', source: 'Court diary', ...more }, NOW))
	for (const [more, code] of [[{ value: '101' }, 'measure_value_unreadable'], [{ value: '-1' }, 'measure_value_unreadable'], [{ day: '2026-02-30' }, 'measure_day_unreadable'], [{ day: '2026-03-02' }, 'measure_day_unreadable'], [{ source: '' }, 'measure_without_source']] as const) await assert.rejects(read(more), refuses(code))
	await read({})
	await read({ value: '66.5' })
	await assert.rejects(sql`update coalition.measure_reading set value = 99`.execute(coalition.open.database), /append|may not|refus/i)
	await write((writer) => endMeasure(writer, circle.lead, measure, later(1)))
	await assert.rejects(read({}), refuses('measure_not_found'))
	const { measures } = await findGoalCompany(coalition.open.database, goal)
	assert.deepEqual(measures.map(({ ended, readings }) => [ended, readings.map(({ value, day }) => [value, day.toISOString().slice(0, 10)])]), [[true, [[64, '2026-01-31'], [66.5, '2026-01-31']]]])
	assert.deepEqual((await findAgenda(coalition.open.database, circle.id)).progress, { percent: undefined, known: 0, unknown: 1 })
})

test('partners say what they do, until their part ends; a closed goal and another body take none', async () => {
	const [circle, other] = await write(async (writer) => [await makeBody(writer, 'issue_circle', 'public', 'Partner circle'), await makeBody(writer, 'issue_circle', 'public', 'Other partner circle')])
	const goal = await write((writer) => setGoal(writer, circle.lead, circle.id, { title: 'Homes kept', story: '' }, NOW))
	await assert.rejects(write((writer) => addPartner(writer, other.lead, goal, { name: 'Legal aid', does: 'Goes to court' }, NOW)), refuses('not_permitted'))
	await assert.rejects(write((writer) => addPartner(writer, circle.lead, goal, { name: 'Legal aid', does: '' }, NOW)), refuses('partner_incomplete'))
	await write((writer) => addPartner(writer, circle.lead, goal, { name: 'Legal aid', does: 'Goes to court' }, NOW))
	const [partner] = (await findGoalCompany(coalition.open.database, goal)).partners
	await write((writer) => endPartner(writer, circle.lead, partner!.id, NOW))
	assert.deepEqual((await findGoalCompany(coalition.open.database, goal)).partners, [])
	await write((writer) => closeGoal(writer, circle.lead, goal, 'Done', NOW))
	await assert.rejects(write((writer) => addPartner(writer, circle.lead, goal, { name: 'Legal aid', does: 'Goes to court' }, NOW)), refuses('goal_not_found'))
})
