import type { Writer } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { castBallot } from './ballots.ts'
import { listElectors } from './electorate.ts'
import { recordStep, type GivenStep } from './follow-decision.ts'
import { openDecision } from './open-decision.ts'

/** Invented decisions of the sample bodies: one adopted with an objection integrated, one in its round, one by ballot. */
export async function makeSampleDecisions(writer: Writer<CoalitionTables>, [housing, , brightwater]: readonly [string, string, string, string], ago: (days: number) => Date): Promise<void> {
	await makeAdopted(writer, housing, ago)
	await makeOpen(writer, brightwater, ago)
	await makeBallot(writer, housing, ago)
}

/** A decision that the lead opens and leads; each elector speaks for themselves. */
async function begin(writer: Writer<CoalitionTables>, body: string, given: { method: string; title: string; text: string; closesOn?: string; goal?: string }, at: Date) {
	const { person: lead } = await writer.selectFrom('coalition.role_assignment').select('person').where('body', '=', body).where('role', '=', 'lead').where('ended_at', 'is', null).executeTakeFirstOrThrow()
	const actorOf = (person: string): Actor => ({ account: undefined, person, administrator: false })
	const decision = await openDecision(writer, actorOf(lead), body, { electorate: 'people', secret: false, ...given }, at)
	const asked = (await listElectors(writer, { id: decision, body }, at)).filter((one) => one.asked).map(({ id, voices }) => ({ id, actor: actorOf(voices[0]!) }))
	const step = (kind: string, when: Date, content: GivenStep['content'] = {}, speaker?: (typeof asked)[number]) => recordStep(writer, speaker?.actor ?? actorOf(lead), decision, { kind, elector: speaker?.id, content }, when)
	return { decision, asked, step }
}

async function makeAdopted(writer: Writer<CoalitionTables>, body: string, ago: (days: number) => Date): Promise<void> {
	const text = 'We ask the county to require a notice of 90 days before a lease ends.'
	const goal = await writer.selectFrom('coalition.goal').select('id').where('body', '=', body).where('closed_at', 'is', null).orderBy('set_at').limit(1).executeTakeFirst()
	const { asked, step } = await begin(writer, body, { method: 'consent', title: 'Ninety days of notice', text, ...(goal && { goal: goal.id }) }, ago(90))
	await step('present', ago(90))
	await step('question', ago(90), { text: 'Does the county have the power to do this?' }, asked[0])
	await step('answer', ago(90), { question: 1, text: 'Yes; three counties in the state do it already.' })
	await step('reaction', ago(90), { text: 'Ninety days is what a family needs to find a place near the same school.' }, asked[0])
	await step('open_round', ago(89))
	const [objector, ...others] = asked
	for (const one of others) await step('consent', ago(89), {}, one)
	await step('objection', ago(89), { aim: 'Every household has a home that it can keep', reason: 'Ninety days may end in the middle of winter, when nothing is to be found.', change: 'No lease ends between November and March.' }, objector)
	await step('integrate', ago(82), { objection: 1, how: 'amended', text: `${text} No lease ends between November and March.` })
	await step('open_round', ago(76))
	for (const one of asked) await step('consent', ago(76), {}, one)
	await step('adopt', ago(76), { reviewOn: ago(-100).toISOString().slice(0, 10), owner: others[0]!.actor.person! })
}

async function makeOpen(writer: Writer<CoalitionTables>, body: string, ago: (days: number) => Date): Promise<void> {
	const { asked, step } = await begin(writer, body, { method: 'consent', title: 'A table in the laundromat', text: 'From next month two of us sit in the laundromat on Mill Street every other Saturday and write down what tenants tell us.' }, ago(6))
	await step('present', ago(6))
	await step('reaction', ago(5), { text: 'The owner agrees, and there is room for children.' }, asked[0])
	await step('open_round', ago(3))
	await step('consent', ago(3), {}, asked[0])
	await step('objection', ago(2), { aim: 'Neighbors decide together', reason: 'We write down names, and nobody has said who may read them.', change: 'We write down no names.' }, asked.at(-1))
}

async function makeBallot(writer: Writer<CoalitionTables>, body: string, ago: (days: number) => Date): Promise<void> {
	const { decision, asked } = await begin(writer, body, { method: 'sense_check', title: 'Do we meet in the evening?', text: 'Meetings would begin at 6:30 in the evening instead of noon, with childcare.', closesOn: ago(-14).toISOString().slice(0, 10) }, ago(4))
	for (const [n, { id, actor }] of asked.slice(0, 2).entries()) await castBallot(writer, actor, decision, { elector: id, choice: n === 0 ? 'good' : 'unsure', ranks: {}, reason: n === 0 ? '' : 'The last bus leaves at eight.' }, ago(3))
}
