import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeOsm } from '@throughline/geo/testing'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { findBackdrop, findBackdropTile, findGeography, listSources } from '../index.ts'
import type { AtlasTables } from '../tables.ts'
import { loadRegion } from './load-region.ts'
import { makeRegionFolder, REGIONS, writeChangedRegion } from './testing/changed-region.ts'

type Tables = AtlasTables & CoreTables
let open: OpenDatabase<Tables>
const folder = makeRegionFolder()
before(async () => void (open = await createTestDatabase<Tables>()))
after(async () => {
	rmSync(folder, { recursive: true, force: true })
	await open.close()
})

/** Constructed: a road and a town in the middle of the sample region, which lies in the open Atlantic, or somewhere else. */
const extract = (longitude: number, latitude: number) => makeOsm({
	nodes: [...[0, 1, 2].map((i) => ({ id: 10 + i, longitude: longitude + i / 20, latitude })), { id: 20, longitude, latitude, tags: { place: 'town', name: 'Harbor Bend' } }],
	ways: [{ id: 1, tags: { highway: 'trunk' }, refs: [10, 11, 12] }],
})

function load(bytes: Uint8Array) {
	writeFileSync(join(folder, 'roads.osm.pbf'), bytes)
	const source = {
		key: 'roads', kind: 'roads', title: { en: 'Roads', es: 'Carreteras' }, publisher: 'OpenStreetMap contributors', vintage: '2026', licence: 'ODbL-1.0',
		file: 'roads.osm.pbf', sha256: createHash('sha256').update(bytes).digest('hex'),
	}
	writeChangedRegion(folder, { manifest: (manifest) => void manifest.sources.push(source as never) })
	return loadRegion({ database: open.database, regionsFolder: folder, region: 'changed', dataFolder: folder, now: () => new Date(), report: async () => undefined })
}

test('roads of another part of the world, and a file that is no extract, stop the load', async () => {
	await assert.rejects(load(extract(10, 50)), (cause: { code?: string }) => cause.code === 'roads_elsewhere')
	await assert.rejects(load(Buffer.from('no extract')), (cause: { code?: string }) => cause.code === 'osm_not_an_extract')
	assert.equal(await findBackdrop(open.database), undefined)
})

test('roads about the region become the backdrop, with its tiles and whose data it is', async () => {
	await load(extract(-45, 31))
	const backdrop = (await findBackdrop(open.database))!
	assert.equal(backdrop.attribution, '© OpenStreetMap contributors (ODbL)')
	const { bounds } = (await findGeography(open.database, 'tract-2020'))!
	assert.ok(backdrop.bounds[0] < bounds[0]! && backdrop.bounds[3] > bounds[3]!)
	const [x, y] = [Math.floor((-45 / 360 + 0.5) * 2 ** 12), Math.floor(((1 - Math.asinh(Math.tan((31 * Math.PI) / 180)) / Math.PI) / 2) * 2 ** 12)]
	const text = (await findBackdropTile(open.database, 12, x, y))!.toString('latin1')
	for (const word of ['roads', 'trunk', 'labels', 'Harbor Bend', 'town']) assert.ok(text.includes(word), word)
	assert.equal(await findBackdropTile(open.database, 12, 0, 0), undefined)
	assert.ok((await listSources(open.database)).some(({ kind, rows }) => kind === 'roads' && Number(rows) === 1))
})

test('a copy of the sample may have roads beside the files that are made', async () => {
	const text = readFileSync(join(REGIONS, 'sample.yml'), 'utf8').replace('key: sample', 'key: copied')
	const sha256 = createHash('sha256').update(extract(-45, 31)).digest('hex')
	const source = `  - { key: roads, kind: roads, title: { en: Roads, es: Carreteras }, publisher: OpenStreetMap contributors, vintage: "2026", licence: ODbL-1.0, file: roads.osm.pbf, sha256: ${sha256} }\n`
	writeFileSync(join(folder, 'copied.yml'), text.replace('\nindices:', `\n${source}\nindices:`))
	const copied = (dataFolder?: string) => loadRegion({ database: open.database, regionsFolder: folder, region: 'copied', dataFolder, now: () => new Date(), report: async () => undefined })
	await assert.rejects(copied(), (cause: { code?: string }) => cause.code === 'source_folder_needed')
	await copied(folder)
	assert.ok(await findBackdrop(open.database))
})

test('a region that has roads no more has no backdrop', async () => {
	await loadRegion({ database: open.database, regionsFolder: REGIONS, region: 'sample', now: () => new Date(), report: async () => undefined })
	assert.equal(await findBackdrop(open.database), undefined)
	assert.equal(await open.database.selectFrom('atlas.backdrop_tile').selectAll().executeTakeFirst(), undefined)
})
