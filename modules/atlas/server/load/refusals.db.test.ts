import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { makeSampleFiles } from '../../../../regions/sample/index.ts'
import type { AtlasTables } from '../tables.ts'
import { loadRegion } from './load-region.ts'
import { makeRegionFolder, REGIONS, writeChangedRegion, type Change, type Manifest } from './testing/changed-region.ts'

type Tables = AtlasTables & CoreTables

let open: OpenDatabase<Tables>
const folder = makeRegionFolder()
before(async () => void (open = await createTestDatabase<Tables>()))
after(async () => {
	rmSync(folder, { recursive: true, force: true })
	await open.close()
})

/** Loads the sample as a region of files, changed in one way, and gives the code and parameters of the refusal. */
async function refusalOf(change: Change) {
	writeChangedRegion(folder, change)
	const loading = loadRegion({ database: open.database, regionsFolder: folder, region: 'changed', dataFolder: folder, now: () => new Date(), report: async () => undefined })
	const cause = await loading.then(() => undefined, (error: unknown) => error as { code: string; parameters: Record<string, string> })
	const shown = await sql<{ n: number }>`select count(*)::int as n from atlas.place`.execute(open.database)
	assert.equal(shown.rows[0]!.n, 0, 'nothing is shown of a load that was refused')
	return cause
}

const survey = (manifest: Manifest) => manifest.sources.find(({ key }) => key === 'sample-survey-2024')!

test('a wrong checksum stops the load', async () => {
	const cause = await refusalOf({ table: (csv) => csv.replace('12', '13'), checksums: false })
	assert.equal(cause?.code, 'source_checksum')
	assert.equal(cause?.parameters.file, 'sample-survey-2024.csv')
})

test('a missing file is named with the address of its publisher', async () => {
	const cause = await refusalOf({ manifest: (manifest) => void (survey(manifest).file = 'elsewhere.csv') })
	assert.equal(cause?.code, 'source_missing')
})

test('a wrong key column names the columns there are', async () => {
	const cause = await refusalOf({ manifest: (manifest) => void (survey(manifest).table!.key = 'FIPS') })
	assert.equal(cause?.code, 'key_column_missing')
	assert.match(cause!.parameters.available!, /GEOID/)
})

test('a GEOID that stands twice is named with both rows', async () => {
	const cause = await refusalOf({ table: (csv) => csv + csv.split('\n')[5] + '\n' })
	assert.equal(cause?.code, 'key_twice')
	assert.equal(cause?.parameters.first, 6)
	assert.equal(cause?.parameters.row, 252)
})

test('text in a number column is named with row, column and value', async () => {
	const cause = await refusalOf({ table: (csv) => csv.replace(/^(99001010100,"[^"]*",[^,]*,)\d+/m, '$1about 5000') })
	assert.equal(cause?.code, 'not_a_number')
	assert.deepEqual([cause!.parameters.column, cause!.parameters.value], ['E_TOTPOP', 'about 5000'])
})

test('a table of another vintage is recognised by comparing match rates, although most of its keys match', async () => {
	const cause = await refusalOf({ manifest: (manifest) => void (survey(manifest).table!.geography = 'tract-2010') })
	assert.equal(cause?.code, 'table_of_other_vintage')
	assert.equal(cause?.parameters.other, 'tract-2020')
	assert.equal(cause?.parameters.otherRate, '100.0 %')
})

test('keys of nowhere are refused with an example', async () => {
	const cause = await refusalOf({ table: (csv) => csv.replace(/^99/gm, '98') })
	assert.equal(cause?.code, 'keys_do_not_match')
	assert.match(cause!.parameters.example!, /^98/)
})

test('an ACS jam value never reaches arithmetic: it becomes missing', async () => {
	const cause = await refusalOf({ table: (csv) => csv.replace(/^(99001010100,"[^"]*",[^,]*,)\d+,\d+/m, '$1-666666666,-222222222').replace(/^(99001010200,"[^"]*",[^,]*,\d+,)\d+/m, '$1-555555555'), manifest: (manifest) => void ((manifest.indices as { columns: unknown }[])[1]!.columns = {}) })
	// The changed index stops the load at the end; until then the table with the jam value was read without complaint.
	assert.equal(cause?.code, 'region_index_inputs')
	const rows = await sql<{ e: Buffer; m: Buffer }>`select estimates as e, margins as m from atlas_loading.series where indicator = 'population' and vintage = '2020–2024'`.execute(open.database)
	const [{ e, m }] = rows.rows as [{ e: Buffer; m: Buffer }]
	assert.ok(Number.isNaN(e.readDoubleLE(0)) && Number.isNaN(m.readDoubleLE(0)))
	// Controlled to a known total: the margin is 0, and that is knowledge.
	assert.equal(m.readDoubleLE(8), 0)
})

test('a truncated boundary file is refused', async () => {
	const cause = await refusalOf({ boundaries: (json) => json.slice(0, 100_000) })
	assert.match(cause!.code, /^json_/)
})

test('an index without its inputs names them and computes nothing', async () => {
	const cause = await refusalOf({ table: (csv) => csv.replace('EP_POV150', 'EP_POV_150').replace('EP_POV_150', 'EP_OTHER') })
	assert.ok(['column_missing', 'region_index_inputs'].includes(cause!.code))
})

test('a manifest with a mistake says where', async () => {
	const cause = await refusalOf({ manifest: (manifest) => void ((manifest.state as { geoid: string }).geoid = 'Georgia') })
	assert.equal(cause?.code, 'manifest_invalid')
	assert.equal(cause?.parameters.path, 'state → geoid')
})

test('the sample manifest pins what its generator makes', () => {
	const manifest = readFileSync(join(REGIONS, 'sample.yml'), 'utf8')
	for (const [name, text] of makeSampleFiles()) assert.ok(manifest.includes(createHash('sha256').update(text).digest('hex')), name)
})
