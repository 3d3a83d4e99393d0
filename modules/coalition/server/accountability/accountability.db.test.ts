import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { listThread } from '#database'
import { findFile } from '#files/server'
import type { Actor } from '../actor.ts'
import { addToBody } from '../members.ts'
import { VISITOR } from '../actor.ts'
import { addTestCitation, addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { addPlank, recordAsk, recordCommitment } from './commitments.ts'
import { answerCorrection, reportMistake } from './corrections.ts'
import { addFinding, enterReply, findReplyCode, makeReplyCode, replyByCode } from './findings.ts'
import { findOfficeToWrite, recordOfficeContact } from './office-contacts.ts'
import { addElection, addOffice, addTerm, openPublicBody, setQuietDays } from './offices.ts'
import { archive, KEPT, makeCommitment, makeOffices, PROMISE } from './testing/index.ts'
import { confirmVerdict, proposeVerdict } from './verdicts.ts'

const coalition = openCoalition()
const { write } = coalition
let made = 0

/** A circle with two reviewers and a commitment that is due. */
async function makeScene(more = {}) {
	return write(async (writer) => {
		const circle = await makeBody(writer, 'issue_circle', 'public', `Circle ${++made}`)
		const person = await addTestPerson(writer, 'Second')
		await addToBody(writer, ADMINISTRATOR, circle.id, { person }, 'voting', NOW)
		const second: Actor = { account: `u-second-${made}`, person, administrator: false }
		return { circle, second, ...(await makeCommitment(writer, circle.lead, circle.id, more)) }
	})
}

const confirm = (actor: Actor, proposal: string, at = NOW) => write((writer) => confirmVerdict(writer, actor, proposal, { note: 'I looked it up too.', noStake: true }, at))

test('the same person never reviews twice: refused by the rule, and by the database for whoever goes around it', async () => {
	const { circle, commitment, file } = await makeScene()
	const proposal = await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, file }, NOW))
	await assert.rejects(confirm(circle.lead, proposal), refuses('verdict_same_reviewer'))
	const first = circle.lead.person!
	const insert = (one: string, two: string, noStake = true) => write((writer) => writer.insertInto('coalition.verdict').values({ proposal, reviewer_1: one, reviewer_2: two, note_2: 'x', no_stake: noStake, at: NOW }).execute())
	await assert.rejects(insert(first, first), /verdict_check/)
	const other = await write((writer) => addTestPerson(writer, 'Straw'))
	await assert.rejects(insert(other, first), /foreign key/, 'nor with another name in the place of the first')
	await assert.rejects(insert(first, other, false), /no_stake/, 'nor with a stake')
})

test('a verdict without an archived source of the evidence is refused, by the rule and by the database', async () => {
	const { circle, commitment, file } = await makeScene()
	const propose = (more: object) => write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, file, ...more }, NOW))
	const stray = await write((writer) => archive(writer, circle.lead, 'A page about something else'))
	for (const [more, code] of [[{ file: '' }, 'verdict_without_source'], [{ file: stray }, 'verdict_without_source'], [{ note: ' ' }, 'verdict_without_note'], [{ noStake: false }, 'verdict_with_stake'], [{ rating: 'not_yet_rated' }, 'verdict_rating_unknown'], [{ share: '101' }, 'verdict_share_unreadable'], [{ share: '80' }, 'verdict_kept_in_part'], [{ doneOn: '2026-02-16' }, 'verdict_late'], [{ rating: 'compromise', share: '74' }, 'verdict_too_little']] as const) await assert.rejects(propose(more), refuses(code), code)
	const row = { id: 'vp-x', commitment, rating: 'kept' as const, share_percent: 100, done_on: '2026-02-08', note: 'x', reviewer: circle.lead.person!, no_stake: true, at: NOW }
	await assert.rejects(write((writer) => writer.insertInto('coalition.verdict_proposal').values({ ...row, source_file: null as never }).execute()), /not-null/)
	await assert.rejects(write((writer) => writer.insertInto('coalition.verdict_proposal').values({ ...row, source_file: Buffer.alloc(32) }).execute()), /foreign key/)
	await assert.rejects(write((writer) => writer.insertInto('coalition.verdict_proposal').values({ ...row, share_percent: 99, source_file: Buffer.from(file, 'hex') }).execute()), /check/)
})

