import type { Writer } from '#database'
import type { SetName } from '../../room/index.ts'
import { VISITOR, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { publishRoom } from './publish-room.ts'
import { answerSurvey, openSurvey } from './surveys.ts'
import { setTarget } from './targets.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }

/** Invented answers of 28 people: two who say that they are white are too few to be shown. */
const ANSWERS: Partial<Record<SetName, [string, number][]>> = {
	race: [['black', 15], ['hispanic', 11], ['white', 2]], age: [['from_18_to_64', 17], ['from_65', 11]], home: [['rents', 17], ['owns', 11]], disability: [['without', 21], ['with', 5]], language: [['english', 16], ['spanish', 12]],
}

/** The survey of the sample convening that was held, published, and one that is open for the convening that comes. */
export async function makeSampleRoom(writer: Writer<CoalitionTables>, { hub, held, coming }: { hub: string; held: string; coming: string }, at: Date, now: Date): Promise<void> {
	const sets = Object.keys(ANSWERS) as SetName[]
	await openSurvey(writer, ADMINISTRATOR, held, sets, at)
	const lists = sets.map((set) => ANSWERS[set]!.flatMap(([option, count]) => Array<string>(count).fill(option)))
	for (let n = 0; n < Math.max(...lists.map((list) => list.length)); n++) {
		const choices = Object.fromEntries(sets.flatMap((set, s) => (lists[s]![n] ? [[set, lists[s]![n]!]] : [])))
		await answerSurvey(writer, VISITOR, held, { choices, words: {} }, at)
	}
	await setTarget(writer, ADMINISTRATOR, hub, { group: 'home/rents', percent: '60' }, at)
	await publishRoom(writer, ADMINISTRATOR, held, at)
	await openSurvey(writer, ADMINISTRATOR, coming, ['race', 'age', 'home', 'gender', 'language'], now)
}
