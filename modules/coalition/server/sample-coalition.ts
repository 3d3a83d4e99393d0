import { cite, findGeography, makeArea } from '#atlas/server'
import type { Writer } from '#database'
import { addOrganization, addPerson, personOfAccount } from '#people/server'
import { PRESETS, type BodyKind } from '../bodies.ts'
import type { Actor } from './actor.ts'
import { foundBody } from './bodies.ts'
import { acceptCharter } from './charters.ts'
import type { CoalitionTables } from './coalition-tables.ts'
import { makeSampleAccountability } from './accountability/sample-accountability.ts'
import { makeSampleCampaigns } from './campaigns/sample-campaigns.ts'
import { makeSampleConvenings } from './convenings/sample-convenings.ts'
import { makeSampleDecisions } from './decisions/sample-decisions.ts'
import { answerExchange, recordExchange } from './exchanges.ts'
import { makeSampleKnowledge } from './knowledge/sample-knowledge.ts'
import { answerLink, askForLink, nameLinkPerson } from './links.ts'
import { changeGoal } from './agenda/goals.ts'
import { addArgument, proposePosition, settlePosition } from './agenda/positions.ts'
import { answerProposal, raiseProposal } from './agenda/proposals.ts'
import { makeSampleCurve } from './agenda/sample-curve.ts'
import { addToBody, giveRole } from './members.ts'
import { makeSampleSurvey } from './surveys/sample-surveys.ts'
import { makeSampleTakingPart } from './taking-part/sample-taking-part.ts'
import { makeSampleVolunteering } from './volunteering/sample-volunteering.ts'

const DAY = 86_400_000
const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }

const ORGANIZATIONS = [['Harbor Bend Tenants Union', 'resident_group'], ['Brightwater Legal Aid', 'nonprofit'], ['First Light Church', 'faith'], ['Dunmore County Health Department', 'government'], ['Bend Credit Union', 'business']] as const
const PEOPLE = ['Marisol Vega', 'Denise Okafor', 'Thomas Reed', 'Linh Tran', 'Carla Whitfield', 'Jerome Banks'] as const
const BODIES: { kind: BodyKind; name: string; aim: string; topic?: string; county?: string; domain: string }[] = [
	{ kind: 'issue_circle', name: 'Housing Circle', topic: 'housing', aim: 'Every household in the region has a home that it can pay and keep.', domain: 'Positions and campaigns on rents, evictions and repairs' },
	{ kind: 'issue_circle', name: 'Jobs and Pay Circle', topic: 'economic-development', aim: 'People in every county can reach work that pays enough to live on.', domain: 'Positions and campaigns on pay, training and hiring' },
	{ kind: 'equity_hub', name: 'Brightwater Hub', county: '99003', aim: 'Neighbors in Brightwater County decide together what must change, and see it done.', domain: 'Everything that concerns Brightwater County first' },
	{ kind: 'equity_hub', name: 'Dunmore Hub', county: '99007', aim: 'Dunmore’s smaller towns have the same chances as the city.', domain: 'Everything that concerns Dunmore County first' },
]

/** Invented circles and hubs for a fictional region that has none, so that there is something to try; they began some months before. */
export async function makeSampleCoalition(writer: Writer<CoalitionTables>, now: Date): Promise<void> {
	if (await writer.selectFrom('coalition.body').select('id').limit(1).executeTakeFirst()) return
	const ago = (days: number) => new Date(now.getTime() - days * DAY)
	const people = await Promise.all(PEOPLE.map((name) => addPerson(writer, { name }, ago(240))))
	const organizations = await Promise.all(ORGANIZATIONS.map(([name, kind]) => addOrganization(writer, { name, kind }, ago(240))))
	const robin = await writer.selectFrom('people.user').select(['id', 'name', 'email']).where('demonstration', '=', true).where('role', '=', 'member').executeTakeFirst()
	const member = robin && (await personOfAccount(writer, robin, ago(240)))
	const ids: string[] = []
	for (const [n, { kind, name, aim, topic, county, domain }] of BODIES.entries()) {
		const lead = kind === 'equity_hub' && member ? member : people[n]!
		const area = county ? await areaOfCounty(writer, county, name, ago(235)) : undefined
		const { id } = await foundBody(writer, ADMINISTRATOR, { kind, name, visibility: 'public', aim, domain, agreements: 'We begin on time. One speaks, the others listen. Childcare is always there.', rules: PRESETS[kind].rules, topic, area, lead }, ago(235))
		for (const person of people.filter((one) => one !== lead).slice(n % 2, 4 + (n % 2))) await addToBody(writer, ADMINISTRATOR, id, { person }, 'voting', ago(220))
		for (const organization of organizations.filter((_, i) => i % 2 === n % 2 || i === 0)) await addToBody(writer, ADMINISTRATOR, id, { organization }, 'voting', ago(220))
		await giveRole(writer, ADMINISTRATOR, id, people.filter((one) => one !== lead).at(1 + (n % 2))!, 'secretary', ago(200))
		await acceptCharter(writer, { account: undefined, person: lead, administrator: false }, id, 1, ago(219))
		ids.push(id)
	}
	await makeSampleLinks(writer, ids as [string, string, string, string], ago)
	await makeSampleDecisions(writer, ids as [string, string, string, string], ago)
	await makeSampleAccountability(writer, ids, ago)
	await makeSampleTakingPart(writer, ids, ago)
	await makeSampleKnowledge(writer, ids, ago)
	await makeSampleCampaigns(writer, ids[2]!, ago)
	await makeSampleSurvey(writer, ids[1]!, ago)
	await makeSampleConvenings(writer, ids as [string, string, string, string], now)
	await makeSampleVolunteering(writer, ids[2]!, now)
}

