import type { Writer } from '#database'
import { moveUp } from '../../convenings/seats.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/** Gives free seats of a shift to the first of its line, under the lock of its role that the caller holds. Returns the sign-ups that moved up; none once it has begun or was called off. */
export async function fillShift(writer: Writer<CoalitionTables>, shift: string, now: Date): Promise<string[]> {
	const { seats, starts_at, called_off_at } = await writer.selectFrom('coalition.shift').select(['seats', 'starts_at', 'called_off_at']).where('id', '=', shift).executeTakeFirstOrThrow()
	if (called_off_at || starts_at <= now) return []
	const line = await writer.selectFrom('coalition.shift_sign_up').select(['id', 'state']).where('shift', '=', shift).where('state', '<>', 'given_back').orderBy('place_in_line').execute()
	const waiting = line.filter(({ state }) => state === 'waiting').map(({ id }) => ({ id, partySize: 1 }))
	const moved = moveUp(seats, line.length - waiting.length, waiting)
	if (moved.length > 0) await writer.updateTable('coalition.shift_sign_up').set({ state: 'seat', moved_up_at: now }).where('id', 'in', moved).execute()
	return moved
}