test('two reviewers make a rating public, the copy is there for everybody, and the thread leads from the verdict to the number', async () => {
	const citation = await write((writer) => addTestCitation(writer))
	const { circle, second, commitment, file } = await makeScene({ follows: `/citations/${citation}?x=1` })
	assert.ok(await findFile(coalition.open.database, file, undefined), 'what a commitment shows, everybody fetches')
	const older = await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, rating: 'in_the_works', share: '', doneOn: '', file }, NOW))
	const proposal = await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, file }, new Date(NOW.getTime() + 1)))
	await assert.rejects(confirm(second, older), refuses('verdict_proposal_old'))
	await confirm(second, proposal)
	await assert.rejects(confirm(second, proposal), refuses('verdict_proposal_old'), 'once')
	const said = (await listThread(coalition.open.database, `atlas:citation/${citation}`)).map(({ from_record, relation, to_record }) => `${from_record} ${relation} ${to_record}`)
	assert.deepEqual(said, [`coalition:commitment/${commitment} cites atlas:citation/${citation}`, `coalition:verdict/${commitment}/${proposal} judges coalition:commitment/${commitment}`])
})

test('two second reviewers at once make one verdict', async () => {
	const { circle, second, commitment, file } = await makeScene()
	const proposal = await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, file }, NOW))
	const answers = await Promise.allSettled([1, 2, 3].map(() => confirm(second, proposal)))
	assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
})

test('history is never rewritten: promise, findings, proposals, verdicts and answers cannot be changed or deleted', async () => {
	const { circle, second, commitment, file } = await makeScene()
	await confirm(second, await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, file }, NOW)))
	const request = await write((writer) => reportMistake(writer, commitment, { text: 'Wrong day', name: '', contact: '' }, NOW))
	await write((writer) => answerCorrection(writer, circle.lead, request, { answer: 'Mended', changed: true }, NOW))
	for (const table of ['commitment', 'commitment_event', 'verdict_proposal', 'verdict', 'correction_answer']) {
		for (const change of ['delete from', 'truncate']) await assert.rejects(write((writer) => sql.raw(`${change} coalition.${table}${change === 'truncate' ? ' cascade' : ''}`).execute(writer)), /append-only/, table)
		const column = { commitment: 'quote', commitment_event: 'text', verdict_proposal: 'note', verdict: 'note_2', correction_answer: 'answer' }[table]!
		await assert.rejects(write((writer) => sql.raw(`update coalition.${table} set ${column} = 'better'`).execute(writer)), /append-only/, table)
	}
	const events = await coalition.open.database.selectFrom('coalition.commitment_event').select(['number', 'kind']).where('commitment', '=', commitment).orderBy('number').execute()
	assert.deepEqual(events, [{ number: 1, kind: 'evidence' }, { number: 2, kind: 'correction' }], 'a correction is one more entry')
})

test('a rating may move: a later pair of reviewers adds a verdict and the earlier one stays', async () => {
	const { circle, second, commitment, file } = await makeScene()
	const rate = async (rating: string, at: Date) => confirm(second, await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, rating, share: '', doneOn: '', file }, at)), at)
	await rate('in_the_works', NOW)
	await rate('stalled', new Date(NOW.getTime() + 86_400_000))
	const { count } = await coalition.open.database.selectFrom('coalition.verdict').innerJoin('coalition.verdict_proposal', 'id', 'proposal').select(({ fn }) => fn.countAll<string>().as('count')).where('commitment', '=', commitment).executeTakeFirstOrThrow()
	assert.equal(Number(count), 2)
})

