import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import ICAL from 'ical.js'
import { Refusal, writeSetting } from '#database'
import { chooseCadence, stopEverything, writeDigests } from '#mail/server'
import { addPerson } from '#people/server'
import { announce, findAudience, listAnnouncements } from './announcements.ts'
import { cancelConvening, changeConvening } from './convenings/convenings.ts'
import { sayComing } from './convenings/rsvps.ts'
import { remindGuests } from './convenings/tell-guests.ts'
import { EVENING, makeConvening } from './convenings/testing/index.ts'
import { openDecision } from './decisions/open-decision.ts'
import { addToBody, endMembership } from './members.ts'
import { ADMINISTRATOR, later, makeBody, NOW, openCoalition } from './testing.ts'
import { TOPICS, topicOf } from './topics.ts'

const coalition = openCoalition()
const { write } = coalition
const HOW = { wording: 'How often? Once a week', source: 'test' }
beforeEach(() => writeSetting(coalition.open.database as never, 'origin', 'https://atlas.example.org'))

let number = 0
/** A member of a body with an address, who chose how often they hear of it. */
async function addMember(body: string, cadence?: string, language: 'en' | 'es' = 'en') {
	const email = `member${++number}@example.org`
	return write(async (writer) => {
		const person = await addPerson(writer, { name: email, email, language }, NOW)
		const membership = await addToBody(writer, ADMINISTRATOR, body, { person }, 'voting', NOW)
		if (cadence) await chooseCadence(writer, person, topicOf(body), cadence, HOW, NOW)
		return { person, membership, email }
	})
}
const digests = (cadence: 'now' | 'daily' | 'weekly', now = later(1)) => writeDigests({ database: coalition.open.database as never, now, cadence, topics: TOPICS })
const lettersTo = async (email: string) => (await coalition.open.database.selectFrom('mail.letter').select(['kind', 'parameters', 'language', 'once']).where('recipient', '=', email).orderBy('made_at').execute())
const titlesTo = async (email: string) => (await lettersTo(email)).filter(({ kind }) => kind === 'digest').map(({ parameters }) => parameters.groups!.map(({ name, lines }) => [name, ...lines.map(({ title }) => title)]))

