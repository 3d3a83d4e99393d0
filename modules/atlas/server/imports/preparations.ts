import { randomBytes, randomUUID } from 'node:crypto'
import { enqueue, Refusal, type JobContext } from '#database'
import type { ColumnUse, ImportDescription, ImportPlan } from '../../imports/preparation.ts'
import { checkTable, packSeries, type CheckedTable } from './check-import.ts'
import { addStep, fingerprintOfPlan, getImportRow, readSteps, standingIn, takeImport, type ImportActor, type ImportDatabase, type ImportSteps, type ImportWriter } from './import-steps.ts'
import { readPlaceKeys } from './place-keys.ts'
import { uploadBytes } from './read-import.ts'
import { forgetUpload, hashUpload, keepUpload, openUpload, uploadMegabytes, type SentFile } from './uploads.ts'
import { openUploadTable } from './upload-table.ts'

/** Files that one person may have in preparation, so that nobody fills the disk. */
export const OPEN_IMPORTS = 10
const INSERTED_AT_ONCE = 1000

/**
 * Keeps a file and asks for it to be read. Returns the import's id. Errors: `import_file_missing`, `import_file_empty`,
 * `import_file_too_large`, `import_too_many`.
 */
export async function beginImport(database: ImportDatabase, actor: ImportActor, file: SentFile | undefined, now: Date): Promise<string> {
	if (!file?.name) throw new Refusal('import_file_missing', {})
	const sha256 = await hashUpload(file, uploadMegabytes())
	const id = `d-${randomBytes(8).toString('hex')}`
	await database.transaction().execute(async (writer) => {
		await requireRoom(writer, actor)
		await keepUpload(writer, sha256, file, now)
		await writer.insertInto('atlas.import').values({ id, sha256, file_name: file.name.replace(/^.*[/\\]/, '').slice(0, 200), begun_by: actor.id, begun_at: now }).execute()
		await askFor(writer, 'read-import', id, { at: now, by: actor.id })
	})
	return id
}

async function requireRoom(writer: ImportWriter, actor: ImportActor): Promise<void> {
	const own = await writer
		.selectFrom('atlas.import as i')
		.select('i.id')
		.where('i.begun_by', '=', actor.id)
		.where((where) => where.not(where.exists(where.selectFrom('atlas.import_step as s').select('s.import').whereRef('s.import', '=', 'i.id').where('s.kind', '=', 'published'))))
		.execute()
	if (own.length >= OPEN_IMPORTS) throw new Refusal('import_too_many', { count: own.length })
}

/** Hands work to the queue and writes down which job it is. */
async function askFor(writer: ImportWriter, task: 'read-import' | 'check-import', id: string, { at, by }: { at: Date; by: string }): Promise<void> {
	const job = randomUUID()
	await addStep(writer, id, 'asked', { job }, { at, by })
	await enqueue(writer, { id: job, task, payload: { import: id }, askedBy: by, at })
}

/** Changes the plan of an import and asks for it to be checked. Errors: those of `takeImport`, `import_settled`, `import_not_read`. */
async function changePlan(writer: ImportWriter, id: string, actor: ImportActor, now: Date, change: (plan: ImportPlan | undefined, steps: ImportSteps) => ImportPlan): Promise<void> {
	const { steps } = await takeImport(writer, id, actor)
	if (standingIn(steps)) throw new Refusal('import_settled', {})
	if (!steps.read) throw new Refusal('import_not_read', {})
	const before = steps.planned?.content
	const plan = change(before, steps)
	await addStep(writer, id, 'planned', plan, { at: now, by: actor.id })
	if (!before || fingerprintOfPlan(before) !== fingerprintOfPlan(plan)) await askFor(writer, 'check-import', id, { at: now, by: actor.id })
}

/** Says what a file is. Errors: `import_publisher_missing`, `import_title_missing`, `import_licence_missing`, `import_years_unclear`, `import_url_unclear`, `import_geography_unknown`, `import_key_unknown`. */
export async function describeImport(writer: ImportWriter, id: string, actor: ImportActor, given: ImportDescription, now: Date): Promise<void> {
	const description = await checkDescription(writer, given)
	await changePlan(writer, id, actor, now, (plan, steps) => {
		if (!steps.read!.content.columns.some(({ name }) => name === description.keyColumn)) throw new Refusal('import_key_unknown', { column: description.keyColumn })
		const uses = (plan?.uses ?? []).filter(({ column }) => column !== description.keyColumn)
		return { description, uses, badCellsAreMissing: false }
	})
}

/** States other boundaries than before, and keeps everything else. Errors: those of `describeImport`, `import_not_described`. */
export async function chooseBoundaries(writer: ImportWriter, id: string, actor: ImportActor, geography: string, now: Date): Promise<void> {
	const planned = (await readSteps(writer, id)).planned?.content
	if (!planned) throw new Refusal('import_not_described', {})
	await describeImport(writer, id, actor, { ...planned.description, geography }, now)
}