test('in the quiet period before an election nothing is confirmed, and the reason names the day; the number of days can be set', async () => {
	const { circle, second, commitment, file, publicBody } = await makeScene()
	const proposal = await write((writer) => proposeVerdict(writer, circle.lead, commitment, { ...KEPT, file }, NOW))
	await write((writer) => addElection(writer, circle.lead, publicBody, '2026-04-30', NOW))
	await assert.rejects(confirm(second, proposal), { code: 'verdict_in_quiet_period', parameters: { election: '2026-04-30', until: '2026-05-01' } })
	await assert.rejects(confirm(second, proposal, new Date('2026-05-01T12:00:00Z')), refuses('verdict_in_quiet_period'), 'the day after too')
	await assert.rejects(write((writer) => setQuietDays(writer, circle.lead, publicBody, '400', NOW)), refuses('quiet_days_unreadable'))
	await write((writer) => setQuietDays(writer, circle.lead, publicBody, '30', NOW))
	await confirm(second, proposal)
})

test('a commitment needs its words, a test, an archived source, a day within the term and a way to fall due', async () => {
	const { circle, term, file, office } = await makeScene()
	const record = (more: object) => write((writer) => recordCommitment(writer, circle.lead, circle.id, { ...PROMISE, term, file, ...more }, NOW))
	const cases = [[{ quote: ' ' }, 'commitment_without_quote'], [{ test: '' }, 'commitment_without_test'], [{ file: '' }, 'file_not_found'], [{ file: 'ab'.repeat(32) }, 'file_not_found'], [{ source: 'javascript:alert(1)' }, 'accountability_source_unreadable'], [{ madeOn: '2024-12-31', dueOn: '2026-01-01' }, 'commitment_outside_term'], [{ madeOn: '2026-03-03' }, 'accountability_day_ahead'], [{ dueOn: '2026-02-30' }, 'accountability_day_unreadable'], [{ dueOn: '2026-01-14' }, 'commitment_due_before'], [{ dueRule: 'one day' }, 'commitment_rule_unknown'], [{ follows: 'd-nothing' }, 'commitment_follows_unknown'], [{ term: 'ot-none' }, 'term_not_found'], [{ ask: 'as-none' }, 'ask_not_found']] as const
	for (const [more, code] of cases) await assert.rejects(record(more), refuses(code), code)
	const { elsewhere, ask } = await write(async (writer) => {
		const plank = await addPlank(writer, circle.lead, circle.id, { text: 'Sundays' }, NOW)
		const ask = await recordAsk(writer, circle.lead, { plank, office, text: 'Open on Sundays', sentOn: '2026-01-10', source: '' }, NOW)
		return { ask, elsewhere: await makeOffices(writer, circle.lead, circle.id) }
	})
	await assert.rejects(record({ ask, term: elsewhere.term }), refuses('ask_of_other_office'))
	const id = await record({ ask, dueRule: 'soon', dueOn: '' })
	const { due } = await coalition.open.database.selectFrom('coalition.commitment').select(sql<string>`due_on::text`.as('due')).where('id', '=', id).executeTakeFirstOrThrow()
	assert.equal(due, '2026-04-15')
})

test('a finding stands on an archived copy; only a search that found nothing has none, and is dated by the search', async () => {
	const { circle, commitment, file } = await makeScene()
	const add = (more: object) => write((writer) => addFinding(writer, circle.lead, commitment, { kind: 'evidence', value: 'supports', text: 'Seen', onDay: '2026-02-20', source: 'https://example.org/', file, ...more }, NOW))
	for (const [more, code] of [[{ file: '' }, 'finding_without_source'], [{ value: 'paid' }, 'finding_kind_unknown'], [{ kind: 'reply' }, 'finding_kind_unknown'], [{ text: '' }, 'finding_without_text'], [{ onDay: '2026-03-09' }, 'accountability_day_ahead']] as const) await assert.rejects(add(more), refuses(code), code)
	assert.equal(await add({ value: 'none_found', file: '', source: '' }), 2)
	assert.equal(await add({ kind: 'money_stage', value: 'adopted' }), 3)
	const row = { commitment, number: 9, kind: 'schedule' as const, value: 'delayed', text: 'x', source: '', source_file: null, on_day: '2026-02-20', at: NOW, entered_by: 'x' }
	await assert.rejects(write((writer) => writer.insertInto('coalition.commitment_event').values(row).execute()), /check/)
})

