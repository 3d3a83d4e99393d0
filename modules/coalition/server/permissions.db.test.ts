import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Refusal, type OpenDatabase, type Writer } from '#database'
import { createTestDatabase } from '#database/testing'
import { PRESETS, VISIBILITIES, type BodyRole, type Standing, type Visibility } from '../bodies.ts'
import { ACTIONS, may, POSITIONS, type BodyAction, type Position } from '../permissions.ts'
import { VISITOR, type Actor } from './actor.ts'
import { checkIn, countHeads } from './convenings/door.ts'
import { convene } from './convenings/convenings.ts'
import { writeMinutes } from './convenings/minutes.ts'
import { cancelForGuest, sayComing } from './convenings/rsvps.ts'
import { DURING, EVENING, makeConvening } from './convenings/testing/index.ts'
import { closeBody, findBody, foundBody } from './bodies.ts'
import { announce } from './announcements.ts'
import { acceptCharter, changeCharter } from './charters.ts'
import type { CoalitionTables } from './coalition-tables.ts'
import { castBallot, closeDecision } from './decisions/ballots.ts'
import { recordStep } from './decisions/follow-decision.ts'
import { openDecision } from './decisions/open-decision.ts'
import { answerExchange, recordExchange } from './exchanges.ts'
import { answerLink, askForLink, endLink, nameLinkPerson } from './links.ts'
import { beginMemberImport, mergeMembers } from './members/index.ts'
import { addToBody, endMembership, giveRole } from './members.ts'
import { publishRoom } from './room/publish-room.ts'
import { enterSlip, openSurvey } from './room/surveys.ts'
import { requireMay } from './actor.ts'
import { setActionItem } from './actions/action-items.ts'
import { setGoal } from './agenda/goals.ts'
import { proposePosition, settlePosition } from './agenda/positions.ts'
import { answerProposal, raiseProposal } from './agenda/proposals.ts'
import { addComment } from './knowledge/comments.ts'
import { appealComment, decideAppeal, moderateComment } from './knowledge/moderation.ts'
import { answerQuestion, askQuestion } from './knowledge/questions.ts'
import { addResource } from './knowledge/resources.ts'
import { addPlank } from './accountability/commitments.ts'
import { answerCorrection, reportMistake } from './accountability/corrections.ts'
import { addFinding } from './accountability/findings.ts'
import { openPublicBody } from './accountability/offices.ts'
import { KEPT, makeCommitment } from './accountability/testing/index.ts'
import { confirmVerdict, proposeVerdict } from './accountability/verdicts.ts'
import { answerSignOn, signForOrganization } from './taking-part/sign-ons.ts'
import { writeStatement } from './taking-part/statements.ts'
import { answerUptake, recordUptake } from './taking-part/uptake.ts'
import { addUpdate, answerCall, callTogether } from './taking-part/response.ts'
import { CALL, PETITION, SIGN_ON, UPTAKE } from './taking-part/testing/index.ts'
import { listVolunteers } from './volunteering/coordinate.ts'
import { offerRole } from './volunteering/roles.ts'
import { makeRole, ROLE } from './volunteering/testing/index.ts'
import { startCampaign } from './campaigns/campaigns.ts'
import { writeCanvassNote } from './campaigns/canvass-notes.ts'
import { logHours } from './campaigns/hours.ts'
import { CENSUS } from './campaigns/testing/index.ts'
import { findBodyCounts, findBodyHealth } from './capacity/index.ts'
import { openWave } from './surveys/index.ts'
import { addTestCitation, addTestPerson, ADMINISTRATOR, makeBody, NOW } from './testing.ts'

type Tables = CoalitionTables
let open: OpenDatabase<Tables>
before(async () => void (open = await createTestDatabase<Tables>()))
after(() => open.close())

