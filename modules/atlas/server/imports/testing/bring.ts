import { join } from 'node:path'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import type { ColumnUse, ImportDescription } from '../../../imports/preparation.ts'
import type { AtlasTables } from '../../tables.ts'
import { loadRegion } from '../../load/load-region.ts'
import { getImportRow, readSteps, type ImportActor } from '../import-steps.ts'
import { beginImport, checkImport, describeImport, planColumn } from '../preparations.ts'
import { publishImport } from '../publish-import.ts'
import { readImport } from '../read-import.ts'

export const ROBIN: ImportActor = { id: 'robin', administrator: false }
export const ALEX: ImportActor = { id: 'alex', administrator: true }
const REGIONS = join(import.meta.dirname, '../../../../../regions')

export type Open = OpenDatabase<AtlasTables & CoreTables>

/** A database with a region and two people. */
export async function openRegion(region = 'sample', dataFolder?: string): Promise<Open> {
	const open = await createTestDatabase<AtlasTables & CoreTables>()
	await load(open, region, dataFolder)
	for (const [id, name, role] of [['robin', 'Robin', 'member'], ['alex', 'Alex', 'administrator']]) {
		await open.pool.query('insert into people."user" (id, name, email, role) values ($1, $2, $3, $4)', [id, name, `${id}@example.org`, role])
	}
	return open
}

export async function load(open: Open, region = 'sample', dataFolder?: string, regionsFolder = REGIONS): Promise<void> {
	await loadRegion({ database: open.database, regionsFolder, region, dataFolder, now: () => new Date(), report: async () => undefined })
}

const job = (open: Open) => ({ database: open.database as never, report: () => undefined, now: () => new Date() })

/** Uploads a file and does the job that reads it. */
export async function upload(open: Open, content: string | Uint8Array, name = 'table.csv', actor = ROBIN): Promise<string> {
	const bytes = Buffer.from(content as string)
	const id = await beginImport(open.database, actor, { name, pieces: [bytes], size: bytes.length }, new Date())
	await readImport(id, job(open))
	return id
}

/** Says what a file is and which columns are used, and does the jobs that check it. */
export async function prepare(open: Open, id: string, description: Partial<ImportDescription>, uses: ColumnUse[], actor = ROBIN): Promise<void> {
	const read = (await readSteps(open.database, id)).read!.content
	const whole = { publisher: 'City of Harbor Bend', title: 'Tree count', url: '', licence: 'CC0', years: '2024', geography: 'tract-2020', keyColumn: read.key ?? '', ...description }
	await open.database.transaction().execute((writer) => describeImport(writer, id, actor, whole, new Date()))
	for (const use of uses) await open.database.transaction().execute((writer) => planColumn(writer, id, actor, use.column, use, new Date()))
	await check(open, id)
}

export const check = (open: Open, id: string) => checkImport(id, job(open))
export const publish = (open: Open, id: string, actor = ROBIN) => open.database.transaction().execute((writer) => publishImport(writer, id, actor, new Date()))
export const steps = (open: Open, id: string) => readSteps(open.database, id)
export const row = (open: Open, id: string) => getImportRow(open.database, id)

/** A new indicator of that name in percent. */
export function share(column: string, name: string, margin?: string): ColumnUse {
	return {
		column, unit: 'percent', decimals: 1, ...(margin && { margin }),
		becomes: { new: { name: { en: name, es: '' }, about: { en: '', es: '' }, universe: { en: '', es: '' }, domain: 'environment', direction: 'higher_is_better' } },
	}
}

/** The GEOIDs of a geography, in place order. */
export async function geoids(open: Open, geography: string): Promise<string[]> {
	const rows = await open.database.selectFrom('atlas.place').select('geoid').where('geography', '=', geography).orderBy('ordinal').execute()
	return rows.map(({ geoid }) => geoid)
}