test('the office replies with a code, without an account, until it ends; nobody replies without one; a letter needs its copy', async () => {
	const { circle, commitment, file } = await makeScene()
	const other = await makeScene()
	const code = await write((writer) => makeReplyCode(writer, circle.lead, commitment, NOW))
	const reply = (to: string, by: string, at = NOW) => write((writer) => replyByCode(writer, to, by, 'It was open on all Sundays.', at))
	await assert.rejects(reply(commitment, 'aaaa'), refuses('reply_code_unknown'))
	await assert.rejects(reply(other.commitment, code), refuses('reply_code_unknown'), 'a code is of one commitment')
	await assert.rejects(reply(commitment, code, new Date('2026-05-01T00:00:00Z')), refuses('reply_code_unknown'))
	assert.equal(await reply(commitment, `${code.slice(0, 4)}-${code.slice(4)}`.toUpperCase()), 2)
	assert.equal(await findReplyCode(coalition.open.database, commitment, code, NOW) instanceof Date, true)
	await assert.rejects(write((writer) => enterReply(writer, circle.lead, commitment, { text: 'Letter', onDay: '2026-02-27', file: '' }, NOW)), refuses('finding_without_source'))
	assert.equal(await write((writer) => enterReply(writer, circle.lead, commitment, { text: 'Letter', onDay: '2026-02-27', file }, NOW)), 3)
})

test('public bodies, offices and terms are listed once, with divisions that can be read', async () => {
	const { circle, publicBody, office } = await makeScene()
	const lead = circle.lead
	const { name } = await coalition.open.database.selectFrom('coalition.public_body').select('name').where('id', '=', publicBody).executeTakeFirstOrThrow()
	await assert.rejects(write((writer) => openPublicBody(writer, lead, circle.id, { name, about: '' }, NOW)), refuses('public_body_there'))
	await assert.rejects(write((writer) => addOffice(writer, lead, publicBody, { post: 'Mayor', division: 'Atlanta' }, NOW)), refuses('office_division_unreadable'))
	await assert.rejects(write((writer) => addOffice(writer, lead, publicBody, { post: 'Member for the harbor', division: 'ocd-division/country:us' }, NOW)), refuses('office_there'))
	await assert.rejects(write((writer) => addTerm(writer, lead, office, { holder: 'A', beginsOn: '2026-01-01', endsOn: '2026-01-01' }, NOW)), refuses('term_ends_before'))
	await assert.rejects(write((writer) => addTerm(writer, lead, office, { holder: 'A', beginsOn: '2025-01-01', endsOn: '2026-01-01' }, NOW)), refuses('term_there'))
})

test('how an office is reached is recorded with its source by whoever keeps it; the newest record holds and none is rewritten', async () => {
	const { circle, office } = await makeScene()
	const given = { email: 'harbor@example.gov', telephone: '', address: '', source: 'https://example.gov/harbor' }
	const record = (more: Partial<typeof given>, actor = circle.lead, at = NOW) => write((writer) => recordOfficeContact(writer, actor, office, { ...given, ...more }, at))
	await assert.rejects(record({ email: '' }), refuses('office_contact_empty'))
	await assert.rejects(record({ email: 'harbor' }), refuses('office_email_unreadable'))
	await assert.rejects(record({ source: 'their page' }), refuses('accountability_source_unreadable'))
	await assert.rejects(record({}, VISITOR), refuses('not_permitted'))
	await record({})
	await record({ email: '', telephone: '404 555 0100' }, circle.lead, later(1))
	const found = (await findOfficeToWrite(coalition.open.database, office, NOW))!
	assert.deepEqual([found.holder, found.contact!.email, found.contact!.telephone], ['Pat Example', '', '404 555 0100'])
	await assert.rejects(write((writer) => writer.deleteFrom('coalition.office_contact').execute()), /refuse|append|change/i)
	assert.equal(await findOfficeToWrite(coalition.open.database, 'of-none', NOW), undefined)
})
