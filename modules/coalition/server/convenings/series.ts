import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { readTime } from '../../convenings/local-time.ts'
import { daysOfSeries, MOST_IN_SERIES, movedAlike, type GivenSeries, type Rhythm } from '../../convenings/series.ts'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { offerNews } from '../topics.ts'
import { addConvening, cancelConvening, changeConvening, convene, getConveningRow, givenOf, requireConvening, type GivenConvening } from './convenings.ts'
import { listConvenings, type ConveningLine } from './find-convenings.ts'
import { countTaken } from './seats.ts'

export const seriesRecordOf = (series: string): string => `coalition:convening_series/${series}`

/**
 * Plans a series: a convening of its own for each day, all at the clock time of the first whatever the clocks do between them. Followers hear of
 * it once. Returns its id and that of the first date. Errors: those of `daysOfSeries` under their names, those of `convene` (`time_skipped` names the day on which
 * the clock jumps over the time).
 */
export async function conveneSeries(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenConvening, rule: GivenSeries, now: Date): Promise<{ series: string; first: string }> {
	await requireOpenBody(writer, body, actor, 'convene', now)
	// A first day that cannot be read is a fault of the day, not of the rule.
	if ('fault' in readTime(given)) await convene(writer, actor, body, given, now)
	const found = daysOfSeries(given.date, rule)
	if ('fault' in found) throw new Refusal(found.fault, { most: MOST_IN_SERIES, count: rule.count.slice(0, 20), until: rule.until.slice(0, 20), rhythm: rule.rhythm.slice(0, 40) })
	const series = newId('q')
	await writer.insertInto('coalition.convening_series').values({ id: series, body, rhythm: found.rhythm, made_at: now, made_by: nameOf(actor) }).execute()
	const dates: string[] = []
	for (const date of found.days) dates.push(await addConvening(writer, actor, body, { ...given, date }, series, now))
	await linkRecords(writer, { from: seriesRecordOf(series), relation: 'convened by', to: `coalition:body/${body}`, at: now, by: nameOf(actor) })
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'convening_series.planned', subject: seriesRecordOf(series), payload: { dates: dates.length, rhythm: found.rhythm } })
	await offerNews(writer, [body, ...given.hosts], { kind: 'convening_planned', record: seriesRecordOf(series), title: given.title.trim(), address: `/convenings/series/${series}`, at: now })
	return { series, first: dates[0]! }
}

/** A date of a series, with its seats. */
export interface SeriesDate extends ConveningLine {
	capacity: number | undefined
	/** People who say they come, parties counted whole. */
	coming: number
	waiting: number
}

export interface Series {
	id: string
	body: string
	rhythm: Rhythm
	/** All its dates by their beginning, those called off among them. */
	dates: SeriesDate[]
}

/** A series with its dates, for who may read them. Errors: `convening_not_found`, those of `requireMay`. */
export async function getSeries(reader: Reader<CoalitionTables>, actor: Actor, id: string, now: Date): Promise<Series> {
	const row = await reader.selectFrom('coalition.convening_series').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) throw new Refusal('convening_not_found')
	await requireMay(reader, await getBodyRef(reader, row.body), actor, 'see_inside', now)
	const lines = await listConvenings(reader, actor, { series: id }, now)
	const rows = lines.length === 0 ? [] : await reader.selectFrom('coalition.convening').select(['id', 'capacity']).where('series', '=', id).execute()
	const waits = await reader.selectFrom('coalition.rsvp').innerJoin('coalition.convening', 'coalition.convening.id', 'coalition.rsvp.convening').select(({ fn }) => ['convening', fn.countAll<string>().as('count')]).where('series', '=', id).where('answer', '=', 'waiting').groupBy('convening').execute()
	const dates: SeriesDate[] = []
	for (const line of lines.toReversed()) {
		dates.push({ ...line, capacity: rows.find((one) => one.id === line.id)?.capacity ?? undefined, coming: await countTaken(reader, line.id), waiting: Number(waits.find(({ convening }) => convening === line.id)?.count ?? 0) })
	}
	return { id, body: row.body, rhythm: row.rhythm, dates }
}

/** Where a date stands in its series: its number, how many there are, and the dates before and after it that were not called off. */
export interface PlaceInSeries {
	series: string
	rhythm: Rhythm
	number: number
	of: number
	before: string | undefined
	after: string | undefined
	/** Later dates that are planned still. */
	later: number
}

