import { findColumn, parseNumber, type Table, type TableBatch } from '@throughline/geo'
import { Refusal, type Database, type JobContext } from '#database'
import { decimalsOf } from '../../imports/preparation.ts'
import type { AtlasTables } from '../tables.ts'
import { addStep, getImportRow, type ImportDatabase } from './import-steps.ts'
import type { ImportReading, ReadColumn } from './import-tables.ts'
import { FitCounter, readPlaceKeys, type PlaceKeys } from './place-keys.ts'
import { openUpload } from './uploads.ts'
import { openUploadTable } from './upload-table.ts'

const SAMPLES = 3
/** Rows by which the column of keys is guessed. */
const GUESS_ROWS = 200
const KEY_NAME = /^(geo_?id|geoid\d\d|geoidfq|fips|tractfips|tract_?fips|censustract|census_tract|tractce|geo_id|tract|id)$/i

/** The job of a new upload: reads it through once and writes down its columns, the guessed key and how it fits the boundaries. */
export async function readImport(id: string, job: Pick<JobContext, 'database' | 'report' | 'now'>): Promise<void> {
	const database = job.database as unknown as ImportDatabase
	const found = await getImportRow(database, id)
	const keys = await readPlaceKeys(database)
	const total = await uploadBytes(database, found.sha256)
	const table = await openUploadTable(openUpload(database, found.sha256, (done) => job.report('read', done, total)), found.file_name)
	const reading = await describeTable(table, keys)
	await database.transaction().execute((writer) => addStep(writer, id, 'read', reading, { at: job.now(), by: 'system' }))
}

export async function uploadBytes(database: Database<AtlasTables>, sha256: string): Promise<number> {
	return (await database.selectFrom('atlas.upload').select('bytes').where('sha256', '=', sha256).executeTakeFirstOrThrow()).bytes
}

/** Errors: `import_column_unnamed`, `column_twice`, `import_without_rows`, and those of the reader. */
export async function describeTable(table: Table, keys: PlaceKeys): Promise<ImportReading> {
	table.columns.forEach((name, i) => {
		if (name.trim() === '') throw new Refusal('import_column_unnamed', { file: table.fileName, number: i + 1 })
		findColumn(table, name)
	})
	const columns = table.columns.map((name) => new ColumnFacts(name))
	const waiting: TableBatch['rows'] = []
	let rows = 0
	let key: number | undefined
	let decided = false
	const fits = new FitCounter(keys)
	const decide = () => {
		decided = true
		key = guessKey(table.columns, waiting, keys)
		for (const row of waiting.splice(0)) if (key !== undefined) fits.count(row[key]!)
	}
	for await (const batch of table.batches) {
		for (const row of batch.rows) {
			rows++
			columns.forEach((column, i) => column.add(row[i] ?? ''))
			if (!decided) waiting.push(row)
			else if (key !== undefined) fits.count(row[key]!)
			if (!decided && waiting.length >= GUESS_ROWS) decide()
		}
	}
	if (!decided) decide()
	if (rows === 0) throw new Refusal('import_without_rows', { file: table.fileName })
	return { rows, columns: columns.map((column) => column.facts), key: key === undefined ? null : table.columns[key]!, fits: fits.fits }
}

/** The column most of whose cells are places; among equals one that is called as keys are. */
function guessKey(names: readonly string[], rows: readonly string[][], keys: PlaceKeys): number | undefined {
	const scores = names.map((name, i) => {
		const counter = new FitCounter(keys)
		for (const row of rows) counter.count(row[i]!)
		const matched = Math.max(...counter.fits.map((fit) => fit.matched))
		return matched === 0 ? 0 : matched + (KEY_NAME.test(name) ? 0.5 : 0)
	})
	const best = Math.max(...scores)
	if (best > 0) return scores.indexOf(best)
	const named = names.findIndex((name) => KEY_NAME.test(name))
	return named < 0 ? undefined : named
}

class ColumnFacts {
	readonly facts: ReadColumn

	constructor(name: string) {
		this.facts = { name, filled: 0, numbers: 0, lowest: null, highest: null, decimals: 0, samples: [] }
	}

	add(cell: string): void {
		const text = cell.trim()
		if (text === '') return
		const { facts } = this
		facts.filled++
		if (facts.samples.length < SAMPLES) facts.samples.push(text.slice(0, 60))
		const value = parseNumber(text)
		// Codes for "no value" say nothing of a column's range.
		if (value === undefined || value <= -999) return
		facts.numbers++
		facts.lowest = Math.min(facts.lowest ?? value, value)
		facts.highest = Math.max(facts.highest ?? value, value)
		facts.decimals = Math.max(facts.decimals, decimalsOf([text]))
	}
}
