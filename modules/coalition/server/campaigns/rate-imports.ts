import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { columnsOfRates, readResponseRates, type RateFault, type RateReading } from '../../campaigns/index.ts'
import { dayOf } from '../../decisions/day.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findCampaignPlaces } from './campaign-places.ts'
import { readDayDone, recordOfCampaign, requireCampaign } from './campaigns.ts'
import { ROWS_AT_ONCE } from './targets.ts'

/** Rows that one file of rates may have: every tract of the largest state on a few dates. */
export const RATE_ROWS_AT_MOST = 40_000

/** Faults that are shown; whoever mends so many brings the file anew. */
const FAULTS_KEPT = 500

export interface RateImport {
	id: string
	fileName: string
	source: string
	begunAt: Date
	rows: number
	readings: RateReading[]
	faults: RateFault[]
	/** Cells without a number, and rows of places that the campaign does not work in. */
	missing: number
	elsewhere: number
}

/**
 * Keeps a file of response rates to be looked at before anything comes of it; one that waited is set aside. Errors: `rates_without_source`,
 * `rates_without_places`, `rates_without_values`, `rates_without_days`, `rates_too_long`, `rates_empty`, those of `readDayDone` and `requireCampaign`.
 */
export async function beginRateImport(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, given: { fileName: string; columns: string[]; rows: (string | null)[][]; source: string; day: string }, now: Date): Promise<string> {
	const found = await requireCampaign(writer, actor, campaign, 'run_campaign', now)
	const source = given.source.trim().slice(0, 300)
	if (!source) throw new Refusal('rates_without_source')
	const day = given.day.trim() ? readDayDone(given.day, now) : ''
	const columns = columnsOfRates(given.columns, day)
	if (typeof columns === 'string') throw new Refusal(({ places: 'rates_without_places', values: 'rates_without_values', days: 'rates_without_days' } as const)[columns], { columns: given.columns.join(', ').slice(0, 120) })
	if (given.rows.length > RATE_ROWS_AT_MOST) throw new Refusal('rates_too_long', { rows: given.rows.length, most: RATE_ROWS_AT_MOST })
	const read = readResponseRates(columns, given.rows, { day, today: dayOf(new Date(now.getTime() + 14 * 3_600_000)) })
	const { places } = await findCampaignPlaces(writer, found)
	const known = new Set(places.flatMap(({ geoid, countyGeoid }) => [geoid, countyGeoid]))
	const readings = read.readings.filter(({ geoid }) => known.has(geoid))
	if (readings.length === 0 && read.faults.length === 0) throw new Refusal('rates_empty', { rows: given.rows.length })
	await setWaitingAside(writer, campaign, now)
	const id = newId('ri')
	const elsewhere = read.otherLevels + new Set(read.readings.filter(({ geoid }) => !known.has(geoid)).map(({ row }) => row)).size
	await writer.insertInto('coalition.rate_import').values({ id, campaign, file_name: given.fileName.slice(0, 120), source, readings: JSON.stringify(readings), faults: JSON.stringify(read.faults.slice(0, FAULTS_KEPT)), rows: given.rows.length, missing: read.missing, elsewhere, begun_at: now, begun_by: nameOf(actor), taken_in_at: null, set_aside_at: null }).execute()
	return id
}

/** The file that waits to be taken in. */
export async function findRateImport(reader: Reader<CoalitionTables>, campaign: string): Promise<RateImport | undefined> {
	const found = await reader.selectFrom('coalition.rate_import').selectAll().where('campaign', '=', campaign).where('taken_in_at', 'is', null).where('set_aside_at', 'is', null).orderBy('begun_at', 'desc').limit(1).executeTakeFirst()
	return found && { id: found.id, fileName: found.file_name, source: found.source, begunAt: found.begun_at, rows: found.rows, readings: found.readings, faults: found.faults, missing: found.missing, elsewhere: found.elsewhere }
}

/** Files that were taken in, newest first. */
export function listRateImports(reader: Reader<CoalitionTables>, campaign: string): Promise<{ id: string; fileName: string; source: string; taken: number; at: Date }[]> {
	return reader.selectFrom('coalition.rate_import').select(['id', 'file_name as fileName', 'source', 'taken', 'begun_at as at']).where('campaign', '=', campaign).where('taken_in_at', 'is not', null).orderBy('taken_in_at', 'desc').limit(50).execute()
}

/** Takes the waiting file in, all of it or nothing. Returns how many readings came of it. Errors: `rates_faulty` with the rows, `rates_not_waiting`, those of `requireCampaign`. */
export async function takeInRates(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, id: string, now: Date): Promise<number> {
	await requireCampaign(writer, actor, campaign, 'run_campaign', now)
	const waiting = await findRateImport(writer, campaign)
	if (waiting?.id !== id) throw new Refusal('rates_not_waiting')
	if (waiting.faults.length > 0) throw new Refusal('rates_faulty', { rows: rowsInWords(waiting.faults), count: waiting.faults.length })
	await observe(writer, actor, campaign, waiting.readings, waiting.source, now)
	await writer.updateTable('coalition.rate_import').set({ taken_in_at: now, readings: '[]', taken: waiting.readings.length }).where('id', '=', id).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.rates_taken_in', subject: recordOfCampaign(campaign), payload: { import: id, readings: waiting.readings.length } })
	return waiting.readings.length
}

const rowsInWords = (faults: readonly RateFault[]): string => {
	const rows = [...new Set(faults.map(({ row }) => row))]
	return rows.slice(0, 10).join(', ') + (rows.length > 10 ? ' …' : '')
}

async function observe(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, readings: readonly RateReading[], source: string, now: Date): Promise<void> {
	for (let i = 0; i < readings.length; i += ROWS_AT_ONCE) {
		const rows = readings.slice(i, i + ROWS_AT_ONCE).map(({ geoid, day, metric, value }) => ({ campaign, metric, geoid, day, value, source, at: now, by: nameOf(actor) }))
		await writer.insertInto('coalition.observation').values(rows).execute()
	}
}

/** Sets the waiting file aside; its readings are erased. Errors: those of `requireCampaign`. */
export async function setRatesAside(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, now: Date): Promise<void> {
	await requireCampaign(writer, actor, campaign, 'run_campaign', now)
	await setWaitingAside(writer, campaign, now)
}

async function setWaitingAside(writer: Writer<CoalitionTables>, campaign: string, now: Date): Promise<void> {
	await writer.updateTable('coalition.rate_import').set({ set_aside_at: now, readings: '[]', faults: '[]' }).where('campaign', '=', campaign).where('taken_in_at', 'is', null).where('set_aside_at', 'is', null).execute()
}
