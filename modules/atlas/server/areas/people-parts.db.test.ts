import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { featureBounds, featureGeometry, readGeoJson, type PolygonLayer } from '@throughline/geo'
import { cite, findAreaProfile, findCitation, findGeography, findProfile, loadRegion, makeArea, type AtlasTables, type Geography } from '../index.ts'
import { makeRegionFolder, writeChangedRegion, type Manifest } from '../load/testing/changed-region.ts'
import { makeSampleFiles } from '../../../../regions/sample/index.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const folder = makeRegionFolder()
let open: OpenDatabase<AtlasTables & CoreTables>
let geography: Geography
let tracts: PolygonLayer

/** The meridian in the middle of a tract's box. */
function middleOf(feature: number): number {
	const bounds = featureBounds(tracts)
	return (bounds[4 * feature]! + bounds[4 * feature + 2]!) / 2
}

/** What of a ring lies on one side of a meridian, by the rule of Sutherland and Hodgman. */
function half(ring: number[][], middle: number, west: boolean): number[][] {
	const inside = ([x]: number[]) => (west ? x! <= middle : x! >= middle)
	const kept = ring.slice(0, -1).flatMap((from, i) => {
		const to = ring[i + 1]!
		const cut = [middle, from[1]! + ((to[1]! - from[1]!) * (middle - from[0]!)) / (to[0]! - from[0]!)]
		return inside(from) === inside(to) ? (inside(to) ? [to] : []) : inside(to) ? [cut, to] : [cut]
	})
	return [...kept, kept[0]!]
}

/** Adds block groups to the sample: every tract in two halves, of which the western one has 3 of 4 people; those of the third tract are not known. */
function addBlockGroups(manifest: Manifest): void {
	const features: unknown[] = []
	const rows = ['GEOID,E_TOTPOP,M_TOTPOP']
	const geoids = tracts.properties.get('GEOID') as string[]
	geoids.forEach((geoid, feature) => {
		const geometry = featureGeometry(tracts, feature)!
		const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
		for (const [digit, west] of [['1', true], ['2', false]] as const) {
			features.push({ type: 'Feature', properties: { GEOID: geoid + digit, NAME: geoid + digit }, geometry: { type: 'MultiPolygon', coordinates: polygons.map(([ring]) => [half(ring!, middleOf(feature), west)]) } })
			rows.push(`${geoid}${digit},${feature === 2 ? '-999' : west ? 900 : 300},90`)
		}
	})
	const write = (file: string, text: string) => {
		writeFileSync(join(folder, file), text)
		return { file, sha256: createHash('sha256').update(text).digest('hex') }
	}
	const shared = { title: { en: 'Block groups', es: 'Grupos de manzanas' }, publisher: 'Throughline', vintage: '2020', licence: 'CC0-1.0' }
	manifest.sources.push(
		{ ...shared, key: 'groups', kind: 'geography', ...write('groups.geojson', JSON.stringify({ type: 'FeatureCollection', features })), geography: { key: 'block-group-2020', place: 'block-group', vintage: 2020, format: 'geojson', id: 'GEOID', name: 'NAME' } } as never,
		{ ...shared, key: 'group-people', kind: 'table', ...write('group-people.csv', rows.join('\n')), table: { geography: 'block-group-2020', key: 'GEOID', missing: ['-999'], counts: { population: 'TOTPOP' } } } as never,
	)
}

before(async () => {
	tracts = readGeoJson(Buffer.from(makeSampleFiles().get('sample-tracts-2020.geojson')!), { fileName: 'tracts' })
	writeChangedRegion(folder, { manifest: addBlockGroups })
	open = await createTestDatabase()
	await loadRegion({ database: open.database, regionsFolder: folder, region: 'changed', dataFolder: folder, now: () => NOW, report: async () => undefined })
	geography = (await findGeography(open.database, 'tract-2020'))!
})
after(async () => {
	await open?.close()
	rmSync(folder, { recursive: true, force: true })
})

/** The area of the western halves of tracts, cut at their middle meridians. */
async function makeHalves(...features: number[]): Promise<string> {
	const coordinates = features.map((feature) => {
		const geometry = featureGeometry(tracts, feature)!
		const [ring] = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0]!
		return [half(ring!, middleOf(feature), true)]
	})
	const layer = readGeoJson(Buffer.from(JSON.stringify({ type: 'MultiPolygon', coordinates })), { fileName: 'halves' })
	return open.database.transaction().execute((writer) => makeArea(writer, 'visitor', geography, { name: `Halves ${features.join()}`, content: { kind: 'drawn', layer } }, NOW))
}

/** The profile of an area with a few of its rows, and the same rows of the place it lies in. */
async function read(id: string, asked?: 'land') {
	const profile = (await findAreaProfile(open.database, id, asked))!
	const place = (await findProfile(open.database, 'tract-2020', geography.places[profile.parts[0]!.ordinal]!.geoid))!
	const rowOf = (key: string) => ({ own: profile.rows.find(({ indicator }) => indicator.key === key)!, place: place.rows.find(({ indicator }) => indicator.key === key)! })
	return { profile, population: rowOf('population'), lowIncome: rowOf('low-income') }
}
const isNear = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-3 * Math.abs(b), `${a} is not near ${b}`)

test('half of a tract with three quarters of its people has three quarters of its counts and of their margins, and says what was used', async () => {
	const id = await makeHalves(0)
	const [people, land] = [await read(id), await read(id, 'land')]
	assert.deepEqual([people.profile.by, land.profile.by, people.profile.byPeople!.kind, people.profile.byPeople!.byLand], ['people', 'land', 'block-group', 0])
	assert.equal(people.profile.parts.length, 1)
	isNear(people.population.own.estimate, 0.75 * people.population.place.estimate)
	isNear(people.population.own.margin!, 0.75 * people.population.place.margin!)
	isNear(land.population.own.estimate, land.profile.parts[0]!.placeShare * land.population.place.estimate)
	assert.ok(land.profile.parts[0]!.placeShare < 0.7)
})

test('a rate is people over people by the same weights, so a part of one tract keeps its rate', async () => {
	const { lowIncome } = await read(await makeHalves(0))
	assert.equal(lowIncome.own.weighed.how, 'rate')
	isNear(lowIncome.own.estimate, lowIncome.place.estimate)
})

test('a tract whose people are not known in detail is divided by land, and counted', async () => {
	const { profile } = await read(await makeHalves(0, 2))
	assert.deepEqual([profile.by, profile.byPeople!.byLand, profile.parts.length], ['people', 1, 2])
	const geoid = (tracts.properties.get('GEOID') as string[])[2]
	const shareIn = (parts: typeof profile.parts) => parts.find(({ ordinal }) => geography.places[ordinal]!.geoid === geoid)!.placeShare
	assert.equal(shareIn(profile.byPeople!.parts), shareIn(profile.parts))
	assert.equal((await read(await makeHalves(2))).profile.by, 'land', 'nobody is known to live in it')
})

test('what is cited is divided by people, and says the same when it is looked up again', async () => {
	const id = await makeHalves(0)
	const made = await open.database.transaction().execute((writer) => cite(writer, 'visitor', { kind: 'number', indicator: 'population', geography: 'area', geoid: id }, NOW))
	const citation = (await findCitation(open.database, made))!
	assert.ok(citation.frozen.kind === 'number')
	assert.equal(citation.frozen.estimate, (await read(id)).population.own.estimate)
	assert.equal(citation.now!.estimate, citation.frozen.estimate)
})