interface Scene {
	/** The body that is tried, and its address. */
	body: string
	slug: string
	visibility: Visibility
	/** Linked with it; its lead sent an exchange that waits, and the body one. */
	hub: string
	link: string
	incoming: string
	/** A hub that asked for a link and waits. */
	asking: string
	pending: string
	/** Not linked yet. */
	stranger: string
	membership: string
	person: string
	/** A convening with one guest. */
	convening: string
	rsvp: string
	citation: string
	/** Raised with the body, and waiting. */
	proposal: string
	goal: string
	position: string
	/** A commitment, the archived copy of its source, a rating that waits for a second reviewer, and a report that something is wrong. */
	commitment: string
	file: string
	verdict: string
	mistake: string
	/** A question to the body, and a comment on its goal by an ordinary member. */
	question: string
	comment: string
	author: Actor
}

const MAJORITY = { method: 'majority', electorate: 'people', secret: false, title: 'A question', text: 'Shall we?', closesOn: '2026-03-01' }
const YES = { choice: 'yes', ranks: {}, reason: '' }

/** What each action is, tried as a verb of the door; reading ones ask as the pages do. */
const TRIES: Record<BodyAction, (writer: Writer<Tables>, actor: Actor, scene: Scene) => Promise<unknown>> = {
	see_page: async (writer, actor, { slug }) => {
		if (!(await findBody(writer, slug, actor, NOW))) throw new Refusal('body_not_found', {})
	},
	see_members: (writer, actor, { body, visibility }) => requireMay(writer, { id: body, visibility }, actor, 'see_members', NOW),
	see_inside: (writer, actor, { body, visibility }) => requireMay(writer, { id: body, visibility }, actor, 'see_inside', NOW),
	found_body: (writer, actor, { person }) => foundBody(writer, actor, { kind: 'issue_circle', name: 'Another circle', visibility: 'public', aim: 'An aim', domain: '', agreements: '', rules: PRESETS.issue_circle.rules, lead: person }, NOW),
	accept_charter: (writer, actor, { body }) => acceptCharter(writer, actor, body, 1, NOW),
	change_charter: (writer, actor, { body }) => changeCharter(writer, actor, body, { aim: 'Another aim', domain: '', agreements: '', rules: PRESETS.issue_circle.rules }, NOW),
	add_member: async (writer, actor, { body }) => addToBody(writer, actor, body, { person: await addTestPerson(writer, 'Newcomer') }, 'member', NOW),
	import_members: (writer, actor, { body }) => beginMemberImport(writer, actor, body, { fileName: 'list.csv', columns: ['Name'], rows: [['Ana Ruiz']], source: 'Sign-up table', standing: 'member' }, NOW),
	merge_people: async (writer, actor, { body, person }) => {
		const other = await addTestPerson(writer, 'Ordinary Member')
		await addToBody(writer, ADMINISTRATOR, body, { person: other }, 'member', NOW)
		return mergeMembers(writer, actor, body, { kept: person, merged: other }, NOW)
	},
	end_membership: (writer, actor, { membership }) => endMembership(writer, actor, membership, NOW),
	give_role: (writer, actor, { body, person }) => giveRole(writer, actor, body, person, 'steward', NOW),
	ask_for_link: (writer, actor, { body, stranger }) => askForLink(writer, actor, body, stranger, 'To work together', NOW),
	answer_link: (writer, actor, { pending }) => answerLink(writer, actor, pending, { agrees: true }, NOW),
	end_link: (writer, actor, { link, body }) => endLink(writer, actor, link, body, 'It did its work', NOW),
	name_link_person: (writer, actor, { link, body, person }) => nameLinkPerson(writer, actor, link, body, person, NOW),
	record_exchange: (writer, actor, { link, body }) => recordExchange(writer, actor, link, { from: body, kind: 'ask', text: 'Who knows the rent data?' }, NOW),
	answer_exchange: (writer, actor, { incoming }) => answerExchange(writer, actor, incoming, 'We do.', NOW),
	open_decision: (writer, actor, { body }) => openDecision(writer, actor, body, { ...MAJORITY, method: 'consent' }, NOW),
	take_part: async (writer, actor, { body }) => {
		const decision = await openDecision(writer, ADMINISTRATOR, body, { ...MAJORITY, method: 'consent' }, NOW)
		await recordStep(writer, ADMINISTRATOR, decision, { kind: 'present', content: {} }, NOW)
		return recordStep(writer, actor, decision, { kind: 'question', content: { text: 'From when?' } }, NOW)
	},
	cast_ballot: async (writer, actor, { body }) => castBallot(writer, actor, await openDecision(writer, ADMINISTRATOR, body, MAJORITY, NOW), YES, NOW),
	enter_ballot_for: async (writer, actor, { body }) => {
		const decision = await openDecision(writer, ADMINISTRATOR, body, MAJORITY, NOW)
		const { id } = await writer.selectFrom('coalition.elector').innerJoin('people.person', 'people.person.id', 'coalition.elector.person').select('coalition.elector.id').where('decision', '=', decision).where('name', 'like', 'Lead of%').executeTakeFirstOrThrow()
		return castBallot(writer, actor, decision, { ...YES, elector: id, how: 'phone' }, NOW)
	},
	close_decision: async (writer, actor, { body }) => closeDecision(writer, actor, await openDecision(writer, ADMINISTRATOR, body, MAJORITY, NOW), { reviewOn: '', owner: '', outcome: '' }, new Date(NOW.getTime() + 86_400_000)),
	convene: (writer, actor, { body }) => convene(writer, actor, body, EVENING, NOW),
	announce: (writer, actor, { body }) => announce(writer, actor, body, { subject: 'News', text: 'The hall is open.' }, NOW),
	see_guests: (writer, actor, { convening, rsvp }) => cancelForGuest(writer, actor, convening, rsvp, NOW),
	check_in: (writer, actor, { convening, rsvp }) => checkIn(writer, actor, convening, rsvp, { method: 'desk' }, DURING),
	write_minutes: (writer, actor, { convening }) => writeMinutes(writer, actor, convening, { minutes: '', heard: 'Rents rise twice a year.', changed: '', whyNot: '', levelDelivered: 'consult' }, DURING),
	set_action_item: (writer, actor, { body, person }) => setActionItem(writer, actor, body, { what: 'Write to the county', owner: person, dueOn: '' }, NOW),
	raise_proposal: (writer, actor, { body, hub, citation }) => raiseProposal(writer, actor, { from: body, to: hub, citation, title: 'Rents', text: '' }, NOW),
	answer_proposal: (writer, actor, { proposal }) => answerProposal(writer, actor, proposal, { takesUp: true }, NOW),
	set_goal: (writer, actor, { body }) => setGoal(writer, actor, body, { title: 'A goal', story: '' }, NOW),
	argue: (writer, actor, { goal }) => proposePosition(writer, actor, goal, 'A position', NOW),
	settle_position: (writer, actor, { position }) => settlePosition(writer, actor, position, 'adopted', 'By consent', NOW),
	open_room_survey: (writer, actor, { convening }) => openSurvey(writer, actor, convening, ['home'], NOW),
	enter_room_answer: async (writer, actor, { convening }) => {
		await openSurvey(writer, ADMINISTRATOR, convening, ['home'], NOW)
		return enterSlip(writer, actor, convening, { choices: { home: 'rents' }, words: {} }, NOW)
	},
	publish_room: async (writer, actor, { convening }) => {
		await openSurvey(writer, ADMINISTRATOR, convening, ['home'], NOW)
		await countHeads(writer, ADMINISTRATOR, convening, '20', DURING)
		return publishRoom(writer, actor, convening, DURING)
	},
	set_offices: (writer, actor, { body }) => openPublicBody(writer, actor, body, { name: 'School board', about: '' }, NOW),
	record_commitment: (writer, actor, { body }) => addPlank(writer, actor, body, { text: 'Buses on Sundays' }, NOW),
	add_evidence: (writer, actor, { commitment, file }) => addFinding(writer, actor, commitment, { kind: 'official_status', value: 'under_way', text: 'Said in the council', onDay: '2026-02-20', source: 'https://example.org/', file }, NOW),
	propose_verdict: (writer, actor, { commitment, file }) => proposeVerdict(writer, actor, commitment, { ...KEPT, file }, NOW),
	confirm_verdict: (writer, actor, { verdict }) => confirmVerdict(writer, actor, verdict, { note: 'I looked it up too.', noStake: true }, NOW),
	answer_correction: (writer, actor, { mistake }) => answerCorrection(writer, actor, mistake, { answer: 'You are right.', changed: true }, NOW),
	write_statement: (writer, actor, { body }) => writeStatement(writer, actor, body, PETITION, NOW),
	verify_signature: async (writer, actor, scene) => answerSignOn(writer, actor, await whilePublic(writer, scene, async () => signForOrganization(writer, VISITOR, await writeStatement(writer, ADMINISTRATOR, scene.body, PETITION, NOW), SIGN_ON, NOW)), { verified: true, reason: '' }, NOW),
	record_uptake: async (writer, actor, scene) => recordUptake(writer, actor, scene.body, { ...UPTAKE, file: scene.file, record: await makeUptakable(writer, scene) }, NOW),
	confirm_uptake: async (writer, actor, scene) => {
		const record = await makeUptakable(writer, scene)
		return answerUptake(writer, actor, await whilePublic(writer, scene, () => recordUptake(writer, scene.author, scene.body, { ...UPTAKE, file: scene.file, record }, NOW)), { agrees: true, note: 'I compared it' }, NOW)
	},
	call_response: (writer, actor, { body }) => callTogether(writer, actor, body, CALL, NOW),
	answer_call: async (writer, actor, { body, hub }) => answerCall(writer, actor, await callTogether(writer, ADMINISTRATOR, hub, CALL, NOW), body, { comes: true, text: '' }, NOW),
	lead_response: async (writer, actor, scene) => addUpdate(writer, actor, await whilePublic(writer, scene, () => callTogether(writer, ADMINISTRATOR, scene.body, CALL, NOW)), 'The water is back.', NOW),
	offer_role: (writer, actor, { body }) => offerRole(writer, actor, body, ROLE, NOW),
	coordinate_volunteers: async (writer, actor, { body }) => listVolunteers(writer, actor, (await makeRole(writer, body)).role, NOW),
	run_campaign: (writer, actor, { body }) => startCampaign(writer, actor, body, CENSUS, NOW),
	write_canvass_note: async (writer, actor, { body }) => writeCanvassNote(writer, actor, await startCampaign(writer, ADMINISTRATOR, body, CENSUS, NOW), { place: '', day: '2026-02-20', doors: '9', contacts: '4', answers: '2', heard: '' }, NOW),
	log_hours: async (writer, actor, { body }) => logHours(writer, actor, await startCampaign(writer, ADMINISTRATOR, body, CENSUS, NOW), { organization: '', day: '2026-02-20', hours: '2', cost: '', class: 'education', what: 'Doors' }, NOW),
	add_resource: (writer, actor, { body }) => addResource(writer, actor, body, { kind: 'link', title: 'A guide', summary: '', language: 'en', address: 'https://example.org/' }, NOW),
	ask_question: (writer, actor, { body, hub }) => askQuestion(writer, actor, { from: body, to: hub, title: 'Who knows?', text: '' }, NOW),
	answer_question: (writer, actor, { question }) => answerQuestion(writer, actor, question, 'We do.', NOW),
	comment: (writer, actor, { goal }) => addComment(writer, actor, { kind: 'goal', id: goal }, 'A word', NOW),
	moderate: (writer, actor, { comment }) => moderateComment(writer, actor, comment, { hides: true, reason: 'It insults' }, NOW),
	decide_appeal: async (writer, actor, { comment, author }) => {
		await moderateComment(writer, ADMINISTRATOR, comment, { hides: true, reason: 'It insults' }, NOW)
		await appealComment(writer, author, comment, 'It does not', NOW)
		return decideAppeal(writer, actor, comment, { restores: true, reason: 'It does not' }, NOW)
	},
	see_capacity: (writer, actor, { body, visibility }) => findBodyCounts(writer, actor, { id: body, visibility, foundedAt: NOW }, 'year', NOW),
	see_health: (writer, actor, { body, visibility }) => findBodyHealth(writer, actor, { id: body, visibility }, NOW),
	open_survey_wave: async (writer, actor, { body }) => {
		for (let n = 0; n < 4; n++) await addToBody(writer, ADMINISTRATOR, body, { person: await addTestPerson(writer, `Asked ${n}`) }, 'member', NOW)
		return openWave(writer, actor, body, { opensOn: '2026-03-02', closesOn: '2026-03-20' }, false, NOW)
	},
	close_body: (writer, actor, { body }) => closeBody(writer, actor, body, NOW),
}

