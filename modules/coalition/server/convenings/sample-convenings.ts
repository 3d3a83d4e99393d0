import type { Writer } from '#database'
import { VISITOR, type Actor } from '../actor.ts'
import { endActionItem, setActionItem } from '../actions/action-items.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { convene, type GivenConvening } from './convenings.ts'
import { checkIn, countHeads } from './door.ts'
import { recordSupports, writeMinutes } from './minutes.ts'
import { sayComing } from './rsvps.ts'
import { sayComingToSeries } from './series-rsvps.ts'
import { conveneSeries, getSeries } from './series.ts'
import { makeSampleRoom } from '../room/sample-room.ts'

const DAY = 86_400_000
const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }
const ZONE = 'America/New_York'

const COMING: Omit<GivenConvening, 'date'> = {
	kind: 'listening_session', mode: 'hybrid', title: 'What does your rent leave you?', about: 'An evening for tenants of Brightwater County. Say what you live through; the Housing Circle listens and answers by the end of the month.',
	agenda: 'Food and welcome\nTables of six, one note-taker each\nWhat the tables say, and what happens with it', begins: '18:00', ends: '20:00', zone: ZONE, place: 'Mill Street Library', address: '12 Mill Street, Harbor Bend', addressShown: true,
	onlineUrl: 'https://meet.sample.example/brightwater', county: '99003', capacity: '60', supports: ['access', 'childcare', 'interpretation', 'transport'], languages: 'English, Spanish', minors: true, levelPromised: 'involve', hosts: [],
}

const HELD: Omit<GivenConvening, 'date'> = {
	...COMING, kind: 'forum', mode: 'in_person', title: 'Repairs: who owes what to whom', about: 'Tenants, owners and the county’s inspectors at one table.', agenda: 'What the law says\nThree cases\nWhat we ask for', onlineUrl: '', capacity: '40', minors: false, levelPromised: 'collaborate',
}

const SERIES: Omit<GivenConvening, 'date'> = {
	...COMING, kind: 'working_session', mode: 'in_person', title: 'Tenants’ table', about: 'Bring your lease and your letters; we read them together and write the answers.', agenda: 'Soup\nLetters of the month\nWho goes with whom to the hearing', onlineUrl: '',
	begins: '17:30', ends: '19:00', place: 'Yard of the laundromat on Elm Street', address: '', capacity: '80', minors: false, levelPromised: 'empower',
}

const GUESTS = ['Rosa Delgado', 'Paul Whitaker', 'Mei Chen', 'Andre Coleman', 'Lucía Ortega', 'Grace Kim'] as const

/** Invented convenings of the sample hub: one that comes, and one that was held. */
export async function makeSampleConvenings(writer: Writer<CoalitionTables>, [housing, , hub]: readonly [string, string, string, string], now: Date): Promise<void> {
	const day = (from: number) => new Date(now.getTime() + from * DAY)
	const dateOf = (at: Date) => at.toISOString().slice(0, 10)
	const coming = await convene(writer, ADMINISTRATOR, hub, { ...COMING, date: dateOf(day(12)), hosts: [housing] }, day(-20))
	for (const [n, name] of GUESTS.entries()) await sayComing(writer, VISITOR, coming, { name, partySize: String(1 + (n % 3)), supports: n % 2 ? { childcare: 'one child' } : {} }, day(-6 + n / 2))
	const { series } = await conveneSeries(writer, ADMINISTRATOR, hub, { ...SERIES, date: dateOf(day(19)) }, { rhythm: 'monthly_weekday', count: '5', until: '' }, day(-10))
	const { dates } = await getSeries(writer, ADMINISTRATOR, series, now)
	await sayComingToSeries(writer, VISITOR, series, { name: GUESTS[0], partySize: '2' }, dates.slice(0, 3).map(({ id }) => id), day(-4))
	const held = await convene(writer, ADMINISTRATOR, hub, { ...HELD, date: dateOf(day(-40)), hosts: [housing] }, day(-70))
	const { starts_at: evening } = await writer.selectFrom('coalition.convening').select('starts_at').where('id', '=', held).executeTakeFirstOrThrow()
	const after = day(-35)
	for (const [n, name] of GUESTS.entries()) {
		const { id } = await sayComing(writer, VISITOR, held, { name, partySize: String(1 + (n % 2)), supports: n % 3 === 0 ? { childcare: '', interpretation: 'Spanish' } : {} }, day(-60 + n))
		if (n !== 3) await checkIn(writer, ADMINISTRATOR, held, id, { method: 'desk' }, evening)
	}
	await countHeads(writer, ADMINISTRATOR, held, '31', after)
	await makeSampleActions(writer, hub, held, day)
	await recordSupports(writer, ADMINISTRATOR, held, { childcare: { askedThere: '3', delivered: '4' }, interpretation: { askedThere: '1', delivered: '3' } }, after)
	const adopted = await writer.selectFrom('coalition.decision').select('id').where('body', '=', housing).where('state', '=', 'adopted').execute()
	await writeMinutes(writer, ADMINISTRATOR, held, {
		heard: 'Repairs wait for months, and who asks for them fears for the lease.\nOwners of two houses said that they cannot find workers.', changed: 'The county names one person for complaints, from next month on.\nThe hub asks the Housing Circle for a position on retaliation.',
		whyNot: 'A cap on rents: the state does not allow counties to set one.', minutes: '', levelDelivered: 'involve', decisions: adopted.map(({ id }) => id),
	}, after)
	await makeSampleRoom(writer, { hub, held, coming }, after, now)
}

/** What was taken on that evening: one thing done, one that waits. */
async function makeSampleActions(writer: Writer<CoalitionTables>, hub: string, convening: string, day: (from: number) => Date): Promise<void> {
	const members = await writer.selectFrom('coalition.membership').select(['person', 'organization']).where('body', '=', hub).where('left_at', 'is', null).orderBy('id').execute()
	const [person, organization] = [members.find((one) => one.person)!.person!, members.find((one) => one.organization)!.organization!]
	const set = (what: string, owner: string, due: number) => setActionItem(writer, ADMINISTRATOR, hub, { what, owner, dueOn: day(due).toISOString().slice(0, 10), convening }, day(-39))
	const done = await set('Ask the county who takes complaints, and put the name on the notice board.', person, -20)
	await endActionItem(writer, ADMINISTRATOR, done, { how: 'done', words: 'The name hangs in the library and in the laundromat.' }, day(-22))
	await set('Find three workers who repair boilers for the price that owners can pay.', organization, 30)
}