async function checkDescription(writer: ImportWriter, given: ImportDescription): Promise<ImportDescription> {
	const description = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, name === 'keyColumn' ? text : text.trim().slice(0, 300)])) as unknown as ImportDescription
	if (!description.publisher) throw new Refusal('import_publisher_missing', {})
	if (!description.title) throw new Refusal('import_title_missing', {})
	if (!description.licence) throw new Refusal('import_licence_missing', {})
	const years = /^(\d{4})(?:\s*[-–—]\s*(\d{4}))?$/.exec(description.years)
	if (!years || (years[2] && years[2] <= years[1]!)) throw new Refusal('import_years_unclear', { years: description.years })
	if (description.url && !/^https?:\/\/[^\s/]+/.test(description.url)) throw new Refusal('import_url_unclear', {})
	const known = await writer.selectFrom('atlas.geography').select('key').where('key', '=', description.geography).executeTakeFirst()
	if (!known) throw new Refusal('import_geography_unknown', {})
	return { ...description, years: years[2] ? `${years[1]}–${years[2]}` : years[1]! }
}

/** Uses a column, or leaves it out. Errors: `import_not_described`, `import_column_unknown`, `import_name_missing`, `import_indicator_unknown`, `import_unit_differs`. */
export async function planColumn(writer: ImportWriter, id: string, actor: ImportActor, column: string, use: ColumnUse | undefined, now: Date): Promise<void> {
	if (use) await checkUse(writer, use)
	await changePlan(writer, id, actor, now, (plan, steps) => {
		if (!plan) throw new Refusal('import_not_described', {})
		const names = steps.read!.content.columns.map(({ name }) => name)
		for (const name of [column, ...[use?.margin, use?.parts?.numerator, use?.parts?.universe].filter((one) => one !== undefined)]) if (!names.includes(name) || name === plan.description.keyColumn) throw new Refusal('import_column_unknown', { column: name })
		const uses = [...plan.uses.filter((other) => other.column !== column), ...(use ? [use] : [])]
		return { ...plan, uses: uses.sort((a, b) => names.indexOf(a.column) - names.indexOf(b.column)), badCellsAreMissing: false }
	})
}

async function checkUse(writer: ImportWriter, { becomes, unit }: ColumnUse): Promise<void> {
	if ('new' in becomes) {
		if (!becomes.new.name.en.trim() && !becomes.new.name.es.trim()) throw new Refusal('import_name_missing', {})
		return
	}
	const indicator = await writer.selectFrom('atlas.indicator').select(['unit', 'domain']).where('key', '=', becomes.indicator).executeTakeFirst()
	if (!indicator || indicator.domain === 'index') throw new Refusal('import_indicator_unknown', {})
	if (indicator.unit !== unit) throw new Refusal('import_unit_differs', { indicator: becomes.indicator })
}

/** Says that the cells and rows of the report count as missing, or takes it back. Errors: those of `planColumn`. */
export async function takeBadCellsAsMissing(writer: ImportWriter, id: string, actor: ImportActor, yes: boolean, now: Date): Promise<void> {
	await changePlan(writer, id, actor, now, (plan) => {
		if (!plan) throw new Refusal('import_not_described', {})
		return { ...plan, badCellsAreMissing: yes }
	})
}

/** Deletes an import that never reached the public, with its bytes. Errors: `import_settled` and those of `takeImport`. */
export async function discardImport(writer: ImportWriter, id: string, actor: ImportActor): Promise<void> {
	const { row, steps } = await takeImport(writer, id, actor)
	if (standingIn(steps)) throw new Refusal('import_settled', {})
	await writer.deleteFrom('atlas.import').where('id', '=', id).execute()
	await forgetUpload(writer, row.sha256)
}

/** The job that follows a plan: reads the table by it and keeps what it gave. A plan that was changed meanwhile has its own job. */
export async function checkImport(id: string, job: Pick<JobContext, 'database' | 'report' | 'now'>): Promise<void> {
	const database = job.database as unknown as ImportDatabase
	const [row, steps, keys] = await Promise.all([getImportRow(database, id), readSteps(database, id), readPlaceKeys(database)])
	const plan = steps.planned!.content
	const total = await uploadBytes(database, row.sha256)
	const table = await openUploadTable(openUpload(database, row.sha256, (done) => job.report('check', done, total)), row.file_name)
	const checked = await checkTable(table, plan, keys)
	await database.transaction().execute((writer) => keepCheck(writer, id, plan, checked, job.now()))
}

async function keepCheck(writer: ImportWriter, id: string, plan: ImportPlan, { check, findings, series }: CheckedTable, now: Date): Promise<void> {
	const held = await writer.selectFrom('atlas.import').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
	// Discarded or published while this ran: nothing to keep.
	if (!held || standingIn(await readSteps(writer, id))) return
	await writer.deleteFrom('atlas.import_finding').where('import', '=', id).execute()
	await writer.deleteFrom('atlas.import_series').where('import', '=', id).execute()
	for (let first = 0; first < findings.length; first += INSERTED_AT_ONCE) {
		const rows = findings.slice(first, first + INSERTED_AT_ONCE).map(({ row, column, kind, found }, i) => ({ import: id, ordinal: first + i, row_number: row, column_name: column, kind, found }))
		await writer.insertInto('atlas.import_finding').values(rows).execute()
	}
	const { geography, years } = plan.description
	for (const [ordinal, one] of series.entries()) {
		const { becomes } = one.use
		const target = 'new' in becomes ? { indicator: '', brought: JSON.stringify(becomes.new) } : { indicator: becomes.indicator, brought: null }
		await writer.insertInto('atlas.import_series').values({ import: id, ordinal, ...target, geography, vintage: years, ...packSeries(one) }).execute()
	}
	await addStep(writer, id, 'checked', { ...check, plan: fingerprintOfPlan(plan) }, { at: now, by: 'system' })
}