async function setScene(writer: Writer<Tables>, visibility: Visibility): Promise<Scene> {
	const circle = await makeBody(writer, 'issue_circle', visibility, 'Tried circle')
	const [hub, asking, stranger] = [await makeBody(writer, 'equity_hub', 'public', 'Linked hub'), await makeBody(writer, 'equity_hub', 'public', 'Asking hub'), await makeBody(writer, 'equity_hub', 'public', 'New hub')]
	const link = await askForLink(writer, ADMINISTRATOR, circle.id, hub.id, 'To work together', NOW)
	await answerLink(writer, ADMINISTRATOR, link, { agrees: true }, NOW)
	const incoming = await recordExchange(writer, ADMINISTRATOR, link, { from: hub.id, kind: 'ask', text: 'Can you help?' }, NOW)
	const pending = await askForLink(writer, ADMINISTRATOR, asking.id, circle.id, 'To work together', NOW)
	const person = await addTestPerson(writer, 'Ordinary member')
	const membership = await addToBody(writer, ADMINISTRATOR, circle.id, { person }, 'member', NOW)
	const convening = await makeConvening(writer, circle.id)
	const { id: rsvp } = await sayComing(writer, ADMINISTRATOR, convening, { name: 'Guest' }, NOW)
	const citation = await addTestCitation(writer)
	const proposal = await raiseProposal(writer, ADMINISTRATOR, { from: hub.id, to: circle.id, citation, title: 'Rents', text: '' }, NOW)
	const goal = await setGoal(writer, ADMINISTRATOR, circle.id, { title: 'Homes', story: '' }, NOW)
	const position = await proposePosition(writer, circle.lead, goal, 'Notice of 90 days', NOW)
	const author = { account: undefined, person, administrator: false }
	const question = await askQuestion(writer, hub.lead, { from: hub.id, to: circle.id, title: 'Who knows?', text: '' }, NOW).catch(async (cause) => {
		if (visibility !== 'private') throw cause
		return askQuestion(writer, circle.lead, { from: circle.id, to: circle.id, title: 'Who knows?', text: '' }, NOW)
	})
	const comment = await addComment(writer, author, { kind: 'goal', id: goal }, 'A word', NOW)
	return { question, comment, author, ...(await setPromise(writer, circle, visibility)), convening, rsvp, citation, proposal, goal, position, body: circle.id, slug: circle.slug, visibility, hub: hub.id, link, incoming, asking: asking.id, pending, stranger: stranger.id, membership, person }
}

