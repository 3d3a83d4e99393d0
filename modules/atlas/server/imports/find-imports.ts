import { sql } from 'kysely'
import type { CoreTables, Job, Reader } from '#database'
import { BLOCKING, fillsBoth, type FindingKind, type NewIndicator } from '../../imports/preparation.ts'
import type { SeriesValues } from '../../comparison.ts'
import type { Unit } from '../../domains.ts'
import { decodeColumn } from '../load/number-column.ts'
import type { AtlasTables } from '../tables.ts'
import { fingerprintOfPlan, readSteps, standingIn, type ImportActor, type ImportSteps } from './import-steps.ts'

type Tables = AtlasTables & CoreTables

/** Where an import stands: being read or checked, refused, waiting for what it is or for its columns, ready, or public. */
export type ImportStanding = 'reading' | 'failed' | 'describe' | 'columns' | 'checking' | 'checked' | 'published' | 'withdrawn' | 'set_aside'

export interface ImportSummary {
	id: string
	fileName: string
	bytes: number
	sha256: string
	begunBy: string
	begunByName: string
	begunAt: Date
	standing: ImportStanding
	title: string
	/** When it reached where it stands, for what was published once. */
	settledAt: Date | undefined
}

export interface ImportView extends ImportSummary {
	steps: ImportSteps
	job: Pick<Job, 'state' | 'step' | 'done' | 'total' | 'reason'> | undefined
	/** The check, when it looked at the plan as it is. */
	fresh: boolean
}

/** An import with all that is known of it; undefined when there is none of that id, or when this person may not see it yet. */
export async function findImport(reader: Reader<Tables>, id: string, actor: ImportActor | undefined): Promise<ImportView | undefined> {
	const row = await selectImports(reader).where('i.id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const steps = await readSteps(reader, id)
	if (!standingIn(steps) && !mayChange(row, actor)) return undefined
	const job = steps.asked && (await reader.selectFrom('core.job').select(['state', 'step', 'done', 'total', 'reason']).where(sql<string>`id::text`, '=', steps.asked.content.job).executeTakeFirst())
	const fresh = steps.planned !== undefined && steps.checked?.content.plan === fingerprintOfPlan(steps.planned.content)
	return { ...summaryOf(row, steps, job), steps, job, fresh }
}

export function mayChange(row: { begunBy: string }, actor: ImportActor | undefined): boolean {
	return actor !== undefined && (actor.administrator || row.begunBy === actor.id)
}

/** Everything that was published once, and what this person (or, to an administrator, anybody) has in preparation; newest first, at most 1000. */
export async function listImports(reader: Reader<Tables>, actor: ImportActor | undefined): Promise<ImportSummary[]> {
	const rows = await selectImports(reader).orderBy('i.begun_at', 'desc').limit(1000).execute()
	if (rows.length === 0) return []
	const steps = await reader
		.selectFrom('atlas.import_step')
		.distinctOn(['import', 'kind'])
		.select(['import', 'kind', 'at', 'by', 'ordinal', lightContent.as('content')])
		.where('import', 'in', rows.map(({ id }) => id))
		.orderBy('import')
		.orderBy('kind')
		.orderBy('ordinal', 'desc')
		.execute()
	const byImport = Map.groupBy(steps, (step) => step.import)
	const jobs = steps.filter(({ kind }) => kind === 'asked').map(({ content }) => (content as { job: string }).job)
	const states = new Map((await reader.selectFrom('core.job').select([sql<string>`id::text`.as('id'), 'state']).where(sql<string>`id::text`, 'in', jobs).execute()).map((job) => [job.id, job]))
	return rows.flatMap((row) => {
		const own = Object.fromEntries((byImport.get(row.id) ?? []).map(({ kind, ...step }) => [kind, step])) as ImportSteps
		return standingIn(own) || mayChange(row, actor) ? [summaryOf(row, own, states.get(own.asked?.content.job ?? ''))] : []
	})
}

/** What a list needs of a step: the facts of every column would be most of its bytes. */
const lightContent = sql<unknown>`case kind when 'read' then '{}'::jsonb when 'checked' then jsonb_build_object('plan', content -> 'plan') else content end`

function selectImports(reader: Reader<Tables>) {
	return reader
		.selectFrom('atlas.import as i')
		.innerJoin('atlas.upload as u', 'u.sha256', 'i.sha256')
		.select(['i.id', 'i.file_name as fileName', 'i.sha256', 'u.bytes', 'i.begun_by as begunBy', 'i.begun_at as begunAt'])
		.select(sql<string>`coalesce((select name from people."user" p where p.id = i.begun_by), '')`.as('begunByName'))
}

function summaryOf(row: Omit<ImportSummary, 'standing' | 'title' | 'settledAt'>, steps: ImportSteps, job: Pick<Job, 'state'> | undefined): ImportSummary {
	const settled = standingIn(steps)
	return { ...row, standing: settled ?? standingOf(steps, job), title: steps.planned?.content.description.title ?? '', settledAt: settled && steps[settled]!.at }
}

function standingOf(steps: ImportSteps, job: Pick<Job, 'state'> | undefined): ImportStanding {
	if (job?.state === 'failed') return 'failed'
	if (!steps.read) return 'reading'
	if (!steps.planned) return 'describe'
	if (steps.checked?.content.plan !== fingerprintOfPlan(steps.planned.content)) return 'checking'
	return steps.planned.content.uses.length === 0 ? 'columns' : 'checked'
}

/** The findings of an import in the order of the table, those that stand in the way first when only some are asked for. */
export async function listFindings(reader: Reader<Tables>, id: string, limit?: number): Promise<{ row: number; column: string; kind: FindingKind; found: string; blocks: boolean }[]> {
	let query = reader.selectFrom('atlas.import_finding').select(['row_number as row', 'column_name as column', 'kind', 'found']).where('import', '=', id)
	query = limit === undefined ? query.orderBy('row_number').orderBy('ordinal') : query.orderBy('ordinal').limit(limit)
	return (await query.execute()).map((finding) => ({ ...finding, blocks: BLOCKING.includes(finding.kind) }))
}

/** A series that an import would bring or has brought. */
export interface ImportedSeries {
	ordinal: number
	indicator: string
	brought: NewIndicator | null
	geography: string
	vintage: string
	unit: Unit
	decimals: number
	hash: string
	values: SeriesValues
}

/** The numbers of an import's last check, in the order of its columns. */
export async function readImportSeries(reader: Reader<Tables>, id: string): Promise<ImportedSeries[]> {
	const rows = await reader.selectFrom('atlas.import_series').selectAll().where('import', '=', id).orderBy('ordinal').execute()
	const column = (bytes: Buffer | null) => bytes && decodeColumn(bytes)
	return rows.map((row) => ({
		ordinal: row.ordinal, indicator: row.indicator, brought: row.brought && fillsBoth(row.brought), geography: row.geography, vintage: row.vintage,
		unit: row.unit, decimals: row.decimals, hash: row.content_hash.toString('hex'),
		values: {
			kind: row.kind, estimates: decodeColumn(row.estimates), margins: column(row.margins), numerators: column(row.numerators), numeratorMargins: column(row.numerator_margins),
			universes: column(row.universes), universeMargins: column(row.universe_margins),
		},
	}))
}
