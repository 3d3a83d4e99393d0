import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { findGeography, searchPlaces } from '../index.ts'
import type { AtlasTables } from '../tables.ts'
import { loadRegion } from './load-region.ts'
import { makeRegionFolder, REGIONS, writeChangedRegion } from './testing/changed-region.ts'

type Tables = AtlasTables & CoreTables
let open: OpenDatabase<Tables>
const folder = makeRegionFolder()
before(async () => {
	open = await createTestDatabase<Tables>()
	await loadRegion({ database: open.database, regionsFolder: REGIONS, region: 'sample', now: () => new Date(), report: async () => undefined })
})
after(async () => {
	rmSync(folder, { recursive: true, force: true })
	await open.close()
})

test('a place belongs to the name of each kind with most of its land; only a name that is most of no place stands beside another', async () => {
	const { rows } = await sql<{ kind: string; ordinal: number; name: string; share: number; places: number }>`select n.kind, l.ordinal, l.name, l.share,
		count(*) over (partition by l.name)::int as places from atlas.name_place l join atlas.name n on n.key = l.name`.execute(open.database)
	assert.ok(rows.every(({ share, places }) => share <= 1 && (share >= 0.1 || places === 1)))
	for (const together of Map.groupBy(rows, ({ kind, ordinal }) => `${kind} ${ordinal}`).values()) {
		assert.ok(together.length === 1 || together.filter(({ places }) => places > 1).length <= 1, JSON.stringify(together))
	}
	assert.equal(new Set(rows.filter(({ kind }) => kind === 'zip').map(({ ordinal }) => ordinal)).size, 250, 'ZIP codes cover the sample region')
	assert.deepEqual([...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, list]) => [kind, new Set(list.map(({ name }) => name)).size]).sort(), [['city', 6], ['neighborhood', 11], ['zip', 32]])
})

test('Westside is found with its tracts, by beginning, in any capitals', async () => {
	const geography = (await findGeography(open.database, 'tract-2020'))!
	const { names, found, total } = searchPlaces(geography, 'WESTS')
	assert.deepEqual(names.map(({ key }) => key), ['westside-neighborhood'])
	assert.deepEqual(found.map(({ ordinal }) => ordinal), [...names[0]!.ordinals])
	assert.equal(total, 13)
	assert.equal(searchPlaces(geography, '00101').names[0]!.kind, 'zip')
})

const sourceOf = (file: string, text: string, names: object) => ({
	key: 'more-names', kind: 'names', title: { en: 'More', es: 'Más' }, publisher: 'Somebody', vintage: '2020', licence: 'CC0-1.0',
	file, sha256: createHash('sha256').update(text).digest('hex'), names: { geography: 'tract-2020', ...names },
})

/** Loads the sample with a source of names more, or gives why it was refused. */
async function loadWith(file: string, text: string, names: object) {
	writeFileSync(join(folder, file), text)
	writeChangedRegion(folder, { manifest: (manifest) => void manifest.sources.push(sourceOf(file, text, names) as never) })
	const database = await createTestDatabase<Tables>()
	try {
		await loadRegion({ database: database.database, regionsFolder: folder, region: 'changed', dataFolder: folder, now: () => new Date(), report: async () => undefined })
		const rows = await sql<{ name: string; geoid: string; share: number | null }>`select n.name, p.geoid, l.share from atlas.name n join atlas.name_place l on l.name = n.key
			join atlas.place p on (p.geography, p.ordinal) = (l.geography, l.ordinal) where n.source = 'more-names' order by 1, 2`.execute(database.database)
		return { rows: rows.rows, report: (await database.database.selectFrom('atlas.source').select('report').where('key', '=', 'more-names').executeTakeFirstOrThrow()).report }
	} catch (cause) {
		return cause as { code: string; parameters: Record<string, string | number> }
	} finally {
		await database.close()
	}
}

const table = { format: 'table', name: 'name', kind_column: 'kind', key: 'GEOID' }

test('a table of names and places is taken at its word', async () => {
	const { places } = (await findGeography(open.database, 'tract-2020'))!
	const [a, b] = [places[3]!.geoid, places[9]!.geoid]
	const loaded = await loadWith('table.csv', `name,kind,GEOID\nThe Bluff,neighborhood,${a}\nThe Bluff,neighborhood,${b}\n00199,zip,${b}\n`, table)
	assert.ok('rows' in loaded, JSON.stringify(loaded))
	assert.deepEqual(loaded.rows, [{ name: '00199', geoid: b, share: null }, { name: 'The Bluff', geoid: a, share: null }, { name: 'The Bluff', geoid: b, share: null }])
})

test('a point names the place that holds it, and one outside the region names none and is counted', async () => {
	const { places } = (await findGeography(open.database, 'tract-2020'))!
	const { centroid } = await open.database.selectFrom('atlas.place').select('centroid').where('geography', '=', 'tract-2020').where('ordinal', '=', 5).executeTakeFirstOrThrow()
	const loaded = await loadWith('points.csv', `label,longitude,latitude\nStation,${centroid[0]},${centroid[1]}\nFar away,10,50\n`, { format: 'points', name: 'label', kind: 'neighborhood' })
	assert.ok('rows' in loaded, JSON.stringify(loaded))
	assert.deepEqual(loaded.rows, [{ name: 'Station', geoid: places[5]!.geoid, share: null }])
	assert.deepEqual(loaded.report, { matched: 1, unmatched: 1 })
})

test('a kind that is none, a place that is none, an empty name and a name of another source are each said with their row', async () => {
	const refusal = async (text: string, names: object = table) => {
		const { code, parameters } = (await loadWith('wrong.csv', text, names)) as { code: string; parameters: Record<string, unknown> }
		return [code, parameters?.row]
	}
	const { places } = (await findGeography(open.database, 'tract-2020'))!
	const { geoid } = places[0]!
	assert.deepEqual(await refusal(`name,kind,GEOID\nA,city,${geoid}\nB,village,${geoid}\n`), ['name_kind_unknown', 3])
	assert.deepEqual(await refusal(`name,kind,GEOID\nA,city,99999999999\n`), ['name_place_unknown', 2])
	assert.deepEqual(await refusal(`name,kind,GEOID\n ,city,${geoid}\n`), ['name_empty', 2])
	assert.deepEqual(await refusal(`name,kind,GEOID\nWestside,neighborhood,${geoid}\n`), ['name_twice', undefined])
	assert.deepEqual(await refusal(`name,GEOID\nA,${geoid}\n`, { format: 'table', name: 'name' }), ['manifest_invalid', undefined])
})