/** The scene's position, adopted, so that others can have taken it over. */
async function makeUptakable(writer: Writer<Tables>, { position }: Scene): Promise<string> {
	await settlePosition(writer, ADMINISTRATOR, position, 'adopted', 'By consent', NOW)
	return `coalition:position/${position}`
}

/** What a body made while it was public; it may have become another since. */
async function whilePublic<T>(writer: Writer<Tables>, { body, visibility }: Scene, work: () => Promise<T>): Promise<T> {
	const become = (shown: Visibility) => writer.updateTable('coalition.body').set({ visibility: shown }).where('id', '=', body).execute()
	await become('public')
	const made = await work()
	await become(visibility)
	return made
}

/** A promise as a body records it while it is public; it may have become another since. */
async function setPromise(writer: Writer<Tables>, { id, lead }: { id: string; lead: Actor }, visibility: Visibility): Promise<Pick<Scene, 'commitment' | 'file' | 'verdict' | 'mistake'>> {
	await writer.updateTable('coalition.body').set({ visibility: 'public' }).where('id', '=', id).execute()
	const { commitment, file } = await makeCommitment(writer, lead, id)
	const verdict = await proposeVerdict(writer, lead, commitment, { ...KEPT, file }, NOW)
	const mistake = await reportMistake(writer, commitment, { text: 'The day is wrong', name: '', contact: '' }, NOW)
	await writer.updateTable('coalition.body').set({ visibility }).where('id', '=', id).execute()
	return { commitment, file, verdict, mistake }
}

