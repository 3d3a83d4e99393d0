import type { Reader, Writer } from '#database'
import { moveUp } from '../../convenings/seats.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** People that those who come bring, themselves counted. */
export async function countTaken(reader: Reader<CoalitionTables>, convening: string): Promise<number> {
	const { taken } = await reader.selectFrom('coalition.rsvp').select(({ fn }) => fn.sum<string | null>('party_size').as('taken')).where('convening', '=', convening).where('answer', '=', 'coming').executeTakeFirstOrThrow()
	return Number(taken)
}

/** Gives free seats to the first of the line, under the lock that the caller holds. Returns the RSVPs that moved up. */
export async function fillSeats(writer: Writer<CoalitionTables>, convening: string, now: Date): Promise<string[]> {
	const { capacity } = await writer.selectFrom('coalition.convening').select('capacity').where('id', '=', convening).executeTakeFirstOrThrow()
	const line = await writer.selectFrom('coalition.rsvp').select(['id', 'party_size as partySize']).where('convening', '=', convening).where('answer', '=', 'waiting').orderBy('place_in_line').execute()
	if (line.length === 0) return []
	const moved = moveUp(capacity ?? undefined, await countTaken(writer, convening), line)
	if (moved.length > 0) await writer.updateTable('coalition.rsvp').set({ answer: 'coming', moved_up_at: now }).where('id', 'in', moved).execute()
	return moved
}
