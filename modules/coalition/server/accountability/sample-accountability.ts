import { keepFile } from '#files/server'
import type { Writer } from '#database'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { dayOf } from '../../decisions/day.ts'
import { addPlank, recordAsk, recordCommitment } from './commitments.ts'
import { addFinding, replyByCode, makeReplyCode } from './findings.ts'
import { recordOfficeContact } from './office-contacts.ts'
import { addElection, addOffice, addTerm, openPublicBody } from './offices.ts'
import { confirmVerdict, proposeVerdict } from './verdicts.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }
const DIVISION = 'ocd-division/country:us/state:zz/county:brightwater'
const SEATS = [['Commissioner, harbor district', 'council_district:1', 'Rosa Lindqvist'], ['Commissioner, hill district', 'council_district:2', 'Samuel Ferreira'], ['Chair of the commission', '', 'Nadia Holloway']] as const

/** An invented county commission with three offices and two promises: one kept, judged by two, and one in the works that is due. */
export async function makeSampleAccountability(writer: Writer<CoalitionTables>, [housing]: readonly string[], ago: (days: number) => Date): Promise<void> {
	const body = housing!
	const { id: publicBody } = await openPublicBody(writer, ADMINISTRATOR, body, { name: 'Brightwater County Commission', about: 'The invented commission of an invented county: three seats, elected for four years.' }, ago(88))
	const terms: string[] = []
	const offices: string[] = []
	for (const [post, district, holder] of SEATS) {
		const office = await addOffice(writer, ADMINISTRATOR, publicBody, { post, division: district ? `${DIVISION}/${district}` : DIVISION }, ago(88))
		offices.push(office)
		await recordOfficeContact(writer, ADMINISTRATOR, office, { email: `${district.replace(/.*:/, 'district-') || 'chair'}@commission.example.org`, telephone: '', address: '1 Square of the Sample\nHarbor Bend', source: 'https://example.org/brightwater/commission' }, ago(88))
		terms.push(await addTerm(writer, ADMINISTRATOR, office, { holder, beginsOn: dayOf(ago(500)), endsOn: dayOf(ago(-960)) }, ago(88)))
	}
	await addElection(writer, ADMINISTRATOR, publicBody, dayOf(ago(-930)), ago(88))
	const { id: goal } = await writer.selectFrom('coalition.goal').select('id').where('body', '=', body).executeTakeFirstOrThrow()
	const plank = await addPlank(writer, ADMINISTRATOR, body, { text: 'Nobody loses a home without time to find another.', goal }, ago(75))
	const ask = await recordAsk(writer, ADMINISTRATOR, { plank, office: offices[2]!, text: 'Will you bring an ordinance that requires 90 days of notice before a lease ends?', sentOn: dayOf(ago(74)), source: '' }, ago(74))
	await makeKept(writer, { body, term: terms[2]!, ask, goal }, ago)
	await makeDue(writer, { body, term: terms[0]!, goal }, ago)
}

const archive = (writer: Writer<CoalitionTables>, name: string, text: string, at: Date) => keepFile(writer, nameOf(ADMINISTRATOR), { name, content: Buffer.from(`Invented for the sample region; nobody said this.\n\n${text}\n`) }, at)

