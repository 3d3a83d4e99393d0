import type { Writer } from '#database'
import type { Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { addComment } from './comments.ts'
import { answerQuestion, askQuestion, sayWhatHelped } from './questions.ts'
import { addResource } from './resources.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }

const RESOURCES = [
	{ kind: 'guide', title: 'What a landlord must repair, and by when', summary: 'Two pages to hand out at a door: heat, water, locks, mold, and whom to call. With the letter that starts the clock.', language: 'both', topic: 'housing', address: 'https://example.org/repairs', authors: 'Brightwater Legal Aid', licence: 'CC BY 4.0' },
	{ kind: 'guide', title: 'Guía para acompañar a vecinos al tribunal', summary: 'Qué llevar, qué decir y qué no firmar en una audiencia de desalojo. Sirvió a la organización de los inquilinos de Mill Street.', language: 'es', topic: 'housing', address: 'https://example.org/tribunal', authors: 'Harbor Bend Tenants Union', licence: 'CC BY 4.0' },
	{ kind: 'template', title: 'Letter that asks a county for notice of 90 days', summary: 'With the three paragraphs that two counties nearby adopted word for word.', language: 'en', topic: 'housing', address: 'https://example.org/notice-letter', authors: 'Housing Circle', licence: 'Free to use' },
	{ kind: 'data', title: 'Evictions filed by tract, 2019 to 2024', summary: 'Counted from the court’s own index, with what is missing in 2021.', language: 'en', topic: 'housing', address: 'https://example.org/filings.csv', authors: 'Bend Credit Union', licence: 'CC0' },
] as const

/** What the sample's circle knows, was asked and talks about; invented like everything of that region. */
export async function makeSampleKnowledge(writer: Writer<CoalitionTables>, [housing, , brightwater]: readonly string[], ago: (days: number) => Date): Promise<void> {
	for (const [n, resource] of RESOURCES.entries()) await addResource(writer, ADMINISTRATOR, housing!, resource, ago(90 - 20 * n))
	const [asker] = await membersOf(writer, brightwater!)
	const [one, other] = await membersOf(writer, housing!)
	const { id: exchange } = await writer.selectFrom('coalition.exchange').select('id').where('from_body', '=', brightwater!).where('kind', '=', 'ask').where('answered_at', 'is', null).orderBy('opened_at').executeTakeFirstOrThrow()
	await askQuestion(writer, asker!, { from: brightwater!, to: housing!, title: 'Who can read the new lease of the Harbor Apartments with us?', text: 'Forty families got it last week. It is eleven pages, and it must be signed before the first of the month.', exchange }, ago(8))
	const question = await askQuestion(writer, asker!, { from: brightwater!, to: housing!, title: 'May an owner keep the deposit when the flat was painted?', text: 'Three families were told so on Mill Street.' }, ago(60))
	await answerQuestion(writer, other!, question, 'Ask for the photographs of the day on which they moved in. Without them most owners give in.', ago(58))
	const helped = await answerQuestion(writer, one!, question, 'Paint wears with use, so it is no damage. Send the letter in the library; the deposit has to be back within a month.', ago(57))
	await sayWhatHelped(writer, asker!, question, helped, ago(50))
	const { id: goal } = await writer.selectFrom('coalition.goal').select('id').where('body', '=', housing!).orderBy('set_at').executeTakeFirstOrThrow()
	await addComment(writer, one!, { kind: 'goal', id: goal }, 'The newest survey comes in December; let us look at the number together then.', ago(30))
	await addComment(writer, other!, { kind: 'goal', id: goal }, 'Two counties nearby publish theirs every month: https://example.org/monthly', ago(25))
}

async function membersOf(writer: Writer<CoalitionTables>, body: string): Promise<Actor[]> {
	const rows = await writer.selectFrom('coalition.membership').select('person').where('body', '=', body).where('person', 'is not', null).where('standing', '=', 'voting').where('left_at', 'is', null).orderBy('joined_at').orderBy('id').execute()
	return rows.map(({ person }) => ({ account: undefined, person: person!, administrator: false }))
}
