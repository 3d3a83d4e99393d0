import type { Reader } from '#database'
import { dayOf } from '../../decisions/day.ts'
import { dayColumn } from '../accountability/day-column.ts'
import type { Actor, OwnBody } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Waiting } from './waiting.ts'

/** Surveys that ask somebody and for which they have no code yet. Whether they answered with one, nobody knows. */
export async function waitingOfSurveys(reader: Reader<CoalitionTables>, { person }: Actor, bodies: readonly OwnBody[], now: Date): Promise<Waiting[]> {
	if (!person || bodies.length === 0) return []
	const rows = await reader.selectFrom('coalition.wave_asked').innerJoin('room.wave', 'room.wave.id', 'coalition.wave_asked.wave').select(['body', 'opened_at', dayColumn('opens_on'), dayColumn('closes_on')])
		.where('person', '=', person).where('given', 'is', null).where('called_off_at', 'is', null).where('body', 'in', bodies.map(({ id }) => id)).execute()
	return rows.filter(({ opens_on, closes_on }) => opens_on <= dayOf(now) && closes_on >= dayOf(now)).map(({ body, opened_at, closes_on }) => {
		const { name, slug } = bodies.find(({ id }) => id === body)!
		return { kind: 'survey', body: name, title: name, path: `/coalition/${slug}/capacity/survey`, since: opened_at, due: closes_on }
	})
}