async function makeKept(writer: Writer<CoalitionTables>, { body, term, ask, goal }: { body: string; term: string; ask: string; goal: string }, ago: (days: number) => Date): Promise<void> {
	const decision = await writer.selectFrom('coalition.decision').select('id').where('body', '=', body).where('state', '=', 'adopted').executeTakeFirstOrThrow()
	const quote = 'I will bring the ordinance on ninety days of notice to a vote before the end of the quarter.'
	const minutes = await archive(writer, 'forum-minutes.txt', `Minutes of a forum. Nadia Holloway, chair: “${quote}”`, ago(70))
	const commitment = await recordCommitment(writer, ADMINISTRATOR, body, { term, ask, quote, source: 'https://example.org/brightwater/forum', file: minutes, madeOn: dayOf(ago(71)), dueRule: 'soon', test: 'The commission votes on an ordinance that requires 90 days of notice.', allOrNothing: true, follows: `${decision.id} ${goal}` }, ago(70))
	const vote = await archive(writer, 'commission-vote.txt', 'Brightwater County Commission, minutes: Ordinance 26-14 on notice of ninety days, moved by the chair, adopted 2 to 1.', ago(30))
	await addFinding(writer, ADMINISTRATOR, commitment, { kind: 'official_status', value: 'done', text: 'The commission’s page lists the ordinance as adopted.', onDay: dayOf(ago(31)), source: 'https://example.org/brightwater/ordinances', file: vote }, ago(30))
	await addFinding(writer, ADMINISTRATOR, commitment, { kind: 'evidence', value: 'supports', text: 'The minutes record the motion of the chair and the vote, 2 to 1.', onDay: dayOf(ago(31)), source: 'https://example.org/brightwater/minutes', file: vote }, ago(30))
	const code = await makeReplyCode(writer, ADMINISTRATOR, commitment, ago(29))
	await replyByCode(writer, commitment, code, 'Thank you to the families who came three times. The rule begins in spring.', ago(27))
	const [one, other] = await reviewersOf(writer, body)
	const proposal = await proposeVerdict(writer, one, commitment, { rating: 'kept', share: '100', doneOn: dayOf(ago(31)), note: 'The promise was a vote before the end of the quarter. It was held, and the minutes say so.', file: vote, noStake: true }, ago(26))
	await confirmVerdict(writer, other, proposal, { note: 'I read the minutes and asked the clerk for the number of the ordinance; both agree.', noStake: true }, ago(24))
}

/** Two voting members who judge. */
async function reviewersOf(writer: Writer<CoalitionTables>, body: string): Promise<[Actor, Actor]> {
	const members = await writer.selectFrom('coalition.membership').select('person').where('body', '=', body).where('person', 'is not', null).where('standing', '=', 'voting').where('left_at', 'is', null).orderBy('id').limit(2).execute()
	return members.map(({ person }): Actor => ({ account: undefined, person: person!, administrator: false })) as [Actor, Actor]
}

async function makeDue(writer: Writer<CoalitionTables>, { body, term, goal }: { body: string; term: string; goal: string }, ago: (days: number) => Date): Promise<void> {
	const quote = 'The repair fund will have its first four hundred thousand dollars by autumn.'
	const letter = await archive(writer, 'letter.txt', `A letter. Rosa Lindqvist: “${quote}”`, ago(60))
	const commitment = await recordCommitment(writer, ADMINISTRATOR, body, { term, quote, source: 'https://example.org/brightwater/letter', file: letter, madeOn: dayOf(ago(62)), dueRule: 'stated', dueOn: dayOf(ago(5)), test: 'The county’s accounts show at least 400,000 dollars in the repair fund.', allOrNothing: false, follows: goal }, ago(60))
	const budget = await archive(writer, 'budget.txt', 'Brightwater County, adopted budget: repair fund, 400,000 dollars.', ago(20))
	await addFinding(writer, ADMINISTRATOR, commitment, { kind: 'money_stage', value: 'adopted', text: 'The adopted budget holds 400,000 dollars for the fund; nothing has been paid into it.', onDay: dayOf(ago(21)), source: 'https://example.org/brightwater/budget', file: budget }, ago(20))
	await addFinding(writer, ADMINISTRATOR, commitment, { kind: 'schedule', value: 'delayed', text: 'The treasurer told the commission that the account opens in winter.', onDay: dayOf(ago(12)), source: 'https://example.org/brightwater/treasurer', file: budget }, ago(11))
	const [one, other] = await reviewersOf(writer, body)
	const proposal = await proposeVerdict(writer, one, commitment, { rating: 'in_the_works', share: '', doneOn: '', note: 'Money stands in the budget, and the account is not open yet.', file: budget, noStake: true }, ago(10))
	await confirmVerdict(writer, other, proposal, { note: 'The budget page says the same.', noStake: true }, ago(9))
}
