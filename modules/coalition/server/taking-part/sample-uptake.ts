import { keepFile } from '#files/server'
import type { Writer } from '#database'
import { dayOf } from '../../decisions/day.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { answerUptake, recordUptake } from './uptake.ts'

/** An invented plan of an invented county that took over the words of a position, recorded by one member and confirmed by another. */
export async function makeSampleUptake(writer: Writer<CoalitionTables>, body: string, position: string, ago: (days: number) => Date): Promise<void> {
	const members = await writer.selectFrom('coalition.membership').select('person').where('body', '=', body).where('person', 'is not', null).where('standing', '=', 'voting').where('left_at', 'is', null).orderBy('id').limit(2).execute()
	const [one, other] = members.map(({ person }): Actor => ({ account: undefined, person: person!, administrator: false })) as [Actor, Actor]
	const quote = 'Before a rent rises by more than five percent, the county requires notice of ninety days.'
	const file = await keepFile(writer, nameOf(one), { name: 'housing-plan.txt', content: Buffer.from(`Invented for the sample region; no county wrote this.\n\nBrightwater County, housing plan, section 3.2: “${quote}”\n`) }, ago(22))
	const id = await recordUptake(writer, one, body, {
		record: `coalition:position/${position}`, adopter: 'Brightwater County', document: 'Brightwater housing plan', part: 'Section 3.2', quote, adoptedOn: dayOf(ago(25)), source: 'https://example.org/brightwater/housing-plan', file,
	}, ago(22))
	await answerUptake(writer, other, id, { agrees: true, note: 'Section 3.2 of the copy has these words; the position says 90 days and 5 percent too.' }, ago(21))
}
