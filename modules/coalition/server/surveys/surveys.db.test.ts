import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addContact, addOrganization } from '#people/server'
import { SURVEY_ITEMS } from '../../surveys/index.ts'
import { VISITOR, type Actor } from '../actor.ts'
import { addToBody, endMembership } from '../members.ts'
import { listWaiting } from '../my-page/waiting.ts'
import { nameRepresentative } from '../representatives.ts'
import { addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { answerWave, callOffWave, findWaveOfCode, findWaveResults, listWaves, makePaperCodes, openWave, takeCode } from './index.ts'

const coalition = openCoalition()
const { write } = coalition
const DAYS = { opensOn: '2026-03-02', closesOn: '2026-03-20' }
const DURING = later(5)
const AFTER = later(25)
const of = (person: string): Actor => ({ account: undefined, person, administrator: false })

async function makeAsked(name: string, visibility: 'public' | 'private' = 'public', count = 8) {
	return write(async (writer) => {
		const body = await makeBody(writer, 'issue_circle', visibility, name)
		const people = []
		for (let n = 1; n < count; n++) {
			const person = await addTestPerson(writer, `${name} ${n}`)
			await addToBody(writer, ADMINISTRATOR, body.id, { person }, n % 2 ? 'member' : 'voting', NOW)
			people.push(person)
		}
		return { id: body.id, visibility, lead: body.lead, people }
	})
}

const allItems = (answer: string) => Object.fromEntries(SURVEY_ITEMS.map((item) => [item, answer]))

test('who is asked is settled on the day of opening: members and those who speak for organizations, no observers, and nobody later', async () => {
	const body = await makeAsked('Frozen circle')
	await write(async (writer) => {
		const [speaker, observer, late] = [await addTestPerson(writer, 'Speaker'), await addTestPerson(writer, 'Observer'), await addTestPerson(writer, 'Late')]
		const organization = await addOrganization(writer, { name: 'Frozen organization', kind: 'faith' }, NOW)
		await addToBody(writer, ADMINISTRATOR, body.id, { organization }, 'voting', NOW)
		await addToBody(writer, ADMINISTRATOR, body.id, { person: speaker }, 'observer', NOW)
		await nameRepresentative(writer, ADMINISTRATOR, body.id, { organization, person: speaker, role: 'primary', mandate: '' }, NOW)
		await addToBody(writer, ADMINISTRATOR, body.id, { person: observer }, 'observer', NOW)
		const wave = await openWave(writer, body.lead, body.id, DAYS, false, NOW)
		const membership = await addToBody(writer, ADMINISTRATOR, body.id, { person: late }, 'member', DURING)
		await endMembership(writer, ADMINISTRATOR, membership, DURING)
		assert.equal((await listWaves(writer, body.lead, body, DURING))[0]!.asked, 9)
		await takeCode(writer, of(speaker), wave, DURING)
		for (const person of [observer, late]) await assert.rejects(takeCode(writer, of(person), wave, DURING), refuses('wave_not_asked'))
		await assert.rejects(openWave(writer, body.lead, body.id, DAYS, false, NOW), refuses('wave_runs_already'))
	})
})

test('a code answers once, within the days, and something; what was typed in another hand or order is the same code', async () => {
	const body = await makeAsked('Coded circle')
	const wave = await write((writer) => openWave(writer, body.lead, body.id, DAYS, false, NOW))
	const code = await write((writer) => takeCode(writer, of(body.people[0]!), wave, NOW))
	await write(async (writer) => {
		await assert.rejects(takeCode(writer, of(body.people[0]!), wave, NOW), refuses('wave_code_given'))
		await assert.rejects(findWaveOfCode(writer, code, NOW), refuses('wave_not_yet'))
		await assert.rejects(answerWave(writer, code, {}, DURING), refuses('wave_unanswered'))
		await assert.rejects(answerWave(writer, code, { ...allItems(''), agenda_shared: '6' }, DURING), refuses('wave_unanswered'))
		await assert.rejects(answerWave(writer, code, allItems('4'), AFTER), refuses('wave_over'))
		await assert.rejects(answerWave(writer, 'aaaa-bbbb-cccc', allItems('4'), DURING), refuses('wave_code_unknown'))
		await answerWave(writer, ` ${code.slice(0, 4).toUpperCase()}-${code.slice(4)} `, { ...allItems('4'), trust_kept: '' }, DURING)
		await assert.rejects(answerWave(writer, code, allItems('1'), DURING), refuses('wave_code_used'))
	})
	const { rows } = await sql<{ count: number }>`select count(*)::int as count from room.wave_answer where wave = ${wave}`.execute(coalition.open.database)
	assert.equal(rows[0]!.count, SURVEY_ITEMS.length - 1)
})

test('a code that is sent twice at once is used once', async () => {
	const body = await makeAsked('Hasty circle')
	const wave = await write((writer) => openWave(writer, body.lead, body.id, DAYS, false, NOW))
	const code = await write((writer) => takeCode(writer, of(body.people[0]!), wave, NOW))
	const tries = await Promise.allSettled(Array.from({ length: 6 }, () => write((writer) => answerWave(writer, code, allItems('3'), DURING))))
	assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
	const { rows } = await sql<{ count: number }>`select count(*)::int as count from room.wave_answer where wave = ${wave}`.execute(coalition.open.database)
	assert.equal(rows[0]!.count, SURVEY_ITEMS.length)
})

test('no table of answers or codes knows a person, a code of answers, a time or an order, and none can be changed', async () => {
	const { rows } = await sql<{ table_name: string; columns: string[] }>`select table_name, array_agg(column_name::text order by column_name::text) as columns from information_schema.columns
		where table_schema = 'room' and table_name in ('wave_code', 'wave_answer') group by 1 order by 1`.execute(coalition.open.database)
	assert.deepEqual(rows, [{ table_name: 'wave_answer', columns: ['answer', 'id', 'item', 'wave'] }, { table_name: 'wave_code', columns: ['code_hash', 'used', 'wave'] }])
	await assert.rejects(write((writer) => writer.updateTable('room.wave_answer').set({ answer: 1 }).execute()))
	const ledger = await coalition.open.database.selectFrom('core.ledger').selectAll().where('kind', 'like', 'wave%').execute()
	assert.ok(ledger.length > 0 && ledger.every(({ kind }) => ['wave.opened', 'wave.called_off'].includes(kind)), 'no answer is in the ledger')
})

test('while a wave takes answers nobody learns anything of them; then five forms are told, and four are not', async () => {
	for (const count of [4, 5]) {
		const body = await makeAsked(`Told circle ${count}`)
		const wave = await write((writer) => openWave(writer, body.lead, body.id, DAYS, false, NOW))
		const { codes, names } = await write((writer) => makePaperCodes(writer, body.lead, wave, DURING))
		assert.equal(new Set(codes).size, 8)
		assert.deepEqual(names, [...names].sort())
		await assert.rejects(write((writer) => makePaperCodes(writer, body.lead, wave, DURING)), refuses('wave_all_given'))
		for (const [n, code] of codes.slice(0, count).entries()) await write((writer) => answerWave(writer, code, { ...allItems(n < 2 ? '5' : '4'), trust_kept: n === 0 ? '' : '2' }, DURING))
		const { database } = coalition.open
		assert.deepEqual(await findWaveResults(database, ADMINISTRATOR, body, DURING), [])
		assert.doesNotMatch(JSON.stringify(await listWaves(database, ADMINISTRATOR, body, DURING)), /answer/)
		const [result] = await findWaveResults(database, VISITOR, body, AFTER)
		assert.equal(result!.published.answered, count === 4 ? null : 5)
		assert.equal(result!.published.items.find(({ item }) => item === 'agenda_shared')!.mean, count === 4 ? null : 4)
		assert.equal(result!.published.items.find(({ item }) => item === 'trust_kept')!.mean, null, 'four answered it at most')
	}
})

test('two waves are compared, one that was called off is not told and gives no codes, and a closed body opens none', async () => {
	const body = await makeAsked('Waves circle', 'public', 24)
	const run = async (days: typeof DAYS, answer: (n: number) => string, at: Date) => {
		const wave = await write((writer) => openWave(writer, body.lead, body.id, days, false, at))
		const { codes } = await write((writer) => makePaperCodes(writer, body.lead, wave, at))
		for (const [n, code] of codes.slice(0, 20).entries()) await write((writer) => answerWave(writer, code, allItems(answer(n)), new Date(`${days.opensOn}T12:00:00Z`)))
	}
	await run(DAYS, (n) => String(1 + (n % 3)), NOW)
	const off = await write((writer) => openWave(writer, body.lead, body.id, { opensOn: '2026-04-01', closesOn: '2026-04-10' }, false, AFTER))
	await assert.rejects(write((writer) => callOffWave(writer, body.lead, off, ' ', AFTER)), refuses('wave_without_reason'))
	await write((writer) => callOffWave(writer, body.lead, off, 'Easter', AFTER))
	await assert.rejects(write((writer) => takeCode(writer, of(body.people[0]!), off, AFTER)), refuses('wave_over'))
	await run({ opensOn: '2026-05-01', closesOn: '2026-05-20' }, (n) => String(3 + (n % 3)), AFTER)
	const results = await findWaveResults(coalition.open.database, VISITOR, body, later(200))
	assert.deepEqual(results.map(({ closesOn, before, changes }) => [closesOn, before, changes.filter(({ changed }) => changed).length]), [['2026-05-20', '2026-03-20', 18], ['2026-03-20', undefined, 0]])
})

test('letters bring a code each to who has an address, and everybody else takes one on screen or paper', async () => {
	const body = await makeAsked('Mailed circle')
	await write(async (writer) => {
		for (const [n, person] of body.people.slice(0, 3).entries()) await addContact(writer, { person }, 'email', `mailed${n}@example.org`, NOW)
		const wave = await openWave(writer, body.lead, body.id, DAYS, true, NOW)
		const letters = await writer.selectFrom('mail.letter').select(['recipient', 'parameters']).where('kind', '=', 'survey_code').execute()
		assert.equal(letters.length, 3)
		const codes = letters.map(({ parameters }) => (parameters as { code: string }).code)
		assert.equal(new Set(codes).size, 3)
		for (const code of codes) assert.equal((await findWaveOfCode(writer, code, DURING)).id, wave)
		assert.equal((await listWaves(writer, of(body.people[0]!), body, DURING))[0]!.own, 'mail')
		await assert.rejects(takeCode(writer, of(body.people[0]!), wave, DURING), refuses('wave_code_given'))
		assert.equal((await makePaperCodes(writer, body.lead, wave, DURING)).codes.length, 5)
	})
})

test('a survey waits on the page of whoever is asked, from its first day until they have a code', async () => {
	const body = await makeAsked('Waited circle')
	const actor = of(body.people[0]!)
	const wave = await write((writer) => openWave(writer, body.lead, body.id, DAYS, false, NOW))
	const waits = async (now: Date) => (await listWaiting(coalition.open.database, actor, now)).waiting.filter(({ kind }) => kind === 'survey').map(({ title, due }) => `${title} ${due}`)
	assert.deepEqual([await waits(NOW), await waits(DURING), await waits(AFTER)], [[], ['Waited circle 2026-03-20'], []])
	await write((writer) => takeCode(writer, actor, wave, DURING))
	assert.deepEqual(await waits(DURING), [])
})

test('days that cannot be, too few people and a private body are refused in their own words', async () => {
	const [body, few, hidden] = [await makeAsked('Days circle'), await makeAsked('Few circle', 'public', 4), await makeAsked('Hidden circle', 'private')]
	for (const days of [{ opensOn: '2026-03-20', closesOn: '2026-03-02' }, { opensOn: 'soon', closesOn: '2026-03-20' }, { opensOn: '2026-02-01', closesOn: '2026-03-20' }]) await assert.rejects(write((writer) => openWave(writer, body.lead, body.id, days, false, NOW)), refuses('wave_days_unreadable'))
	await assert.rejects(write((writer) => openWave(writer, body.lead, body.id, { ...DAYS, closesOn: '2026-06-20' }, false, NOW)), refuses('wave_too_long'))
	await assert.rejects(write((writer) => openWave(writer, few.lead, few.id, DAYS, false, NOW)), refuses('wave_too_few'))
	const wave = await write((writer) => openWave(writer, hidden.lead, hidden.id, DAYS, false, NOW))
	await assert.rejects(findWaveResults(coalition.open.database, VISITOR, hidden, AFTER), refuses('body_not_found'))
	await assert.rejects(write((writer) => takeCode(writer, VISITOR, wave, DURING)), refuses('wave_not_found'))
})
