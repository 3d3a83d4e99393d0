import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { cite, findCitation, findIndicator } from '../index.ts'
import type { AtlasTables } from '../tables.ts'
import { loadRegion } from './load-region.ts'
import { makeRegionFolder, writeChangedRegion, type Change } from './testing/changed-region.ts'

const folder = makeRegionFolder()
let open: OpenDatabase<AtlasTables & CoreTables>
before(async () => void (open = await createTestDatabase()))
after(async () => {
	rmSync(folder, { recursive: true, force: true })
	await open.close()
})

async function load(change: Change): Promise<void> {
	writeChangedRegion(folder, change)
	await loadRegion({ database: open.database, regionsFolder: folder, region: 'changed', dataFolder: folder, now: () => new Date(), report: async () => undefined })
}

const versions = async (indicator: string) =>
	(await open.database.selectFrom('atlas.series').select('version').where('indicator', '=', indicator).where('vintage', '=', '2020–2024').orderBy('version').execute()).map(({ version }) => version)

test('a correction makes a new version, keeps the old one, and a citation shows then and now', async () => {
	await load({})
	const geoid = '99001010100'
	const id = await open.database.transaction().execute((writer) => cite(writer, 'visitor', { kind: 'number', indicator: 'population', geography: 'tract-2020', geoid }, new Date()))
	await load({ table: (csv) => csv.replace(/^(99001010100,"[^"]*",[^,]*,)\d+/m, '$14321') })
	assert.deepEqual(await versions('population'), [1, 2])
	assert.deepEqual(await versions('low-income'), [1], 'what did not change keeps its version')
	assert.equal((await findIndicator(open.database, 'population'))!.series[0]!.version, 2)
	const citation = (await findCitation(open.database, id))!
	assert.ok(citation.frozen.kind === 'number')
	assert.equal(citation.frozen.series.version, 1)
	assert.notEqual(citation.frozen.estimate, 4321)
	assert.equal(citation.now!.estimate, 4321)
})

test('new boundaries end the versions whose place order they break', async () => {
	await load({ boundaries: (json) => json.replace('"NAMELSAD":"Census Tract 101"', '"NAMELSAD":"Census Tract 101 (renamed)"') })
	assert.deepEqual(await versions('population'), [3], 'back to the first numbers is one more version')
})
