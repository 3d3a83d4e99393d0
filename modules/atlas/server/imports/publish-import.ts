import { sql } from 'kysely'
import { appendToLedger, Refusal } from '#database'
import { betterFit, fitShare } from '../../imports/boundary-fit.ts'
import { fillsBoth, indicatorKeyOf, type ImportPlan, type NewIndicator } from '../../imports/preparation.ts'
import { addStep, fingerprintOfPlan, getImportRow, readSteps, standingIn, takeAtlas, takeImport, type ImportActor, type ImportSteps, type ImportWriter } from './import-steps.ts'
import type { ImportCheck, ImportSeriesTable } from './import-tables.ts'

/** The key of the source that an import becomes. */
export const sourceOfImport = (id: string) => `own-${id}`

type Publication = { id: string; plan: ImportPlan; check: ImportCheck; series: ImportRow[] }
type ImportRow = Omit<ImportSeriesTable, 'brought'> & { brought: NewIndicator | null }

/**
 * Shows an import to everybody: its source, indicators and series join the atlas in one transaction. Published before and withdrawn,
 * it comes back under the same keys. Errors: `import_not_checked`, `import_rows_in_the_way`, `import_nothing_chosen`,
 * `import_column_empty`, `import_parts_differ`, `import_other_vintage`, `import_already_public`, those of `takeImport` and of `findObstacle`.
 */
export async function publishImport(writer: ImportWriter, id: string, actor: ImportActor, now: Date): Promise<void> {
	await takeAtlas(writer)
	const { steps } = await takeImport(writer, id, actor)
	if (standingIn(steps) === 'published') throw new Refusal('import_already_public', {})
	requireReady(steps)
	const publication = await readPublication(writer, id, steps)
	if (!steps.published) await nameIndicators(writer, publication)
	const obstacle = await findObstacle(writer, publication)
	if (obstacle) throw obstacle
	await insertIntoAtlas(writer, publication, now)
	const indicators = publication.series.map(({ indicator }) => indicator)
	await addStep(writer, id, 'published', { indicators }, { at: now, by: actor.id })
	const { sha256 } = await getImportRow(writer, id)
	await appendToLedger(writer, { at: now, actor: actor.id, kind: 'import.published', subject: `atlas:import/${id}`, payload: { sha256, series: publication.series.map((row) => `${row.indicator}/${row.geography}/${row.vintage} ${row.content_hash.toString('hex')}`) } })
}

function requireReady(steps: ImportSteps): void {
	const [plan, check] = [steps.planned?.content, steps.checked?.content]
	if (!plan || !check || check.plan !== fingerprintOfPlan(plan)) throw new Refusal('import_not_checked', {})
	if (plan.uses.length === 0) throw new Refusal('import_nothing_chosen', {})
	const better = betterFit(check.fits, plan.description.geography)
	if (better) throw new Refusal('import_other_vintage', { stated: plan.description.geography, other: better.geography, share: (100 * fitShare(better)).toFixed(1) })
	const empty = check.series.find(({ known }) => known === 0)
	if (empty) throw new Refusal('import_column_empty', { column: empty.column })
	const apart = check.series.find(({ partsDiffer }) => partsDiffer)
	if (apart) throw new Refusal('import_parts_differ', { column: apart.column })
	if (check.blocking > 0 && !plan.badCellsAreMissing) throw new Refusal('import_rows_in_the_way', { count: check.blocking })
}

async function readPublication(writer: ImportWriter, id: string, steps: ImportSteps): Promise<Publication> {
	const series = await writer.selectFrom('atlas.import_series').selectAll().where('import', '=', id).orderBy('ordinal').execute()
	return { id, plan: steps.planned!.content, check: steps.checked!.content, series }
}

/** Gives the indicators that an import brings their keys, once and for good. */
async function nameIndicators(writer: ImportWriter, { id, series }: Publication): Promise<void> {
	const rows = await sql<{ key: string }>`select key from atlas.indicator union select indicator as key from atlas.import_series where indicator <> ''`.execute(writer)
	const taken = new Set(rows.rows.map(({ key }) => key))
	for (const row of series) {
		if (!row.brought) continue
		row.indicator = indicatorKeyOf(row.brought.name, (key) => taken.has(key))
		taken.add(row.indicator)
		await writer.updateTable('atlas.import_series').set({ indicator: row.indicator }).where('import', '=', id).where('ordinal', '=', row.ordinal).execute()
	}
}

/**
 * What keeps an import out of the atlas as it is now: `import_boundaries_changed` when its geography is gone or another file than
 * the one that was checked; `import_indicator_unknown`, `import_unit_differs`, `import_key_taken`; `import_series_there`.
 */
async function findObstacle(writer: ImportWriter, { plan, check, series }: Publication): Promise<Refusal | undefined> {
	const { geography } = plan.description
	const now = await findFile(writer, geography)
	if (now !== check.file) return new Refusal('import_boundaries_changed', { geography })
	const own = new Set<string>()
	for (const { indicator, brought, unit, vintage } of series) {
		if (own.has(indicator)) return new Refusal('import_column_twice_used', { indicator })
		own.add(indicator)
		const there = await writer.selectFrom('atlas.indicator').select('unit').where('key', '=', indicator).executeTakeFirst()
		if (brought && there) return new Refusal('import_key_taken', { indicator })
		if (!brought && !there) return new Refusal('import_indicator_unknown', { indicator })
		if (!brought && there!.unit !== unit) return new Refusal('import_unit_differs', { indicator })
		const same = await writer.selectFrom('atlas.series').select('source').where((where) => where.and({ indicator, geography, vintage })).executeTakeFirst()
		if (same) return new Refusal('import_series_there', { indicator, years: vintage, geography })
	}
	return undefined
}

