import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { keepFile } from '#files/server'
import { setGoal } from '../agenda/goals.ts'
import { proposePosition } from '../agenda/positions.ts'
import { VISITOR, type Actor } from '../actor.ts'
import { findLink } from '../find-links.ts'
import { answerExchange, recordExchange } from '../exchanges.ts'
import { answerLink, askForLink } from '../links.ts'
import { addToBody, giveRole } from '../members.ts'
import { listWaiting } from '../my-page/waiting.ts'
import { addTestPerson, ADMINISTRATOR, later, makeBody, NOW, openCoalition, refuses } from '../testing.ts'
import { addComment, addResource, answerQuestion, appealComment, askQuestion, decideAppeal, editComment, findByWords, findQuestion, findResource, findResourceFile, listComments, listForModerators, listQuestions, listResources, moderateComment, reportComment, sayWhatHelped, withdrawAnswer, withdrawComment, withdrawResource, type GivenResource } from './index.ts'

const coalition = openCoalition()
const LINK: GivenResource = { kind: 'link', title: 'Tenant guide', summary: '', language: 'en', address: 'https://example.org/guide' }

/** Somebody who belongs to a body, with a role or without. */
const join = (body: string, name: string, role?: 'facilitator' | 'steward') => coalition.write(async (writer): Promise<Actor> => {
	const person = await addTestPerson(writer, name)
	await addToBody(writer, ADMINISTRATOR, body, { person }, 'member', NOW)
	if (role) await giveRole(writer, ADMINISTRATOR, body, person, role, NOW)
	return { account: undefined, person, administrator: false }
})

test('a resource has an address or an attachment of who adds it; a newer one takes its place and comes back out of it; withdrawing needs a reason', async () => {
	const circle = await coalition.write((writer) => makeBody(writer, 'issue_circle', 'public', 'Library circle'))
	const member = await join(circle.id, 'Member of the library')
	const add = (actor: Actor, given: Partial<GivenResource>) => coalition.write((writer) => addResource(writer, actor, circle.id, { ...LINK, ...given }, NOW))
	await assert.rejects(add(member, { address: '' }), refuses('resource_without_content'))
	await assert.rejects(add(member, { address: 'javascript:alert(1)' }), refuses('resource_address_unreadable'))
	await assert.rejects(add(member, { kind: 'rumour' }), refuses('resource_kind_unknown'))
	await assert.rejects(add(member, { title: '  ' }), refuses('resource_without_title'))
	const file = await coalition.write((writer) => keepFile(writer, 'u-kim', { name: 'guide.txt', content: Buffer.from('What to say in court') }, NOW))
	await assert.rejects(add({ ...member, account: 'u-other' }, { address: '', file }), refuses('file_not_found'), 'somebody else’s file is not theirs to use')
	const first = await add({ ...member, account: 'u-kim' }, { address: '', file, title: 'Court, first edition', topic: 'housing' })
	assert.equal((await findResourceFile(coalition.open.database, first))!.content.toString(), 'What to say in court')
	const second = await add(member, { title: 'Court, second edition', supersedes: first })
	await assert.rejects(add(member, { supersedes: first }), refuses('resource_superseded'))
	const titles = async (choice = {}) => (await listResources(coalition.open.database, circle.id, choice)).map(({ title }) => title)
	assert.deepEqual(await titles(), ['Court, second edition'])
	assert.equal((await findResource(coalition.open.database, first))!.supersededBy, second)
	await assert.rejects(coalition.write((writer) => withdrawResource(writer, member, second, ' ', NOW)), refuses('resource_without_reason'))
	const other = await join(circle.id, 'Another member')
	await assert.rejects(coalition.write((writer) => withdrawResource(writer, other, second, 'Wrong', NOW)), refuses('not_permitted'))
	await coalition.write((writer) => withdrawResource(writer, member, second, 'The law changed', later(1)))
	assert.deepEqual(await titles(), ['Court, first edition'])
	assert.deepEqual(await titles({ topic: 'health' }), [])
	const withdrawn = (await findResource(coalition.open.database, second))!
	assert.deepEqual([withdrawn.reason, withdrawn.withdrawnAt], ['The law changed', later(1)])
})

