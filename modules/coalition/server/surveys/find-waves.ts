import type { Reader } from '#database'
import { dayOf } from '../../decisions/day.ts'
import { compareWaves, publishWave, type AnswerCounts, type ItemChange, type PublishedWave, type SurveyItem } from '../../surveys/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { requireMay, type Actor, type BodyRef } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

export interface WaveLine {
	id: string
	opensOn: string
	closesOn: string
	asked: number
	state: 'coming' | 'open' | 'closed' | 'called_off'
	reason: string
	/** Of the reader, while it takes answers: whether they were asked, and how they were given a code. */
	own: 'none' | 'mail' | 'screen' | 'paper' | undefined
	/** Who was asked and has no code yet. */
	withoutCode: number
}

/** The waves of a body, the newest first. Errors: those of `requireMay`. */
export async function listWaves(reader: Reader<CoalitionTables>, actor: Actor, body: BodyRef, now: Date): Promise<WaveLine[]> {
	await requireMay(reader, body, actor, 'see_capacity', now)
	const rows = await reader.selectFrom('room.wave').select(['id', 'asked', 'called_off_at', 'reason', dayColumn('opens_on'), dayColumn('closes_on')])
		.select(({ selectFrom }) => selectFrom('coalition.wave_asked').select(({ fn }) => fn.countAll<number>().as('left')).whereRef('wave', '=', 'room.wave.id').where('given', 'is', null).as('left'))
		.where('body', '=', body.id).orderBy('room.wave.opens_on', 'desc').orderBy('id').execute()
	const own = actor.person ? await reader.selectFrom('coalition.wave_asked').select(['wave', 'given']).where('person', '=', actor.person).execute() : []
	return rows.map(({ id, asked, called_off_at, reason, opens_on, closes_on, left }) => {
		const asks = own.find(({ wave }) => wave === id)
		return { id, opensOn: opens_on, closesOn: closes_on, asked, reason, state: stateOf(called_off_at, opens_on, closes_on, now), own: asks && (asks.given ?? 'none'), withoutCode: Number(left ?? 0) }
	})
}

function stateOf(calledOff: Date | null, opensOn: string, closesOn: string, now: Date): WaveLine['state'] {
	if (calledOff) return 'called_off'
	const today = dayOf(now)
	return opensOn > today ? 'coming' : closesOn < today ? 'closed' : 'open'
}

export interface WaveResult {
	id: string
	opensOn: string
	closesOn: string
	published: PublishedWave
	/** What changed since the closed wave before; empty for the first. */
	changes: ItemChange[]
	before: string | undefined
}

/** What is told of the closed waves of a body, the newest first; of one that takes answers nothing. Errors: those of `requireMay`. */
export async function findWaveResults(reader: Reader<CoalitionTables>, actor: Actor, body: BodyRef, now: Date): Promise<WaveResult[]> {
	await requireMay(reader, body, actor, 'see_capacity', now)
	const rows = await reader.selectFrom('room.wave').select(['id', 'asked', 'items', dayColumn('opens_on'), dayColumn('closes_on')]).where('body', '=', body.id).where('called_off_at', 'is', null).where('room.wave.closes_on', '<', dayOf(now) as never).orderBy('room.wave.closes_on').orderBy('id').execute()
	const published = await Promise.all(rows.map((row) => publish(reader, row)))
	return rows.map(({ id, opens_on, closes_on }, n): WaveResult => ({
		id, opensOn: opens_on, closesOn: closes_on, published: published[n]!, changes: n === 0 ? [] : compareWaves(published[n - 1]!, published[n]!), before: rows[n - 1]?.closes_on,
	})).reverse()
}

async function publish(reader: Reader<CoalitionTables>, { id, asked, items }: { id: string; asked: number; items: readonly SurveyItem[] }): Promise<PublishedWave> {
	const [answered, rows] = await Promise.all([
		reader.selectFrom('room.wave_code').select(({ fn }) => fn.countAll<number>().as('count')).where('wave', '=', id).where('used', '=', true).executeTakeFirstOrThrow(),
		reader.selectFrom('room.wave_answer').select(({ fn }) => ['item', 'answer', fn.countAll<number>().as('count')]).where('wave', '=', id).groupBy(['item', 'answer']).execute(),
	])
	const counts = new Map(items.map((item) => [item, [1, 2, 3, 4, 5].map((value) => Number(rows.find((row) => row.item === item && row.answer === value)?.count ?? 0)) as unknown as AnswerCounts]))
	return publishWave(asked, Number(answered.count), counts, items)
}