/** The place of a convening in its series; undefined where it belongs to none. */
export async function findPlaceInSeries(reader: Reader<CoalitionTables>, convening: string): Promise<PlaceInSeries | undefined> {
	const own = await reader.selectFrom('coalition.convening').innerJoin('coalition.convening_series', 'coalition.convening_series.id', 'coalition.convening.series').select(['series', 'rhythm', 'starts_at']).where('coalition.convening.id', '=', convening).executeTakeFirst()
	if (!own) return undefined
	const dates = await selectDates(reader, own.series!).execute()
	const index = dates.findIndex(({ id }) => id === convening)
	const isOn = ({ state }: { state: string }) => state !== 'cancelled'
	return { series: own.series!, rhythm: own.rhythm, number: index + 1, of: dates.length, before: dates.slice(0, index).findLast(isOn)?.id, after: dates.slice(index + 1).find(isOn)?.id, later: dates.slice(index + 1).filter(({ state }) => state === 'planned').length }
}

function selectDates(reader: Reader<CoalitionTables>, series: string) {
	return reader.selectFrom('coalition.convening')
		.innerJoinLateral((from) => from.selectFrom('coalition.convening_state').select('state').whereRef('convening', '=', 'coalition.convening.id').orderBy('coalition.convening_state.id', 'desc').limit(1).as('now'), (join) => join.onTrue())
		.selectAll('coalition.convening').select('state').where('series', '=', series).orderBy('starts_at').orderBy('id')
}

/** Later dates of the series that are planned still, all locked in one order so that nobody waits for each other. */
async function lockLater(writer: Writer<CoalitionTables>, convening: { id: string; series: string | null; starts_at: Date }) {
	if (!convening.series) return []
	await writer.selectFrom('coalition.convening').select('id').where('series', '=', convening.series).orderBy('id').forUpdate().execute()
	const dates = await selectDates(writer, convening.series).execute()
	return dates.slice(dates.findIndex(({ id }) => id === convening.id) + 1).filter(({ state }) => state === 'planned')
}

/**
 * Changes a date of a series and what changed by it on all later ones, too: other words of theirs stay, a new day moves each as many days, a new
 * time holds on each day's own clock. Dates that change in nothing keep their sequence, and nobody is told of them. Returns the RSVPs
 * that moved up. Errors: those of `changeConvening`.
 */
export async function changeLater(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: GivenConvening, now: Date): Promise<string[]> {
	const before = await requireConvening(writer, actor, id, 'convene', now)
	const later = await lockLater(writer, before)
	const old = givenOf(before, await hostsOf(writer, id))
	const movedUp = await changeConvening(writer, actor, id, given, now)
	const after = givenOf(await getConveningRow(writer, id), await hostsOf(writer, id))
	const changed = (Object.keys(after) as (keyof GivenConvening)[]).filter((name) => name !== 'hosts' && name !== 'date' && String(after[name]) !== String(old[name]))
	const [added, removed] = [after.hosts.filter((host) => !old.hosts.includes(host)), old.hosts.filter((host) => !after.hosts.includes(host))]
	if (changed.length === 0 && after.date === old.date && added.length === 0 && removed.length === 0) return movedUp
	for (const row of later) {
		const own = givenOf(row, await hostsOf(writer, row.id))
		const hosts = [...new Set([...own.hosts, ...added])].filter((host) => !removed.includes(host))
		const next = { ...own, ...Object.fromEntries(changed.map((name) => [name, after[name]])), date: movedAlike(own.date, old.date, after.date), hosts }
		if (isSame(own, next)) continue
		movedUp.push(...(await changeConvening(writer, actor, row.id, next, now)))
	}
	return movedUp
}

const isSame = (one: GivenConvening, other: GivenConvening): boolean => (Object.keys(one) as (keyof GivenConvening)[]).every((name) => String(one[name]) === String(other[name]))

async function hostsOf(reader: Reader<CoalitionTables>, convening: string): Promise<string[]> {
	return (await reader.selectFrom('coalition.convening_host').select('body').where('convening', '=', convening).orderBy('body').execute()).map(({ body }) => body)
}

/** Calls a date off and all later ones that are planned still. Returns how many. Errors: those of `cancelConvening`. */
export async function cancelLater(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, now: Date): Promise<number> {
	const later = await lockLater(writer, await requireConvening(writer, actor, id, 'convene', now))
	await cancelConvening(writer, actor, id, reason, now)
	for (const row of later) await cancelConvening(writer, actor, row.id, reason, now)
	return later.length + 1
}