const STANDINGS: readonly Position[] = ['observer', 'member', 'voting']

/** Somebody who is exactly this to a body; a role comes with an ordinary membership. */
async function makeActor(writer: Writer<Tables>, body: string, position: Position): Promise<Actor> {
	if (position === 'visitor') return { account: undefined, person: undefined, administrator: false }
	if (position === 'administrator') return { account: 'u-admin', person: undefined, administrator: true }
	const person = await addTestPerson(writer, position)
	const actor = { account: `u-${position}`, person, administrator: false }
	if (position === 'account') return actor
	if (position === 'backbone') {
		await addToBody(writer, ADMINISTRATOR, (await makeBody(writer, 'backbone', 'private', 'Backbone')).id, { person }, 'member', NOW)
		return actor
	}
	await addToBody(writer, ADMINISTRATOR, body, { person }, STANDINGS.includes(position) ? (position as Standing) : 'member', NOW)
	if (!STANDINGS.includes(position)) await giveRole(writer, ADMINISTRATOR, body, person, position as BodyRole, NOW)
	return actor
}

const undo = new Error('rolled back')

type Try = (action: BodyAction, position: Position) => Promise<string | undefined>

/**
 * Sets the scene once and gives a way to do things in it that leave nothing: each try returns the code of the refusal, or undefined where it
 * was allowed.
 */
