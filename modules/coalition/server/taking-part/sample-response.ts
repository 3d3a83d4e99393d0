import type { Writer } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { giveItem, matchItems, settleItem, showItem } from './needs.ts'
import { addTask, addUpdate, answerCall, callTogether, finishTask, reviewResponse, standDown } from './response.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }
type Ago = (days: number) => Date

const ITEMS = [
	['need', 'shelter', 'A place for a family of four until the stairs are safe'], ['need', 'children', 'Somebody to watch two small children on weekday mornings'], ['need', 'information', 'What does the lease say when the building is closed? In Spanish'],
	['offer', 'shelter', 'Two rooms in the parsonage, for as long as it takes'], ['offer', 'hands', 'Six people with a van on Saturday'], ['offer', 'information', 'A lawyer who speaks Spanish, three evenings'],
] as const

/** An invented call of the sample hub that all bodies answered or not, stood down, with its review. */
export async function makeSampleResponse(writer: Writer<CoalitionTables>, [housing, jobs, hub]: readonly string[], ago: Ago): Promise<void> {
	const id = await callTogether(writer, ADMINISTRATOR, hub!, {
		title: 'Fire at the Harbor Apartments', happened: 'A fire in the night of the 14th closed two stairwells. Nobody was killed; thirty-one households may not go back before the inspection.', place: 'Harbor Bend',
		needed: 'Rooms for a few weeks, people who carry and drive, child care in the mornings, and somebody who can read leases.', everybody: true, bodies: [],
	}, ago(64))
	await answerCall(writer, ADMINISTRATOR, id, housing!, { comes: true, text: 'Two people who read leases, from tomorrow' }, ago(63.5))
	await answerCall(writer, ADMINISTRATOR, id, jobs!, { comes: false, text: 'Our people are at the hiring fair this week' }, ago(63))
	const items: string[] = []
	for (const [n, [side, kind, text]] of ITEMS.entries()) {
		const item = await giveItem(writer, id, { side, kind, text, place: '99003', name: `Neighbor ${n + 1}`, contact: `neighbor-${n + 1}@sample.example`, language: 'en', formKey: '' }, ago(63 - n / 4))
		await showItem(writer, ADMINISTRATOR, item, true, ago(62 - n / 4))
		items.push(item)
	}
	for (const [need, offer] of [[0, 3], [2, 5]] as const) {
		await matchItems(writer, ADMINISTRATOR, items[need]!, items[offer]!, ago(60))
		await settleItem(writer, ADMINISTRATOR, items[need]!, 'done', ago(54))
	}
	const task = await addTask(writer, ADMINISTRATOR, id, { task: 'Read the leases of all households that want it, at the library', body: housing!, who: '', due: 'the end of the week' }, ago(62))
	await addTask(writer, ADMINISTRATOR, id, { task: 'One list of who sleeps where, kept by one person', body: '', who: 'Marisol Vega', due: 'tonight' }, ago(62))
	await addUpdate(writer, ADMINISTRATOR, id, 'All thirty-one households have a roof tonight. Still missing: child care from Monday.', ago(62))
	await finishTask(writer, ADMINISTRATOR, task, ago(57))
	await addUpdate(writer, ADMINISTRATOR, id, 'The inspector opened the first stairwell. Nineteen households are back.', ago(55))
	await standDown(writer, ADMINISTRATOR, id, 'The second stairwell is open, and everybody is back or has a lease elsewhere.', ago(50))
	await reviewResponse(writer, ADMINISTRATOR, id, { worked: 'One list of who sleeps where. Two people who read leases on the first morning.', failed: 'Child care came four days late, because nobody was asked beforehand.', changes: 'Every hub keeps three names for child care, asked twice a year.' }, ago(41))
}