/** The checksum of the file that a geography was made from. */
async function findFile(writer: ImportWriter, geography: string): Promise<string | undefined> {
	const row = await writer.selectFrom('atlas.geography as g').innerJoin('atlas.source as s', 's.key', 'g.source').select('s.sha256').where('g.key', '=', geography).executeTakeFirst()
	return row?.sha256
}

async function insertIntoAtlas(writer: ImportWriter, { id, plan, check, series }: Publication, now: Date): Promise<void> {
	const source = sourceOfImport(id)
	const { publisher, title, url, licence, years, geography } = plan.description
	const upload = await writer.selectFrom('atlas.import as i').innerJoin('atlas.upload as u', 'u.sha256', 'i.sha256').select(['u.sha256', 'u.bytes']).where('i.id', '=', id).executeTakeFirstOrThrow()
	const after = async (table: 'atlas.source' | 'atlas.indicator') => (await writer.selectFrom(table).select(sql<number>`coalesce(max(ordinal), -1) + 1`.as('next')).executeTakeFirstOrThrow()).next
	await writer
		.insertInto('atlas.source')
		.values({
			key: source, ordinal: await after('atlas.source'), kind: 'table', publisher, title: JSON.stringify({ en: title, es: title }), url: url || null, vintage: years, licence,
			sha256: upload.sha256, publisher_sha256: null, bytes: upload.bytes, rows: check.rows,
			report: JSON.stringify({ matched: check.matched, unmatched: check.rows - check.matched, withoutRow: check.withoutRow, import: id }), loaded_at: now,
		})
		.execute()
	let ordinal = await after('atlas.indicator')
	for (const row of series) {
		if (row.brought) await insertIndicator(writer, row, ordinal++)
		await writer
			.insertInto('atlas.series')
			.values({
				indicator: row.indicator, geography, vintage: row.vintage, version: 1, source, kind: row.kind, decimals: row.decimals, estimates: row.estimates, margins: row.margins,
				numerators: row.numerators, numerator_margins: row.numerator_margins, universes: row.universes, universe_margins: row.universe_margins, content_hash: row.content_hash, loaded_at: now,
			})
			.execute()
	}
}

async function insertIndicator(writer: ImportWriter, { indicator, brought, unit }: ImportRow, ordinal: number): Promise<void> {
	const { name, about, universe, domain, direction } = fillsBoth(brought!)
	await writer
		.insertInto('atlas.indicator')
		.values({
			key: indicator, ordinal, domain, name: JSON.stringify(name), description: JSON.stringify(about), unit, direction, universe: universe.en || null,
			definition: JSON.stringify({ group: false, universe: universe.en ? universe : null }),
		})
		.execute()
}

/** Takes an import out of the atlas again; its numbers stay here, so that it can come back and citations can be explained. Errors: `import_not_public`, `import_indicator_in_use`, those of `takeImport`. */
export async function withdrawImport(writer: ImportWriter, id: string, actor: ImportActor, now: Date): Promise<void> {
	await takeAtlas(writer)
	const { steps } = await takeImport(writer, id, actor)
	if (standingIn(steps) !== 'published') throw new Refusal('import_not_public', {})
	const source = sourceOfImport(id)
	const brought = await writer.selectFrom('atlas.import_series').select('indicator').where('import', '=', id).where('brought', 'is not', null).execute()
	const keys = brought.map(({ indicator }) => indicator)
	const used = keys.length > 0 && (await writer.selectFrom('atlas.series').select(['indicator', 'source']).where('indicator', 'in', keys).where('source', '<>', source).executeTakeFirst())
	if (used) throw new Refusal('import_indicator_in_use', { indicator: used.indicator, source: used.source })
	await writer.deleteFrom('atlas.series').where('source', '=', source).execute()
	if (keys.length > 0) await writer.deleteFrom('atlas.indicator').where('key', 'in', keys).execute()
	await writer.deleteFrom('atlas.source').where('key', '=', source).execute()
	await addStep(writer, id, 'withdrawn', {}, { at: now, by: actor.id })
	await appendToLedger(writer, { at: now, actor: actor.id, kind: 'import.withdrawn', subject: `atlas:import/${id}`, payload: {} })
}

/**
 * Brings what people published into a region that was just loaded anew, in the order in which it was published. What no longer fits
 * (other boundaries, a unit that changed, numbers that the region has now itself) is set aside with its reason and never lost.
 */
export async function republishImports(writer: ImportWriter, now: Date): Promise<void> {
	const rows = await writer.selectFrom('atlas.import_step').select(['import', sql<number>`max(ordinal)`.as('last')]).where('kind', '=', 'published').groupBy('import').orderBy('last').execute()
	for (const { import: id } of rows) {
		const steps = await readSteps(writer, id)
		if (standingIn(steps) !== 'published') continue
		const publication = await readPublication(writer, id, steps)
		const obstacle = await findObstacle(writer, publication)
		if (!obstacle) await insertIntoAtlas(writer, publication, now)
		else {
			await addStep(writer, id, 'set_aside', { code: obstacle.code, parameters: obstacle.parameters }, { at: now, by: 'system' })
			await appendToLedger(writer, { at: now, actor: 'system', kind: 'import.set_aside', subject: `atlas:import/${id}`, payload: { reason: obstacle.code } })
		}
	}
}
