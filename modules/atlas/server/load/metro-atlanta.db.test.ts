import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createReadStream } from 'node:fs'
import { readColumns, readGeoJson, readTable } from '@throughline/geo'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase, longestHold } from '#database/testing'
import { findAreaProfile, findGeography, findIndicator, listSources, makeArea, readSeries } from '../index.ts'
import type { AtlasTables } from '../tables.ts'
import { loadRegion } from './load-region.ts'
import { requireVintage } from './load-table.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const DATA = join(process.env.THROUGHLINE_SHARED ?? join(ROOT, '../shared'), 'data')
const there = existsSync(DATA)
if (!there) console.log(`The real data are not at ${DATA}: the metro Atlanta tests do not run. Set THROUGHLINE_SHARED.`)
const options = { skip: !there && !process.env.CI && 'the real data are absent' }

let open: OpenDatabase<AtlasTables & CoreTables>
before(async () => {
	if (options.skip) return
	open = await createTestDatabase()
	await loadRegion({ database: open.database, regionsFolder: join(ROOT, 'regions'), region: 'metro-atlanta', dataFolder: DATA, now: () => new Date(), report: async () => undefined })
})
after(() => open?.close())

const table = (columns: string[]) =>
	readTable(createReadStream(join(DATA, 'svi/SVI2022_GEORGIA_tract.csv.gz')), { fileName: 'svi' }).then((read) => readColumns(read, { keyColumn: 'FIPS', columns, missing: ['-999'] }))

test('all Georgia tracts are loaded, and the region is 1,248 tracts in eleven counties', options, async () => {
	const geography = (await findGeography(open.database, 'tract-2020'))!
	assert.equal(geography.places.length, 2791)
	assert.equal(geography.regional.length, 1248)
	assert.equal(new Set(geography.regional.map((i) => geography.places[i]!.countyGeoid)).size, 11)
	assert.equal((await findGeography(open.database, 'tract-2010'))!.places.length, 1966)
})

test('the shapefile in UTM 17N and the GeoJSON show the same boundaries', options, async () => {
	const check = (await listSources(open.database)).find(({ kind }) => kind === 'check')!
	assert.equal(check.report.matched, 2791)
	assert.ok(check.report.largestDifferenceDegrees! <= 1e-4)
})

test('every number is the published one, at its place, and -999 is missing', options, async () => {
	const { keys, columns } = await table(['EP_POV150', 'MP_POV150', 'EP_AFAM', 'EP_NOVEH'])
	const geography = (await findGeography(open.database, 'tract-2020'))!
	for (const [indicator, column] of [['low-income', 'EP_POV150'], ['black', 'EP_AFAM'], ['no-vehicle', 'EP_NOVEH']] as const) {
		const [series] = await readSeries(open.database, [(await findIndicator(open.database, indicator))!.series[0]!])
		const rowOf = new Map(keys.map((key, row) => [key, row]))
		for (const { ordinal, geoid } of geography.places) assert.ok(Object.is(series!.estimates[ordinal], columns.get(column)![rowOf.get(geoid)!]), `${indicator} ${geoid}`)
	}
})

test('the SVI map shows the published RPL_THEMES of every tract', options, async () => {
	const { keys, columns } = await table(['RPL_THEMES'])
	const geography = (await findGeography(open.database, 'tract-2020'))!
	const [series] = await readSeries(open.database, [(await findIndicator(open.database, 'svi-2022'))!.series[0]!])
	const ordinalOf = new Map(geography.places.map(({ geoid, ordinal }) => [geoid, ordinal]))
	keys.forEach((key, row) => assert.ok(Object.is(series!.estimates[ordinalOf.get(key)!], columns.get('RPL_THEMES')![row]), key))
})

test('a table of 2010 tracts is not taken for 2020 ones, although many GEOIDs are the same', options, async () => {
	const read = await readTable(createReadStream(join(DATA, 'places/usda_food_access_2019_georgia.csv.gz')), { fileName: 'usda' })
	const { keys } = await readColumns(read, { keyColumn: 'CensusTract', columns: [] })
	const geographies = await Promise.all(['tract-2010', 'tract-2020'].map(async (key) => {
		const geoids = (await findGeography(open.database, key))!.places.map(({ geoid }) => geoid)
		return { key, geoids, ordinalOf: new Map(geoids.map((geoid, ordinal) => [geoid, ordinal])) }
	}))
	const [of2010, of2020] = geographies as [(typeof geographies)[0], (typeof geographies)[0]]
	const metro = keys.filter((key) => ['13057', '13063', '13067', '13089', '13097', '13113', '13117', '13121', '13135', '13151', '13247'].includes(key.slice(0, 5)))
	const shared = metro.filter((key) => of2020.ordinalOf.has(key)).length
	assert.ok(shared > 0.5 * metro.length, 'matching alone would not tell')
	assert.throws(() => requireVintage({ file: 'usda' }, metro, of2020, geographies), (cause: { code?: string }) => cause.code === 'table_of_other_vintage')
	requireVintage({ file: 'usda' }, metro, of2010, geographies)
})

test('an outline of 19,000 corners over all tracts of Georgia is weighed in turns that hold up nobody for 50 ms', options, async (context) => {
	const geography = (await findGeography(open.database, 'tract-2020'))!
	const ring = Array.from({ length: 19_000 }, (_, i) => {
		const [angle, reach] = [(2 * Math.PI * i) / 19_000, 1 + 0.02 * Math.sin((400 * Math.PI * i) / 19_000)]
		return [-83.4 + 2.4 * reach * Math.cos(angle), 32.7 + 2.4 * reach * Math.sin(angle)]
	})
	const layer = readGeoJson(Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [[...ring, ring[0]]] })), { fileName: 'wide' })
	const { result: profile, milliseconds } = await longestHold(async () => {
		const id = await open.database.transaction().execute((writer) => makeArea(writer, 'visitor', geography, { name: 'Wide', content: { kind: 'drawn', layer } }, new Date()))
		return (await findAreaProfile(open.database, id))!
	})
	context.diagnostic(`${profile.parts.length} tracts; longest hold ${milliseconds.toFixed(0)} ms`)
	assert.ok(profile.parts.length > 2000)
	assert.ok(profile.rows.find(({ indicator }) => indicator.key === 'population')!.estimate > 8_000_000)
	assert.ok(milliseconds < 50, `${milliseconds} ms`)
})