test('a question that began as an ask of a link is answered there by its first answer, once; who asked says which answer helped, and may open it again', async () => {
	const [hub, circle] = await coalition.write(async (writer) => [await makeBody(writer, 'equity_hub', 'public', 'Asking hub'), await makeBody(writer, 'issue_circle', 'public', 'Asked circle')] as const)
	const link = await coalition.write((writer) => askForLink(writer, ADMINISTRATOR, hub.id, circle.id, 'To work together', NOW))
	const ask = () => coalition.write((writer) => recordExchange(writer, ADMINISTRATOR, link, { from: hub.id, kind: 'ask', text: 'Who can read this lease?' }, NOW))
	await coalition.write((writer) => answerLink(writer, ADMINISTRATOR, link, { agrees: true }, NOW))
	const [asker, member] = [await join(hub.id, 'Neighbor'), await join(circle.id, 'Lawyer')]
	const exchange = await ask()
	const given = { from: hub.id, to: circle.id, title: 'Who can read this lease?', text: 'Before the first.', exchange }
	await assert.rejects(coalition.write((writer) => askQuestion(writer, member, given, NOW)), refuses('not_permitted'), 'nobody asks in the name of a body that is not theirs')
	const question = await coalition.write((writer) => askQuestion(writer, asker, given, NOW))
	await assert.rejects(coalition.write((writer) => askQuestion(writer, asker, given, NOW)), refuses('question_exchange_asked'))
	await assert.rejects(coalition.write((writer) => answerQuestion(writer, asker, question, 'I do', NOW)), refuses('not_permitted'))
	const answer = await coalition.write((writer) => answerQuestion(writer, member, question, 'I can, on Tuesday.', later(2)))
	await coalition.write((writer) => answerQuestion(writer, member, question, 'Bring both copies.', later(3)))
	const [moved] = (await findLink(coalition.open.database, link, later(4)))!.exchanges
	assert.deepEqual([moved!.answer, moved!.answeredAt], ['I can, on Tuesday.', later(2)])
	await assert.rejects(coalition.write((writer) => sayWhatHelped(writer, member, question, answer, later(4))), refuses('question_not_found'), 'only who asked says so')
	await coalition.write((writer) => sayWhatHelped(writer, asker, question, answer, later(4)))
	await assert.rejects(coalition.write((writer) => withdrawAnswer(writer, member, answer, later(4))), refuses('answer_helped'))
	const view = (await findQuestion(coalition.open.database, VISITOR, question, later(4)))!
	assert.deepEqual([view.helped, view.said.map(({ helped }) => helped)], [true, [true, false]])
	await coalition.write((writer) => sayWhatHelped(writer, asker, question, '', later(5)))
	await coalition.write((writer) => withdrawAnswer(writer, member, answer, later(5)))
	const [line] = await listQuestions(coalition.open.database, VISITOR, hub.id, later(5))
	assert.deepEqual([line!.helped, line!.answers], [false, 1])
	const other = await ask()
	await coalition.write((writer) => answerExchange(writer, ADMINISTRATOR, other, 'Done.', NOW))
	await assert.rejects(coalition.write((writer) => askQuestion(writer, asker, { ...given, exchange: other }, NOW)), refuses('question_exchange_unfit'))
})

test('a question to a private circle is read by its members and never by those of the public hub who may not know of the circle', async () => {
	const [hub, circle] = await coalition.write(async (writer) => [await makeBody(writer, 'equity_hub', 'public', 'Open hub'), await makeBody(writer, 'issue_circle', 'private', 'Closed circle')] as const)
	const [both, outside] = [await join(hub.id, 'In both'), await join(hub.id, 'In the hub')]
	await assert.rejects(coalition.write((writer) => askQuestion(writer, outside, { from: hub.id, to: circle.id, title: 'Hello?', text: '' }, NOW)), refuses('body_not_found'))
	await coalition.write((writer) => addToBody(writer, ADMINISTRATOR, circle.id, { person: both.person! }, 'member', NOW))
	const question = await coalition.write((writer) => askQuestion(writer, both, { from: hub.id, to: circle.id, title: 'Xylophone secret', text: '' }, NOW))
	for (const actor of [VISITOR, outside, hub.lead]) {
		assert.equal(await findQuestion(coalition.open.database, actor, question, NOW), undefined)
		assert.equal((await findByWords(coalition.open.database, actor, { words: 'xylophone' }, NOW)).total, 0)
		assert.equal((await findByWords(coalition.open.database, actor, { words: 'xylophonne' }, NOW)).meant, undefined, 'a guess tells nothing either')
	}
	assert.equal((await findByWords(coalition.open.database, circle.lead, { words: 'xylophone' }, NOW)).total, 1)
})