test('a digest tells each thing once, the newest first, by body and in the language of the person, and is never empty', async () => {
	const [a, b] = await write(async (writer) => [await makeBody(writer, 'issue_circle', 'public', 'Digest circle'), await makeBody(writer, 'issue_circle', 'private', 'Quiet circle')] as const)
	const ana = await addMember(a.id, 'weekly', 'es')
	await write(async (writer) => {
		await addToBody(writer, ADMINISTRATOR, b.id, { person: ana.person }, 'voting', NOW)
		await chooseCadence(writer, ana.person, topicOf(b.id), 'weekly', HOW, NOW)
	})
	assert.equal(await digests('weekly'), 0, 'nothing new, no letter')
	await write(async (writer) => {
		await announce(writer, ADMINISTRATOR, a.id, { subject: 'First', text: 'One' }, later(0.1))
		await openDecision(writer, ADMINISTRATOR, b.id, { method: 'consent', electorate: 'people', secret: false, title: 'Rents', text: 'Shall we?' }, later(0.2))
		await announce(writer, ADMINISTRATOR, a.id, { subject: 'Second', text: 'Two' }, later(0.3))
	})
	// Two workers at the same moment write one letter.
	const written = await Promise.all([digests('weekly'), digests('weekly')])
	assert.equal(written[0]! + written[1]!, 1)
	const [groups] = await titlesTo(ana.email)
	assert.deepEqual(groups, [['Digest circle', 'Second', 'First'], ['Quiet circle', 'Decisión abierta: Rents']])
	const [letter] = (await lettersTo(ana.email)).filter(({ kind }) => kind === 'digest')
	assert.match(letter!.parameters.groups![0]!.lines[0]!.url, /^https:\/\/atlas\.example\.org\/es\/coalition\//)
	assert.equal(await digests('weekly', later(8)), 0, 'each thing once')
	assert.equal(await digests('daily'), 0, 'not in another rhythm')
})

test('the end of a membership stops the digest at once, and so does stopping everything', async () => {
	const { id } = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Leaving circle'))
	const [gone, stopped, stays] = [await addMember(id, 'daily'), await addMember(id, 'daily'), await addMember(id, 'daily')]
	await write((writer) => announce(writer, ADMINISTRATOR, id, { subject: 'News', text: 'Text' }, later(0.1)))
	await write(async (writer) => {
		await endMembership(writer, ADMINISTRATOR, gone.membership, later(0.2))
		await stopEverything(writer, stopped.person, HOW, later(0.2))
	})
	assert.equal(await digests('daily'), 1)
	assert.deepEqual([await titlesTo(gone.email), await titlesTo(stopped.email), await titlesTo(stays.email)], [[], [], [[['Leaving circle', 'News']]]])
})

test('the publish screen counts everybody of the body once, and the audience is fixed by publishing', async () => {
	const { id } = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Announcing circle'))
	await addMember(id, 'now')
	await addMember(id, 'weekly')
	await addMember(id)
	const stopped = await addMember(id, 'daily')
	await write((writer) => chooseCadence(writer, stopped.person, topicOf(id), 'none', HOW, NOW))
	const { counts } = await findAudience(coalition.open.database, id, NOW)
	assert.deepEqual(counts, { now: 1, daily: 0, weekly: 1, notAsked: 2, noAddress: 1, stopped: 0 }, 'the lead has no address')
	await write((writer) => announce(writer, ADMINISTRATOR, id, { subject: 'The hall', text: 'It is open.' }, later(0.1)))
	const late = await addMember(id, 'now')
	await digests('now')
	assert.deepEqual(await titlesTo(late.email), [], 'who was not counted is not told')
	const [shown] = await listAnnouncements(coalition.open.database, id)
	assert.deepEqual([shown!.subject, shown!.audience], ['The hall', counts])
	await assert.rejects(coalition.open.database.updateTable('coalition.announcement').set({ text: 'Other' }).execute(), 'what was published stays as it is')
	await assert.rejects(write((writer) => announce(writer, ADMINISTRATOR, id, { subject: ' ', text: 'x' }, NOW)), (cause) => cause instanceof Refusal && cause.code === 'announcement_without_subject')
})

test('a decision that is opened writes to each elector with an address, once', async () => {
	const { id } = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Deciding circle'))
	const voter = await addMember(id)
	const decision = await write((writer) => openDecision(writer, ADMINISTRATOR, id, { method: 'majority', electorate: 'people', secret: false, title: 'Ninety days', text: 'Shall we?', closesOn: '2026-03-20' }, NOW))
	const letters = await lettersTo(voter.email)
	assert.deepEqual(letters.map(({ kind, parameters }) => [kind, parameters.title, parameters.url]), [['decision_opened', 'Ninety days', `https://atlas.example.org/coalition/decisions/${decision}`]])
})

test('guests get the calendar file of a convening that moved and of one that was called off, with the same UID and a higher SEQUENCE; other words are no reason to write; a reminder comes once', async () => {
	process.env.THROUGHLINE_SMTP_URL = 'smtp://127.0.0.1:9'
	process.env.THROUGHLINE_MAIL_FROM = 'Atlas <atlas@example.org>'
	try {
		const { id: body } = await write((writer) => makeBody(writer, 'issue_circle', 'public', 'Meeting circle'))
		const convening = await write((writer) => makeConvening(writer, body))
		await write((writer) => sayComing(writer, ADMINISTRATOR, convening, { name: 'Ana', contact: 'ana@example.net', language: 'es' }, NOW))
		const startsAt = (await coalition.open.database.selectFrom('coalition.convening').select('starts_at').where('id', '=', convening).executeTakeFirstOrThrow()).starts_at
		const dayBefore = new Date(startsAt.getTime() - 20 * 3_600_000)
		for (const _ of [1, 2]) await write((writer) => remindGuests(writer, dayBefore))
		await write((writer) => changeConvening(writer, ADMINISTRATOR, convening, { ...EVENING, title: 'Other words' }, later(1)))
		await write((writer) => changeConvening(writer, ADMINISTRATOR, convening, { ...EVENING, begins: '18:30', ends: '20:30' }, later(2)))
		await write((writer) => cancelConvening(writer, ADMINISTRATOR, convening, 'The hall has no water.', later(3)))
		const letters = (await lettersTo('ana@example.net')).sort((a, b) => a.kind.localeCompare(b.kind))
		assert.deepEqual(letters.map(({ kind, language }) => [kind, language]), [['convening_cancelled', 'es'], ['convening_moved', 'es'], ['convening_reminder', 'es']])
		const [cancelled, moved] = letters.map(({ parameters }) => parameters.calendar && new ICAL.Component(ICAL.parse(parameters.calendar)))
		const eventOf = (calendar: typeof moved) => (calendar as ICAL.Component).getFirstSubcomponent('vevent')!
		assert.deepEqual([moved, cancelled].map((calendar) => (calendar as ICAL.Component).getFirstPropertyValue('method')), ['REQUEST', 'CANCEL'])
		assert.equal(eventOf(moved).getFirstPropertyValue('uid'), eventOf(cancelled).getFirstPropertyValue('uid'))
		assert.deepEqual([moved, cancelled].map((calendar) => eventOf(calendar).getFirstPropertyValue('sequence')), [2, 3])
		assert.deepEqual([moved, cancelled].map((calendar) => eventOf(calendar).getFirstPropertyValue('attendee')), ['mailto:ana@example.net', 'mailto:ana@example.net'])
		assert.match(letters[0]!.parameters.reason as string, /no water/)
	} finally {
		delete process.env.THROUGHLINE_SMTP_URL
		delete process.env.THROUGHLINE_MAIL_FROM
	}
})
