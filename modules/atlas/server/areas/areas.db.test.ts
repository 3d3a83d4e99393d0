import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Refusal, type CoreTables, type OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { readGeoJson } from '@throughline/geo'
import { cite, findAreaProfile, findCitation, findGeography, loadRegion, makeArea, type AreaRequest, type AtlasTables, type Geography } from '../index.ts'

type Tables = AtlasTables & CoreTables
const NOW = new Date('2026-03-01T12:00:00Z')

let open: OpenDatabase<Tables>
let geography: Geography
before(async () => {
	open = await createTestDatabase<Tables>()
	await loadRegion({ database: open.database, regionsFolder: join(import.meta.dirname, '../../../../regions'), region: 'sample', now: () => NOW, report: async () => undefined })
	geography = (await findGeography(open.database, 'tract-2020'))!
})
after(() => open.close())

const make = (content: AreaRequest['content'], name = 'Riverside') => open.database.transaction().execute((writer) => makeArea(writer, 'visitor', geography, { name, content }, NOW))
const outline = (coordinates: number[][]) => ({ kind: 'drawn' as const, layer: readGeoJson(Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [coordinates] })), { fileName: 'test' }) })
const box = ([west, south, east, north]: number[]) => outline([[west!, south!], [east!, south!], [east!, north!], [west!, north!], [west!, south!]])
const refuses = (code: string) => (cause: unknown) => cause instanceof Refusal && cause.code === code
const people = async (id: string) => (await findAreaProfile(open.database, id))!.rows.find(({ indicator }) => indicator.key === 'population')!.estimate

test('all tracts of a county, picked, have the numbers of the county', async () => {
	const county = geography.byCounty.keys().next().value!
	const id = await make({ geoids: geography.byCounty.get(county)!.map((ordinal) => geography.places[ordinal]!.geoid) })
	const { rows } = (await findAreaProfile(open.database, id))!
	for (const key of ['population', 'low-income', 'cost-burden']) {
		const row = rows.find(({ indicator }) => indicator.key === key)!
		assert.ok(Math.abs(row.estimate - row.county.estimate) < 1e-9, key)
		assert.ok(Math.abs(row.margin! - row.county.moe) < 1e-6, key)
	}
	assert.equal(rows.find(({ indicator }) => indicator.key === 'median-income')!.weighed.how, 'range')
	assert.equal(await make({ geoids: geography.byCounty.get(county)!.map((ordinal) => geography.places[ordinal]!.geoid).reverse() }), id, 'the same places are the same area')
})

test('an outline around the whole region holds all of it, and its two halves add up to the whole', async () => {
	const [west, south, east, north] = geography.bounds as [number, number, number, number]
	const middle = (west + east) / 2
	const [all, left, right] = [await make(box([west - 0.1, south - 0.1, east + 0.1, north + 0.1])), await make(box([west - 0.1, south - 0.1, middle, north + 0.1])), await make(box([middle, south - 0.1, east + 0.1, north + 0.1]))]
	const whole = (await findAreaProfile(open.database, all))!
	assert.equal(whole.parts.length, geography.places.length)
	const region = whole.rows.find(({ indicator }) => indicator.key === 'population')!
	assert.ok(Math.abs(region.estimate / region.region.estimate - 1) < 1e-3)
	assert.ok(Math.abs(((await people(left)) + (await people(right))) / (await people(all)) - 1) < 1e-3)
})

test('a number and the profile of an area can be cited, and stay', async () => {
	const id = await make({ geoids: [geography.places[0]!.geoid, geography.places[1]!.geoid] }, 'Two tracts')
	for (const request of [{ kind: 'number' as const, indicator: 'low-income', geography: 'area', geoid: id }, { kind: 'profile' as const, geography: 'area', geoid: id }]) {
		const citation = (await findCitation(open.database, await open.database.transaction().execute((writer) => cite(writer, 'visitor', request, NOW))))!
		assert.ok(citation.frozen.kind !== 'map' && citation.frozen.place?.name === 'Two tracts')
		assert.ok(citation.now && citation.intact)
	}
	await assert.rejects(open.pool.query('update atlas.area set name = $1', ['x']), /append-only/)
})

test('what cannot be an area is refused with what to do', async () => {
	await assert.rejects(make({ geoids: [] }), refuses('area_without_places'))
	await assert.rejects(make({ geoids: ['99999999999'] }), refuses('area_unknown_places'))
	await assert.rejects(make({ geoids: [geography.places[0]!.geoid] }, ' '), refuses('area_without_name'))
	await assert.rejects(make(box([0, 0, 1, 1])), refuses('area_outside'))
})
