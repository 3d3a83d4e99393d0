import type { Writer } from '#database'
import { addPerson } from '#people/server'
import { SURVEY_ITEMS } from '../../surveys/index.ts'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { addToBody } from '../members.ts'
import { answerWave, makePaperCodes, openWave } from './waves.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }

const NEIGHBORS = ['Aisha Coleman', 'Ben Ortiz', 'Chantal Moreau', 'Dwayne Fields', 'Elena Rossi', 'Frank Nguyen', 'Gloria Simms', 'Hassan Ali', 'Ines Duarte', 'Joy Patterson', 'Kwame Mensah', 'Lucia Prado', 'Miles Turner'] as const
/** Of those asked, how many answer. */
const ANSWERS = 15
/** What most of them say to each sentence, in the order of the instrument; one of them skips some. */
const USUAL = [4, 4, 3, 3, 2, 2, 3, 4, 3, 2, 3, 2, 2, 4, 2, 3, 4, 4] as const

/** Invented members of a circle, and what they said in a survey that is over. */
export async function makeSampleSurvey(writer: Writer<CoalitionTables>, body: string, ago: (days: number) => Date): Promise<void> {
	for (const name of NEIGHBORS) await addToBody(writer, ADMINISTRATOR, body, { person: await addPerson(writer, { name }, ago(75)) }, 'member', ago(75))
	const day = (days: number) => ago(days).toISOString().slice(0, 10)
	const wave = await openWave(writer, ADMINISTRATOR, body, { opensOn: day(60), closesOn: day(38) }, false, ago(60))
	const { codes } = await makePaperCodes(writer, ADMINISTRATOR, wave, ago(60))
	for (const [n, code] of codes.slice(0, ANSWERS).entries()) {
		const answers = SURVEY_ITEMS.map((item, i) => [item, n === 4 && i % 6 === 5 ? '' : String(Math.max(1, Math.min(5, USUAL[i]! + ((n * 7 + i * 3) % 4) - 1)))])
		await answerWave(writer, code, Object.fromEntries(answers), ago(50))
	}
}
