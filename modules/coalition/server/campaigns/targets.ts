import { sql } from 'kysely'
import { appendToLedger, Refusal, type Reader, type Writer } from '#database'
import { measureProgress, METRICS, readGoalList, type CampaignProgress, type Metric, type PlaceReading } from '../../campaigns/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { findCampaignPlaces, requirePlaces } from './campaign-places.ts'
import { recordOfCampaign, requireCampaign } from './campaigns.ts'

/** How many dates are shown one after another. */
const DATES_SHOWN = 12
/** Rows written at once: PostgreSQL takes 65,535 parameters in one command. */
export const ROWS_AT_ONCE = 2000

/** Errors: `campaign_metric_unknown`. */
export function readMetric(text: string): Metric {
	const metric = METRICS.find((one) => one === text)
	if (!metric) throw new Refusal('campaign_metric_unknown')
	return metric
}

/**
 * Sets targets: for every tract with a reading its latest value and so many points more, or one typed list. Returns how many were set.
 * The latest value becomes the baseline. Errors: `campaign_metric_unknown`, `target_points_unreadable`, `targets_without_readings`,
 * `targets_list_unreadable` with the lines, those of `requirePlaces` and `requireCampaign`.
 */
export async function setTargets(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { metric: string; how: string; points: string; list: string }, now: Date): Promise<number> {
	const campaign = await requireCampaign(writer, actor, id, 'run_campaign', now)
	const metric = readMetric(given.metric)
	const latest = new Map((await listLatest(writer, id, metric)).map(({ geoid, value }) => [geoid, value]))
	const goals = given.how === 'list' ? readList(given.list) : goalsByPoints(given.points, latest, (await findCampaignPlaces(writer, campaign)).places.map(({ geoid }) => geoid))
	if (given.how === 'list') await requirePlaces(writer, campaign, goals.map(({ geoid }) => geoid))
	const rows = goals.map(({ geoid, goal }) => ({ campaign: id, metric, geoid, baseline: latest.get(geoid) ?? null, goal: goal ?? null, set_at: now, set_by: nameOf(actor) }))
	for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) await writer.insertInto('coalition.campaign_target').values(rows.slice(i, i + ROWS_AT_ONCE)).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.targets_set', subject: recordOfCampaign(id), payload: { metric, targets: rows.length } })
	return rows.length
}

function readList(list: string) {
	const { goals, lines } = readGoalList(list)
	if (lines.length > 0) throw new Refusal('targets_list_unreadable', { lines: lines.slice(0, 10).join(', ') })
	if (goals.length === 0) throw new Refusal('targets_list_empty')
	return goals
}

function goalsByPoints(text: string, latest: ReadonlyMap<string, number>, tracts: readonly string[]) {
	const points = Number(text.trim())
	if (!/^\d+(\.\d+)?$/.test(text.trim()) || points <= 0 || points > 100) throw new Refusal('target_points_unreadable', { value: text.trim().slice(0, 40) })
	const goals = tracts.flatMap((geoid) => (latest.has(geoid) ? [{ geoid, goal: Math.min(100, Math.round(10 * (latest.get(geoid)! + points)) / 10) }] : []))
	if (goals.length === 0) throw new Refusal('targets_without_readings')
	return goals
}

/** The value of every place on its latest day; of two on one day the later entered. */
async function listLatest(reader: Reader<CoalitionTables>, campaign: string, metric: Metric): Promise<PlaceReading[]> {
	return reader.selectFrom('coalition.observation').distinctOn('geoid').select(['geoid', dayColumn('day'), 'value']).where('campaign', '=', campaign).where('metric', '=', metric).orderBy('geoid').orderBy('coalition.observation.day', 'desc').orderBy('id', 'desc').execute()
}

const heldTargets = (reader: Reader<CoalitionTables>, campaign: string, metric: Metric) =>
	reader.selectFrom('coalition.campaign_target').distinctOn('geoid').select(['geoid', 'goal', 'baseline']).where('campaign', '=', campaign).where('metric', '=', metric).orderBy('geoid').orderBy('id', 'desc')

/** How far the places of a campaign are today. */
export async function findProgress(reader: Reader<CoalitionTables>, campaign: string, metric: Metric): Promise<CampaignProgress> {
	const [targets, readings] = await Promise.all([heldTargets(reader, campaign, metric).execute(), listLatest(reader, campaign, metric)])
	return measureProgress(targets.flatMap(({ geoid, goal, baseline }) => (goal === null ? [] : [{ geoid, goal, baseline: baseline ?? undefined }])), readings)
}

export interface DateLine {
	day: string
	/** Places with a target whose value was known by that day, and those of them at their goal. */
	known: number
	atGoal: number
}

/** How many places were at today's goals on each of the last days with readings, earliest first. */
export async function listDates(reader: Reader<CoalitionTables>, campaign: string, metric: Metric): Promise<DateLine[]> {
	const days = reader.selectFrom('coalition.observation').select('day').distinct().where('campaign', '=', campaign).where('metric', '=', metric).orderBy('day', 'desc').limit(DATES_SHOWN)
	const rows = await reader
		.selectFrom(days.as('days')).innerJoin(heldTargets(reader, campaign, metric).as('targets'), (join) => join.on('targets.goal', 'is not', null))
		.leftJoinLateral((from) => from.selectFrom('coalition.observation as o').select('o.value').where('o.campaign', '=', campaign).where('o.metric', '=', metric).whereRef('o.geoid', '=', 'targets.geoid').whereRef('o.day', '<=', 'days.day').orderBy('o.day', 'desc').orderBy('o.id', 'desc').limit(1).as('reading'), (join) => join.onTrue())
		.select([dayColumn('days.day'), ({ fn }) => fn.count<number>('reading.value').as('known'), sql<number>`count(*) filter (where reading.value >= targets.goal - 1e-9)`.as('at_goal')])
		.groupBy('days.day').orderBy('days.day').execute()
	return rows.map(({ day, known, at_goal }) => ({ day, known: Number(known), atGoal: Number(at_goal) }))
}

/** The metrics of which a campaign has targets or readings, in their order. */
export async function listMetrics(reader: Reader<CoalitionTables>, campaign: string): Promise<Metric[]> {
	const some = (table: 'coalition.campaign_target' | 'coalition.observation') => reader.selectFrom(table).select('metric').distinct().where('campaign', '=', campaign).execute()
	const found = (await Promise.all([some('coalition.campaign_target'), some('coalition.observation')])).flat()
	return METRICS.filter((metric) => found.some((row) => row.metric === metric))
}