test('words are found in English and Spanish, in any ending and with or without accents, titles first, with an excerpt that is only text', async () => {
	const circle = await coalition.write((writer) => makeBody(writer, 'issue_circle', 'public', 'Wording circle'))
	await coalition.write(async (writer) => {
		await addResource(writer, circle.lead, circle.id, { ...LINK, title: 'Guía de la vivienda', language: 'es', summary: 'Sobre la organización de los inquilinos y sus reuniones. <script>alert(1)</script>' }, NOW)
		await addResource(writer, circle.lead, circle.id, { ...LINK, title: 'Repairs that landlords owe', summary: 'Also about zebras.' }, NOW)
		await addResource(writer, circle.lead, circle.id, { ...LINK, title: 'Zebra crossings', summary: 'Where children cross.' }, NOW)
		const goal = await setGoal(writer, circle.lead, circle.id, { title: 'Fewer evictions', story: 'Families lose homes.' }, NOW)
		await proposePosition(writer, circle.lead, goal, 'Quarterly inspections of boilers', NOW)
	})
	const find = (words: string, more = {}) => findByWords(coalition.open.database, VISITOR, { words, body: circle.slug, ...more }, NOW)
	for (const words of ['organizacion', 'organizaciones', 'ORGANIZACIÓN', 'vivienda', 'viviendas', 'reunion', 'reunión', 'inquilino', '"guia de la vivienda"']) assert.deepEqual((await find(words)).found.map(({ title }) => title), ['Guía de la vivienda'], words)
	for (const words of ['landlord', 'repair', 'repairing landlords']) assert.equal((await find(words)).found[0]?.title, 'Repairs that landlords owe', words)
	assert.deepEqual((await find('zebra')).found.map(({ title }) => title), ['Zebra crossings', 'Repairs that landlords owe'])
	assert.deepEqual((await find('zebra -children')).found.map(({ title }) => title), ['Repairs that landlords owe'])
	const [spanish] = (await find('organizacion')).found
	assert.deepEqual(spanish!.excerpt.filter(({ found }) => found).map(({ text }) => text), ['organización'])
	assert.deepEqual((await find('boiler')).found.map(({ kind, title }) => [kind, title]), [['position', 'Fewer evictions']])
	assert.deepEqual((await find('boiler', { kind: 'goal' })).total, 0)
	assert.equal((await findByWords(coalition.open.database, VISITOR, { words: 'zebra', body: 'no-such-body' }, NOW)).total, 0)
	for (const words of ['', '   ', 'the', '"', '-', '!!! & | <->', ':*', '%']) assert.equal((await find(words)).total, 0, words)
	assert.equal((await find('zebbra crosings')).meant, 'zebra crossings')
	const second = (await findResource(coalition.open.database, (await find('landlord')).found[0]!.id))!
	await coalition.write((writer) => withdrawResource(writer, circle.lead, second.id, 'Old', NOW))
	assert.equal((await find('landlord')).total, 0, 'what was withdrawn is not found')
})

test('pages of results hold each finding once', async () => {
	const circle = await coalition.write((writer) => makeBody(writer, 'issue_circle', 'public', 'Paged circle'))
	await coalition.write(async (writer) => {
		for (let n = 0; n < 45; n++) await addResource(writer, circle.lead, circle.id, { ...LINK, title: `Quokka ${n}` }, NOW)
	})
	const pages = await Promise.all([1, 2, 3, 4].map((page) => findByWords(coalition.open.database, VISITOR, { words: 'quokka', page }, NOW)))
	assert.deepEqual(pages.map(({ found }) => found.length), [20, 20, 5, 0])
	assert.equal(new Set(pages.flatMap(({ found }) => found.map(({ id }) => id))).size, 45)
})

test('every source of the search has an index that the search can use', async () => {
	const { rows } = await coalition.write(async (writer) => {
		await sql`set local enable_seqscan = off`.execute(writer)
		return sql<Record<'QUERY PLAN', string>>`explain select id from coalition.findable where words @@ coalition.asked_words('lease')`.execute(writer)
	})
	const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
	for (const name of ['resource', 'question', 'answer', 'goal', 'position', 'proposal', 'decision', 'minutes', 'statement']) assert.match(plan, new RegExp(`${name}_words`))
})

