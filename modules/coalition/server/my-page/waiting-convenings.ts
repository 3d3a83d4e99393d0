import type { Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { AllowedIn, Waiting } from './waiting.ts'

/** Convenings that are over and have no minutes yet. */
export async function waitingOfDoor(reader: Reader<CoalitionTables>, allowedIn: AllowedIn, now: Date): Promise<Waiting[]> {
	const bodies = allowedIn('write_minutes')
	if (bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.convening as convening').select(['convening.id', 'body', 'title', 'ends_at']).where('body', 'in', bodies.map(({ id }) => id)).where('ends_at', '<=', now)
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom('coalition.minutes').select('version').whereRef('coalition.minutes.convening', '=', 'convening.id'))))
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom('coalition.convening_state').select('state').whereRef('coalition.convening_state.convening', '=', 'convening.id').where('state', '=', 'cancelled')))).execute()
	return rows.map(({ id, body, title, ends_at }) => ({ kind: 'minutes', body: bodies.find((one) => one.id === body)!.name, title, path: `/convenings/${id}/minutes`, since: ends_at, due: undefined }))
}

/** What somebody said that they come to, soonest first. */
export async function listOwnConvenings(reader: Reader<CoalitionTables>, person: string, now: Date): Promise<{ id: string; title: string; startsAt: Date; zone: string; code: string; waits: boolean; series: string | undefined }[]> {
	const rows = await reader.selectFrom('coalition.rsvp').innerJoin('coalition.convening', 'coalition.convening.id', 'coalition.rsvp.convening')
		.select(['coalition.convening.id', 'title', 'starts_at', 'zone', 'code', 'answer', 'series']).where('person', '=', person).where('ends_at', '>', now).where('answer', '<>', 'cancelled').orderBy('starts_at').execute()
	return rows.map(({ id, title, starts_at, zone, code, answer, series }) => ({ series: series ?? undefined, id, title, startsAt: starts_at, zone, code, waits: answer === 'waiting' }))
}