async function inScene(visibility: Visibility, from: 'own' | 'other', work: (tryIt: Try) => Promise<void>): Promise<void> {
	const running = open.database.transaction().execute(async (writer) => {
		const scene = await setScene(writer, visibility)
		const home = from === 'own' ? scene.body : (await makeBody(writer, 'issue_circle', 'public', 'Other circle')).id
		await work(async (action, position) => {
			await sql`savepoint tried`.execute(writer)
			try {
				await TRIES[action](writer, await makeActor(writer, home, position), scene)
				return undefined
			} catch (cause) {
				if (cause instanceof Refusal) return cause.code
				throw cause
			} finally {
				await sql`rollback to savepoint tried`.execute(writer)
			}
		})
		throw undo
	})
	await assert.rejects(running, undo)
}

for (const visibility of VISIBILITIES) {
	test(`in a ${visibility} body every action is open to whom the table names and to nobody else`, { timeout: 120_000 }, () =>
		inScene(visibility, 'own', async (tryIt) => {
			for (const action of ACTIONS) {
				for (const position of POSITIONS) {
					const refused = await tryIt(action, position)
					const also: Position[] = position === 'visitor' || position === 'administrator' ? [] : STANDINGS.includes(position) || position === 'account' || position === 'backbone' ? ['account'] : ['account', 'member']
					const allowed = may([position, ...also], action, visibility)
					assert.equal(refused === undefined, allowed, `${action} as ${position}: ${refused ?? 'allowed'}`)
					if (!allowed) assert.ok(['not_permitted', 'body_not_found'].includes(refused!), `${action} as ${position}: ${refused}`)
				}
			}
		}))
}

test('what somebody is in one body opens nothing in another whose identifier they guess, and a private one answers as if it were not there', { timeout: 120_000 }, async () => {
	const roles: Position[] = ['voting', 'lead', 'delegate', 'facilitator', 'secretary', 'steward']
	for (const visibility of VISIBILITIES) {
		await inScene(visibility, 'other', async (tryIt) => {
			for (const action of ACTIONS) {
				for (const position of roles) {
					const refused = await tryIt(action, position)
					assert.equal(refused === undefined, may(['account'], action, visibility), `${action} as ${position} of another body: ${refused ?? 'allowed'}`)
					if (visibility === 'private' && !['found_body'].includes(action)) assert.equal(refused, 'body_not_found', action)
				}
			}
		})
	}
})
