import type { Writer } from '#database'
import { dayOf } from '../../decisions/day.ts'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findCampaignPlaces } from './campaign-places.ts'
import { findCampaignRef, startCampaign } from './campaigns.ts'
import { writeCanvassNote } from './canvass-notes.ts'
import { logHours } from './hours.ts'
import { answerTopic, commentOnPlan, settleComment } from './plan-comments.ts'
import { beginRateImport, takeInRates } from './rate-imports.ts'
import { setTargets } from './targets.ts'
import { giveTurf, listPartners } from './turf.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }
type Ago = (days: number) => Date

/** Two invented campaigns of a hub: a complete count with goals and two dates of rates, and a development plan with three comments. */
export async function makeSampleCampaigns(writer: Writer<CoalitionTables>, hub: string, ago: Ago): Promise<void> {
	await makeCount(writer, hub, ago)
	await makePlan(writer, hub, ago)
}

async function makeCount(writer: Writer<CoalitionTables>, hub: string, ago: Ago): Promise<void> {
	const campaign = await startCampaign(writer, ADMINISTRATOR, hub, {
		kind: 'census', title: 'Brightwater counts, every household', aim: 'Every tract of the county answers the trial census at least five points better than when we began.',
		takePart: 'Walk a street with us on Saturdays at ten, from the steps of the library. We bring the leaflets, in English and Spanish.', places: '', beginsOn: dayOf(ago(60)), endsOn: dayOf(ago(-60)), legalClass: 'education',
	}, ago(60))
	const tracts = (await findCampaignPlaces(writer, await findCampaignRef(writer, campaign))).places.map(({ geoid }) => geoid)
	await bring(writer, campaign, tracts.map((geoid, i) => [geoid, i % 17 === 5 ? null : rateOf(i)]), ago(45))
	await setTargets(writer, ADMINISTRATOR, campaign, { metric: 'response_rate', how: 'points', points: '5', list: '' }, ago(44))
	await setTargets(writer, ADMINISTRATOR, campaign, { metric: 'response_rate', how: 'list', points: '', list: tracts.filter((_, i) => i % 17 === 5).map((geoid) => `${geoid} 60`).join('\n') }, ago(44))
	await bring(writer, campaign, tracts.map((geoid, i) => [geoid, i % 17 === 5 ? null : rateOf(i) + ((i * 5) % 8)]), ago(10))
	const partners = await listPartners(writer, hub, ago(40))
	for (const [i, { id }] of partners.entries()) await giveTurf(writer, ADMINISTRATOR, campaign, { organization: id, places: tracts.filter((_, at) => at % partners.length === i).slice(0, 8).join(' '), beginsOn: dayOf(ago(40)), endsOn: dayOf(ago(-50)) }, ago(40))
	const { person } = await writer.selectFrom('coalition.role_assignment').select('person').where('body', '=', hub).where('role', '=', 'lead').executeTakeFirstOrThrow()
	const lead: Actor = { account: undefined, person, administrator: false }
	await writeCanvassNote(writer, lead, campaign, { place: tracts[0]!, day: dayOf(ago(20)), doors: '62', contacts: '31', answers: '24', heard: 'Many believe that the answers go to landlords. The leaflet must say on its first line that they do not.' }, ago(20))
	await logHours(writer, lead, campaign, { organization: '', day: dayOf(ago(20)), hours: '3.5', cost: '18.40', class: 'education', what: 'Walking Mill Street, leaflets copied' }, ago(20))
}

/** Invented rates that differ from tract to tract, in percent. */
const rateOf = (i: number): number => 46 + ((i * 37) % 240) / 10

async function bring(writer: Writer<CoalitionTables>, campaign: string, rates: readonly (readonly [string, number | null])[], at: Date): Promise<void> {
	const rows = rates.map(([geoid, rate]) => [`1400000US${geoid}`, rate === null ? null : Math.min(100, rate).toFixed(1), dayOf(at)])
	const id = await beginRateImport(writer, ADMINISTRATOR, campaign, { fileName: `rates-${dayOf(at)}.json`, columns: ['GEO_ID', 'CRRALL', 'RESP_DATE'], rows, source: 'Invented rates of an invented census', day: '' }, at)
	await takeInRates(writer, ADMINISTRATOR, campaign, id, at)
}

async function makePlan(writer: Writer<CoalitionTables>, hub: string, ago: Ago): Promise<void> {
	const raised = await writer.selectFrom('coalition.proposal').select('id').where('from_body', '=', hub).limit(1).executeTakeFirst()
	const campaign = await startCampaign(writer, ADMINISTRATOR, hub, {
		kind: 'development_plan', title: 'The old cannery: what shall be built?', aim: 'The neighbors of the cannery say what they need before the commission decides on the plan.',
		takePart: 'Write a comment here, or come to the open evening in the library.', places: '99003', beginsOn: dayOf(ago(30)), endsOn: dayOf(ago(-30)), legalClass: 'education', follows: raised?.id,
	}, ago(30))
	const comments = [['Height', 'Eight floors beside the school take the sun from the yard all winter.'], ['Rents', 'Who lives on Mill Street now must be able to pay for what is built.'], ['', 'Please keep the brick hall; we danced there.']] as const
	const ids: string[] = []
	for (const [i, [topic, text]] of comments.entries()) ids.push(await commentOnPlan(writer, ADMINISTRATOR, campaign, { name: '', contact: '', place: '', topic, text, language: 'en', formKey: `sample-${i}` }, ago(25 - i)))
	await settleComment(writer, ADMINISTRATOR, campaign, ids[0]!, { state: 'shown', topic: 'Height of the buildings', reason: '' }, ago(20))
	await settleComment(writer, ADMINISTRATOR, campaign, ids[1]!, { state: 'shown', topic: 'Rents', reason: '' }, ago(20))
	await answerTopic(writer, ADMINISTRATOR, campaign, { topic: 'Height of the buildings', heard: 'Eight floors are too many beside the school.', changed: 'The part beside the school has four floors in the new drawing.', whyNot: 'Towards the river it stays at eight, because the homes lost beside the school are added there.' }, ago(8))
}