async function areaOfCounty(writer: Writer<CoalitionTables>, county: string, name: string, at: Date): Promise<string> {
	const geography = (await findGeography(writer, 'tract-2020'))!
	const geoids = (geography.byCounty.get(county) ?? []).map((ordinal) => geography.places[ordinal]!.geoid)
	return makeArea(writer, 'system', geography, { name, content: { geoids } }, at)
}

async function makeSampleLinks(writer: Writer<CoalitionTables>, [housing, jobs, brightwater, dunmore]: [string, string, string, string], ago: (days: number) => Date): Promise<void> {
	const link = await askForLink(writer, ADMINISTRATOR, brightwater, housing, 'What tenants live through goes to the circle; what the circle knows comes to the hub.', ago(180))
	await answerLink(writer, ADMINISTRATOR, link, { agrees: true }, ago(171))
	for (const side of [brightwater, housing]) {
		const { person } = await writer.selectFrom('coalition.role_assignment').select('person').where('body', '=', side).where('role', '=', 'secretary').executeTakeFirstOrThrow()
		await nameLinkPerson(writer, ADMINISTRATOR, link, side, person, ago(170))
	}
	const { area } = await writer.selectFrom('coalition.body').select('area').where('id', '=', brightwater).executeTakeFirstOrThrow()
	const citation = await cite(writer, 'system', { kind: 'number', indicator: 'cost-burden', geography: 'area', geoid: area! }, ago(160))
	const moves = [
		[brightwater, 'ask', 'Half of the families at our last meeting pay more than they can. What may a county do about rents?', 'A county may not cap rents, but it may require notice of 90 days and fund repairs. We send two people to explain both.', 160, 149, citation],
		[brightwater, 'testimony', 'Three tenants of Mill Street tell how their leases ended when they asked for repairs.', 'Heard by the circle; it is now the first case in its position on retaliation.', 120, 112],
		[housing, 'knowledge', 'A two-page guide to what a landlord must repair, in English and Spanish.', 'Handed out at the spring fair; 140 copies went.', 110, 95],
		[housing, 'training', 'An evening for people who want to accompany neighbors to court.', '', 12, undefined],
		[brightwater, 'ask', 'Who can read the new lease of the Harbor Apartments with us before the first of the month?', '', 9, undefined],
	] as const
	for (const [from, kind, text, answer, opened, answered, cited] of moves) {
		const exchange = await recordExchange(writer, ADMINISTRATOR, link, { from, kind, text, citation: cited }, ago(opened))
		if (answered) await answerExchange(writer, ADMINISTRATOR, exchange, answer, ago(answered))
	}
	const proposal = await raiseProposal(writer, ADMINISTRATOR, { from: brightwater, to: housing, citation, title: 'Rents that families in Brightwater can pay', text: 'Almost half of our households pay more than 30 % of their income for their home. Every meeting begins with it.' }, ago(150))
	const goal = await answerProposal(writer, ADMINISTRATOR, proposal, { takesUp: true }, ago(140))
	await changeGoal(writer, ADMINISTRATOR, goal!, { story: 'Rents rose faster than pay, and leases end when tenants ask for repairs.', whatWorks: 'Notice of 90 days, a repair fund, lawyers at the first hearing.', target: '40', dueOn: '2029-12-31', weight: '2' }, ago(139))
	await makeSampleCurve(writer, ADMINISTRATOR, goal!, ago)
	await makeSamplePosition(writer, goal!, housing, ago)
	await askForLink(writer, ADMINISTRATOR, dunmore, jobs, 'Training places near Dunmore, and what employers there really ask for.', ago(20))
}

async function makeSamplePosition(writer: Writer<CoalitionTables>, goal: string, body: string, ago: (days: number) => Date): Promise<void> {
	const members = await writer.selectFrom('coalition.membership').select('person').where('body', '=', body).where('person', 'is not', null).where('left_at', 'is', null).orderBy('id').execute()
	const [one, other] = members.map(({ person }): Actor => ({ account: undefined, person: person!, administrator: false })) as [Actor, Actor]
	const position = await proposePosition(writer, one, goal, 'The county requires 90 days of notice before a rent rises by more than 5 %.', ago(120))
	await addArgument(writer, one, position, 'for', 'Families find time to look for another home, and children finish the school year.', ago(119))
	await addArgument(writer, other, position, 'against', 'Owners of two or three homes fear that they cannot follow their own costs.', ago(117))
	await addArgument(writer, other, position, 'for', 'Two counties nearby have it, and nobody sold their houses.', ago(110))
	await settlePosition(writer, ADMINISTRATOR, position, 'adopted', 'By consent of the Housing Circle', ago(100))
}
