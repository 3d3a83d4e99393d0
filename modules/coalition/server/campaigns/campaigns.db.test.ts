import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { listThread } from '#database'
import { addOrganization } from '#people/server'
import { measureProgress } from '../../campaigns/index.ts'
import { VISITOR, type Actor } from '../actor.ts'
import { setGoal } from '../agenda/goals.ts'
import { addToBody } from '../members.ts'
import { addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { answerTopic, beginRateImport, changeCampaign, commentOnPlan, countCanvass, endCampaign, endTurf, findCampaignPlaces, findProgress, findRateImport, getCampaign, giveTurf, listAnswers, listCampaigns, listDates, listHours, listNotes, listRateImports, listShownComments, listTurfs, listWholeComments, logHours, setRatesAside, setTargets, settleComment, startCampaign, strikeHours, strikeNote, sumHours, takeInRates, writeCanvassNote, type GivenCampaign } from './index.ts'
import { addTestTracts, CENSUS, TRACTS } from './testing/index.ts'

const coalition = openCoalition()
const { write } = coalition
let made = 0
beforeEach(() => write(addTestTracts))

async function begin(given: Partial<GivenCampaign> = {}, visibility: 'public' | 'private' = 'public') {
	const circle = await write((writer) => makeBody(writer, 'issue_circle', visibility, `Circle ${++made}`))
	const member: Actor = { account: undefined, person: await write((writer) => addTestPerson(writer, `Member ${made}`)), administrator: false }
	await write((writer) => addToBody(writer, ADMINISTRATOR, circle.id, { person: member.person! }, 'member', NOW))
	const id = await write((writer) => startCampaign(writer, circle.lead, circle.id, { ...CENSUS, ...given }, NOW))
	return { circle, member, id, db: coalition.open.database }
}

const bring = (actor: Actor, id: string, rows: (string | null)[][], more = {}) =>
	write((writer) => beginRateImport(writer, actor, id, { fileName: 'rates.json', columns: ['GEO_ID', 'CRRALL', 'RESP_DATE'], rows, source: 'Census response rates', day: '', ...more }, NOW))
const row = (at: number, rate: string | null, day = '2026-02-01') => [`1400000US${TRACTS[at]}`, rate, day]

test('a campaign says its kind, class and days, serves a goal of the agenda, and ends with what came of it; the thread knows it', async () => {
	const { circle, db } = await begin()
	const goal = await write((writer) => setGoal(writer, circle.lead, circle.id, { title: 'Counted', story: '' }, NOW))
	const start = (more: Partial<GivenCampaign>) => write((writer) => startCampaign(writer, circle.lead, circle.id, { ...CENSUS, follows: `/coalition/goals/${goal}`, ...more }, NOW))
	for (const [more, code] of [[{ kind: 'candidate' }, 'campaign_kind_unknown'], [{ legalClass: '' }, 'campaign_class_unknown'], [{ aim: ' ' }, 'campaign_incomplete'], [{ endsOn: '2025-12-31' }, 'campaign_days_turned'], [{ beginsOn: 'soon' }, 'campaign_day_unreadable'], [{ places: '98765' }, 'campaign_places_unknown'], [{ places: 'downtown' }, 'campaign_places_unreadable'], [{ follows: 'g-none' }, 'commitment_follows_unknown']] as const) await assert.rejects(start(more), refuses(code))
	const id = await start({ kind: 'referendum', legalClass: 'direct_lobbying', places: '99001' })
	const thread = (await listThread(db, `coalition:goal/${goal}`)).map(({ from_record, relation, to_record }) => `${from_record} ${relation} ${to_record}`)
	assert.ok(thread.includes(`coalition:campaign/${id} serves coalition:goal/${goal}`), thread.join('\n'))
	const campaign = await getCampaign(db, VISITOR, id, NOW)
	assert.deepEqual([campaign.kind, campaign.legalClass, campaign.beginsOn, campaign.endsOn, campaign.ended], ['referendum', 'direct_lobbying', '2026-01-01', '2026-08-01', undefined])
	assert.deepEqual((await findCampaignPlaces(db, campaign)).places.map(({ geoid }) => geoid), TRACTS.slice(0, 3), 'a county stands for its tracts')
	await write((writer) => changeCampaign(writer, circle.lead, id, { ...CENSUS, aim: 'Another aim' }, NOW))
	await assert.rejects(write((writer) => endCampaign(writer, circle.lead, id, ' ', NOW)), refuses('campaign_without_outcome'))
	await write((writer) => endCampaign(writer, circle.lead, id, 'The measure passed.', later(1)))
	await assert.rejects(write((writer) => changeCampaign(writer, circle.lead, id, CENSUS, NOW)), refuses('campaign_ended'))
	assert.deepEqual((await listCampaigns(db, circle.id)).find((one) => one.id === id)!.ended, { at: later(1), outcome: 'The measure passed.' })
})

test('a campaign of a private body does not exist for others', async () => {
	const { id, member, db } = await begin({}, 'private')
	await assert.rejects(getCampaign(db, VISITOR, id, NOW), refuses('campaign_not_found'))
	assert.equal((await getCampaign(db, member, id, NOW)).id, id)
})

test('a file of rates is looked at first and taken in whole or not at all; tracts elsewhere and cells without a number become nothing', async () => {
	const { circle, member, id, db } = await begin({ places: '99001' })
	await assert.rejects(bring(member, id, [row(0, '50')]), refuses('not_permitted'))
	for (const [more, code] of [[{ source: '' }, 'rates_without_source'], [{ columns: ['A', 'CRRALL', 'RESP_DATE'] }, 'rates_without_places'], [{ columns: ['GEO_ID', 'B', 'RESP_DATE'] }, 'rates_without_values'], [{ columns: ['GEO_ID', 'CRRALL', 'C'] }, 'rates_without_days']] as const) await assert.rejects(bring(circle.lead, id, [row(0, '50')], more), refuses(code))
	await assert.rejects(bring(circle.lead, id, [row(3, '50')]), refuses('rates_empty'), 'the only tract lies in another county')
	const faulty = await bring(circle.lead, id, [row(0, '50'), row(1, 'many')])
	await assert.rejects(write((writer) => takeInRates(writer, circle.lead, id, faulty, NOW)), refuses('rates_faulty'))
	assert.equal((await findProgress(db, id, 'response_rate')).places.length, 0)
	assert.equal((await db.selectFrom('coalition.observation').select('id').where('campaign', '=', id).execute()).length, 0, 'the good row did not come in alone')
	const whole = await bring(circle.lead, id, [row(0, '50'), row(1, null), row(2, '60.5'), row(3, '70')])
	await assert.rejects(write((writer) => takeInRates(writer, circle.lead, id, faulty, NOW)), refuses('rates_not_waiting'), 'a newer file stands in its place')
	const waiting = (await findRateImport(db, id))!
	assert.deepEqual([waiting.readings.length, waiting.missing, waiting.elsewhere, waiting.faults], [2, 1, 1, []])
	assert.equal(await write((writer) => takeInRates(writer, circle.lead, id, whole, NOW)), 2)
	assert.equal(await findRateImport(db, id), undefined)
	assert.deepEqual((await listRateImports(db, id)).map(({ taken }) => taken), [2])
	await bring(circle.lead, id, [row(0, '51', '2026-02-08')])
	await write((writer) => setRatesAside(writer, circle.lead, id, NOW))
	assert.equal(await findRateImport(db, id), undefined)
	await assert.rejects(db.deleteFrom('coalition.observation').execute(), /append/i)
})

test('targets are set by points above the last rate or by a typed list, a later one holds, and progress over dates counts today’s goals', async () => {
	const { circle, id, db } = await begin()
	const target = (more: object) => write((writer) => setTargets(writer, circle.lead, id, { metric: 'response_rate', how: 'points', points: '5', list: '', ...more }, NOW))
	await assert.rejects(target({}), refuses('targets_without_readings'))
	const first = await bring(circle.lead, id, [row(0, '50'), row(1, '98'), row(2, '60')])
	await write((writer) => takeInRates(writer, circle.lead, id, first, NOW))
	for (const [more, code] of [[{ points: '0' }, 'target_points_unreadable'], [{ metric: 'votes' }, 'campaign_metric_unknown'], [{ how: 'list', list: `${TRACTS[0]} many` }, 'targets_list_unreadable'], [{ how: 'list' }, 'targets_list_empty'], [{ how: 'list', list: '98765 50' }, 'campaign_places_unknown']] as const) await assert.rejects(target(more), refuses(code))
	assert.equal(await target({}), 3)
	assert.equal(await target({ how: 'list', list: `${TRACTS[2]}, 62\n${TRACTS[3]} 70` }), 2)
	const second = await bring(circle.lead, id, [row(0, '52.5', '2026-02-15'), row(2, '62', '2026-02-15'), row(0, '40', '2026-01-20')])
	await write((writer) => takeInRates(writer, circle.lead, id, second, NOW))
	const { places, counts, shareAtGoal } = await findProgress(db, id, 'response_rate')
	assert.deepEqual(places.map(({ geoid, baseline, goal, latest, standing }) => [geoid, baseline, goal, latest?.value, latest?.day, standing]), [
		[TRACTS[0], 50, 55, 52.5, '2026-02-15', 'near'], [TRACTS[1], 98, 100, 98, '2026-02-01', 'near'],
		[TRACTS[2], 60, 62, 62, '2026-02-15', 'at_goal'], [TRACTS[3], undefined, 70, undefined, undefined, 'no_data'],
	])
	assert.deepEqual([counts.no_data, shareAtGoal], [1, 1 / 3])
	const dates = await listDates(db, id, 'response_rate')
	assert.deepEqual(dates, [{ day: '2026-01-20', known: 1, atGoal: 0 }, { day: '2026-02-01', known: 3, atGoal: 0 }, { day: '2026-02-15', known: 3, atGoal: 1 }])
	const readings = await db.selectFrom('coalition.observation').select(['geoid', 'value', (where) => where.cast<string>('day', 'text').as('day')]).where('campaign', '=', id).orderBy('id').execute()
	for (const { day, known, atGoal } of dates) {
		const then = measureProgress(places, readings.filter((reading) => reading.day <= day)).counts
		assert.deepEqual([known, atGoal], [places.length - then.no_data, then.at_goal], `the database counts ${day} as the rules do`)
	}
	await target({ how: 'list', list: `${TRACTS[3]} none` })
	assert.equal((await findProgress(db, id, 'response_rate')).places.length, 3, 'none takes a target away')
	assert.deepEqual((await findProgress(db, id, 'internet_rate')).places, [])
})

test('a member organization gets places from a day to a day, and gives them back', async () => {
	const { circle, id, db } = await begin({ places: '99001' })
	const organization = await write((writer) => addOrganization(writer, { name: 'Tenants Union', kind: 'resident_group' }, NOW))
	const give = (more = {}) => write((writer) => giveTurf(writer, circle.lead, id, { organization, places: `${TRACTS[0]} ${TRACTS[1]}`, beginsOn: '2026-02-01', endsOn: '2026-03-01', ...more }, NOW))
	await assert.rejects(give(), refuses('partner_no_member'))
	await write((writer) => addToBody(writer, ADMINISTRATOR, circle.id, { organization }, 'member', NOW))
	for (const [more, code] of [[{ places: '' }, 'turf_without_places'], [{ places: TRACTS[3] }, 'campaign_places_unknown'], [{ endsOn: '2026-01-01' }, 'campaign_days_turned']] as const) await assert.rejects(give(more), refuses(code))
	const turf = await give()
	assert.deepEqual((await listTurfs(db, id)).map(({ name, places }) => [name, places]), [['Tenants Union', [TRACTS[0], TRACTS[1]]]])
	await write((writer) => endTurf(writer, circle.lead, id, turf, NOW))
	await assert.rejects(write((writer) => endTurf(writer, circle.lead, id, turf, NOW)), refuses('turf_not_found'))
	assert.deepEqual(await listTurfs(db, id), [])
})

test('a note from doors has counts in order, a place no finer than a tract, and nothing by which a resident is reached; its writer may strike it', async () => {
	const { circle, member, id, db } = await begin()
	const note = (more = {}, actor = member) => write((writer) => writeCanvassNote(writer, actor, id, { place: TRACTS[0], day: '2026-02-20', doors: '30', contacts: '12', answers: '7', heard: 'Many fear that the answers go to landlords.', ...more }, NOW))
	for (const [more, code] of [[{ place: `${TRACTS[0]}1` }, 'campaign_places_unreadable'], [{ contacts: '31' }, 'note_counts_turned'], [{ doors: '-1' }, 'note_count_unreadable'], [{ day: '2026-03-09' }, 'campaign_day_ahead'], [{ heard: 'Call Ana at 404-555-0100' }, 'note_names_somebody'], [{ heard: 'ana@example.org' }, 'note_names_somebody']] as const) await assert.rejects(note(more), refuses(code))
	await assert.rejects(note({}, VISITOR), refuses('not_permitted'))
	const [one, other] = [await note(), await note({ place: '' }, circle.lead)]
	assert.deepEqual(await countCanvass(db, id), { notes: 2, doors: 60, contacts: 24, answers: 14 })
	await assert.rejects(write((writer) => strikeNote(writer, member, id, other, NOW)), refuses('not_permitted'))
	await write((writer) => strikeNote(writer, member, id, one, NOW))
	assert.deepEqual((await listNotes(db, circle.lead, id)).map((left) => [left.id, left.own]), [[other, true]])
	assert.deepEqual(await countCanvass(db, id), { notes: 1, doors: 30, contacts: 12, answers: 7 })
})

test('hours and cost are summed by year and class, exact to the cent; others see only the hours that they wrote', async () => {
	const { circle, member, id, db } = await begin({ kind: 'referendum', legalClass: 'direct_lobbying' })
	const log = (more = {}, actor = member) => write((writer) => logHours(writer, actor, id, { organization: '', day: '2026-02-20', hours: '2.25', cost: '$10.10', class: 'direct_lobbying', what: 'Doors for the measure', ...more }, NOW))
	for (const [more, code] of [[{ hours: '25' }, 'hours_unreadable'], [{ hours: '0', cost: '' }, 'hours_nothing'], [{ cost: 'ten' }, 'hours_cost_unreadable'], [{ class: 'party' }, 'campaign_class_unknown'], [{ what: '' }, 'hours_without_what'], [{ organization: 'o-none' }, 'partner_no_member']] as const) await assert.rejects(log(more), refuses(code))
	const line = await log()
	await log({ day: '2025-12-31', class: 'education' })
	await log({ hours: '1', cost: '0.20' }, circle.lead)
	assert.deepEqual(await sumHours(db, id), [{ year: 2026, class: 'direct_lobbying', hours: 3.25, costCents: 1030 }, { year: 2025, class: 'education', hours: 2.25, costCents: 1010 }])
	assert.equal((await listHours(db, member, id, { whose: 'own' })).length, 2)
	assert.deepEqual((await listHours(db, circle.lead, id, { whose: 'all' })).map(({ own }) => own).sort(), [false, false, true])
	await write((writer) => strikeHours(writer, member, id, line, NOW))
	assert.deepEqual((await sumHours(db, id))[0], { year: 2026, class: 'direct_lobbying', hours: 1, costCents: 20 })
})

test('anybody comments on a plan; a comment is shown without name and contact once it was read, and every topic gets an answer', async () => {
	const { circle, member, id, db } = await begin({ kind: 'development_plan' })
	const comment = (more = {}, actor: Actor = VISITOR) => write((writer) => commentOnPlan(writer, actor, id, { name: 'Ana Ruiz', contact: 'ana@example.org', place: TRACTS[0], topic: 'Height', text: 'Twelve floors is too much beside the school.', language: 'en', formKey: 'k1', ...more }, NOW))
	await assert.rejects(comment({ text: ' ' }), refuses('comment_without_text'))
	await assert.rejects(comment({ place: '1 Main Street' }), refuses('campaign_places_unreadable'))
	const one = await comment()
	assert.equal(await comment(), one, 'the same form sent twice counts once')
	const spam = await comment({ formKey: 'k2', text: 'Cheap watches' })
	assert.deepEqual(await listShownComments(db, id), [])
	const settle = (which: string, given: object, actor = circle.lead) => write((writer) => settleComment(writer, actor, id, which, { state: 'shown', topic: 'Height of buildings', reason: '', ...given }, NOW))
	await assert.rejects(settle(one, {}, member), refuses('not_permitted'))
	await assert.rejects(settle(spam, { state: 'hidden' }), refuses('comment_without_reason'))
	await settle(one, {})
	await settle(spam, { state: 'hidden', reason: 'Advertising' })
	assert.deepEqual(await listShownComments(db, id), [{ id: one, topic: 'Height of buildings', geoid: TRACTS[0], text: 'Twelve floors is too much beside the school.', at: NOW }])
	assert.deepEqual((await listWholeComments(db, id)).map(({ name, state }) => [name, state]).sort(), [['Ana Ruiz', 'hidden'], ['Ana Ruiz', 'shown']])
	const answer = (more = {}) => write((writer) => answerTopic(writer, circle.lead, id, { topic: 'Height of buildings', heard: 'Twelve floors are too many.', changed: 'Eight floors beside the school.', whyNot: '', ...more }, NOW))
	await assert.rejects(answer({ changed: '' }), refuses('answer_incomplete'))
	await answer()
	await answer({ changed: '', whyNot: 'The law sets the height.' })
	assert.deepEqual((await listAnswers(db, id)).map(({ topic, version, changed, whyNot }) => [topic, version, changed, whyNot]), [['Height of buildings', 2, '', 'The law sets the height.']])
	const census = await begin()
	await assert.rejects(write((writer) => commentOnPlan(writer, VISITOR, census.id, { name: '', contact: '', place: '', topic: '', text: 'x', language: 'en', formKey: '' }, NOW)), refuses('campaign_no_plan'))
})