test('a comment is changed within a quarter of an hour by its author alone; reported, hidden with a reason in its place, and appealed once to somebody else', async () => {
	const circle = await coalition.write((writer) => makeBody(writer, 'issue_circle', 'public', 'Commented circle'))
	const goal = await coalition.write((writer) => setGoal(writer, circle.lead, circle.id, { title: 'A goal', story: '' }, NOW))
	const [author, reader, steward] = [await join(circle.id, 'Author'), await join(circle.id, 'Reader'), await join(circle.id, 'Steward', 'steward')]
	const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000)
	const comment = await coalition.write((writer) => addComment(writer, author, { kind: 'goal', id: goal }, 'Bad words', NOW))
	const doing = <T extends unknown[]>(verb: (writer: never, ...rest: T) => Promise<void>, ...rest: T) => coalition.write((writer) => verb(writer as never, ...rest))
	await assert.rejects(doing(editComment, reader, comment, 'Mine', minutes(1)), refuses('agenda_comment_not_found'))
	await doing(editComment, author, comment, 'Worse words', minutes(15))
	await assert.rejects(doing(editComment, author, comment, 'Later', minutes(16)), refuses('comment_too_late'))
	await assert.rejects(doing(reportComment, author, comment, 'Me', NOW), refuses('comment_own'))
	await assert.rejects(doing(reportComment, VISITOR, comment, 'It insults', NOW), refuses('not_permitted'))
	await doing(reportComment, reader, comment, 'It insults', NOW)
	await assert.rejects(doing(reportComment, reader, comment, 'Again', NOW), refuses('comment_reported'))
	assert.equal((await listForModerators(coalition.open.database, circle.id, steward, NOW)).length, 1)
	const waits = async (actor: Actor) => (await listWaiting(coalition.open.database, actor, NOW)).waiting.filter(({ kind }) => kind === 'comment').length
	assert.deepEqual([await waits(steward), await waits(reader)], [1, 0], 'it waits on the page of who moderates')
	await assert.rejects(doing(moderateComment, reader, comment, { hides: true, reason: 'No' }, NOW), refuses('not_permitted'))
	await assert.rejects(doing(moderateComment, steward, comment, { hides: true, reason: '' }, NOW), refuses('agenda_comment_without_reason'))
	await doing(moderateComment, steward, comment, { hides: true, reason: 'Names a neighbor' }, NOW)
	const seen = async (actor: Actor, moderates = false) => (await listComments(coalition.open.database, { goal }, { actor, seesPeople: true, moderates }, NOW))[0]!
	assert.deepEqual([(await seen(reader)).text, (await seen(reader)).name, (await seen(reader)).hidden], ['', '', 'Names a neighbor'])
	assert.equal((await seen(author)).text, 'Worse words')
	await assert.rejects(doing(appealComment, reader, comment, 'Why', NOW), refuses('agenda_comment_not_found'))
	await doing(appealComment, author, comment, 'I name nobody', NOW)
	assert.deepEqual([await waits(steward), await waits(circle.lead)], [0, 1], 'an appeal waits for somebody else')
	await assert.rejects(doing(appealComment, author, comment, 'Again', NOW), refuses('comment_appealed'))
	await assert.rejects(doing(decideAppeal, steward, comment, { restores: false, reason: 'I know best' }, NOW), refuses('appeal_by_another'))
	await doing(decideAppeal, circle.lead, comment, { restores: true, reason: 'No name is in it' }, NOW)
	assert.deepEqual([(await seen(reader)).text, (await seen(reader)).hidden], ['Worse words', undefined])
	await assert.rejects(doing(moderateComment, steward, comment, { hides: true, reason: 'Still' }, NOW), refuses('comment_restored'))
	assert.equal((await listForModerators(coalition.open.database, circle.id, steward, NOW)).length, 0)
	const { rows } = await sql<{ kind: string; whole: string }>`select kind, to_jsonb(ledger)::text as whole from core.ledger ledger where subject = ${`coalition:comment/${comment}`} order by seq`.execute(coalition.open.database)
	assert.deepEqual(rows.map(({ kind }) => kind), ['comment.added', 'comment.edited', 'comment.reported', 'comment.hidden', 'comment.appealed', 'comment.restored'])
	assert.doesNotMatch(JSON.stringify(rows), /words|insults|neighbor|nobody/i, 'no text stands in the ledger')
	await assert.rejects(coalition.write((writer) => writer.updateTable('coalition.comment_step').set({ reason: 'x' }).execute()), /append|change/i)
	await doing(withdrawComment, author, comment, NOW)
	assert.equal((await listComments(coalition.open.database, { goal }, { actor: reader, seesPeople: true, moderates: false }, NOW)).length, 0)
})

test('two moderators who act at once hide a comment once', async () => {
	const circle = await coalition.write((writer) => makeBody(writer, 'issue_circle', 'public', 'Busy circle'))
	const goal = await coalition.write((writer) => setGoal(writer, circle.lead, circle.id, { title: 'A goal', story: '' }, NOW))
	const author = await join(circle.id, 'Quick author')
	const comment = await coalition.write((writer) => addComment(writer, author, { kind: 'goal', id: goal }, 'Words', NOW))
	const tries = await Promise.allSettled([1, 2, 3].map(() => coalition.write((writer) => moderateComment(writer, circle.lead, comment, { hides: true, reason: 'Off' }, NOW))))
	assert.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
})
