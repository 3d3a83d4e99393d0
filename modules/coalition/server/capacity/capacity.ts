import type { Reader } from '#database'
import { listPeriods, type Period, type PeriodKind } from '../../capacity/index.ts'
import { may } from '../../permissions.ts'
import { positionsOf, requireMay, type Actor, type BodyRef } from '../actor.ts'
import { listBodies, type Body } from '../bodies.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findCounts, type Counts } from './find-counts.ts'
import { findHealth, type Health } from './find-health.ts'

/** What is counted of a body, period by period, the one that runs first. */
export interface BodyCounts {
	periods: (Period & { counts: Counts })[]
}

/** The counts of a body by year or quarter. Errors: those of `requireMay`. */
export async function findBodyCounts(reader: Reader<CoalitionTables>, actor: Actor, body: BodyRef & { foundedAt: Date }, kind: PeriodKind, now: Date): Promise<BodyCounts> {
	await requireMay(reader, body, actor, 'see_capacity', now)
	const periods = listPeriods(kind, body.foundedAt, now)
	const counts = (await findCounts(reader, [body.id], periods, now)).get(body.id)!
	return { periods: periods.map((period) => ({ ...period, counts: counts.get(period.key)! })) }
}

/** What is missing or out of date in the records of a body. Errors: those of `requireMay`. */
export async function findBodyHealth(reader: Reader<CoalitionTables>, actor: Actor, body: BodyRef, now: Date): Promise<Health> {
	await requireMay(reader, body, actor, 'see_health', now)
	return (await findHealth(reader, [body.id], now)).get(body.id)!
}

/** Every open body whose counts somebody may read, by name: there is no other order. */
export interface AllCapacity {
	period: Period
	periods: Period[]
	bodies: (Pick<Body, 'id' | 'slug' | 'name' | 'kind'> & { counts: Counts; health: Health | undefined })[]
}

/** The counts of all bodies that somebody may read in one period, and what their records lack where they may read that. */
export async function findAllCapacity(reader: Reader<CoalitionTables>, actor: Actor, asked: { by: PeriodKind; period: string | undefined }, now: Date): Promise<AllCapacity> {
	const open = (await listBodies(reader, actor, now)).filter(({ closedAt }) => !closedAt)
	const shown = await Promise.all(open.map(async (body) => {
		const positions = await positionsOf(reader, body.id, actor, now)
		return { body, counts: may(positions, 'see_capacity', body.visibility), health: may(positions, 'see_health', body.visibility) }
	}))
	const counted = shown.filter(({ counts }) => counts).map(({ body }) => body)
	const founded = counted.length === 0 ? now : new Date(Math.min(...counted.map(({ foundedAt }) => foundedAt.getTime())))
	const periods = listPeriods(asked.by, founded, now)
	const period = periods.find(({ key }) => key === asked.period) ?? periods[0]!
	const [counts, health] = await Promise.all([
		findCounts(reader, counted.map(({ id }) => id), [period], now),
		findHealth(reader, shown.filter((one) => one.counts && one.health).map(({ body }) => body.id), now),
	])
	return { period, periods, bodies: counted.map(({ id, slug, name, kind }) => ({ id, slug, name, kind, counts: counts.get(id)!.get(period.key)!, health: health.get(id) })) }
}
