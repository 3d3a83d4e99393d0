import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase } from '#database/testing'
import { findGeography, findLocator, findProfile, findRegion, findSurroundings, loadRegion, type Geography, type Surroundings } from './index.ts'
import type { AtlasTables } from './tables.ts'

let open: OpenDatabase<AtlasTables & CoreTables>
let geography: Geography
let loadedAt: Date

before(async () => {
	open = await createTestDatabase()
	await loadRegion({ database: open.database, regionsFolder: join(import.meta.dirname, '../../../regions'), region: 'sample', now: () => new Date('2026-03-01T12:00:00Z'), report: async () => undefined })
	geography = (await findGeography(open.database, 'tract-2020'))!
	loadedAt = (await findRegion(open.database))!.loadedAt
})
after(() => open.close())

const around = async (ordinal: number): Promise<Surroundings> => findSurroundings(open.database, (await findProfile(open.database, 'tract-2020', geography.places[ordinal]!.geoid))!, loadedAt)

test('a place that touches another is touched by it', async () => {
	for (const ordinal of [0, 57, 130]) {
		const { nearby } = await around(ordinal)
		assert.equal(nearby.how, 'touching')
		assert.ok(nearby.places.length >= 2 && nearby.places.length <= 12)
		for (const { place } of nearby.places.slice(0, 3)) {
			const back = await around(place.ordinal)
			assert.ok(back.nearby.places.some((other) => other.place.ordinal === ordinal), `${place.geoid} is touched by ${ordinal}`)
		}
	}
})

test('where no outline touches, the nearest label points are listed and the list says so', async () => {
	const last = geography.places.at(-1)!
	// Without outlines none touches.
	await open.database.deleteFrom('atlas.geometry').where('geography', '=', 'tract-2020').execute()
	const later = new Date(loadedAt.getTime() + 1)
	const profile = (await findProfile(open.database, 'tract-2020', last.geoid))!
	const { nearby } = await findSurroundings(open.database, profile, later)
	assert.equal(nearby.how, 'nearest')
	const points = await open.database.selectFrom('atlas.place').select(['ordinal', 'centroid']).where('geography', '=', 'tract-2020').where('in_region', '=', true).orderBy('ordinal').execute()
	const own = points.find(({ ordinal }) => ordinal === last.ordinal)!.centroid
	const far = ({ centroid }: { centroid: number[] }) => Math.hypot((centroid[0]! - own[0]!) * Math.cos((own[1]! * Math.PI) / 180), centroid[1]! - own[1]!)
	const nearest = points.filter(({ ordinal }) => ordinal !== last.ordinal).sort((a, b) => far(a) - far(b)).slice(0, 6)
	assert.deepEqual(nearby.places.map(({ place }) => place.ordinal), nearest.map(({ ordinal }) => ordinal))
})

test('similar places come nearest first, by measures with a better and a worse side, each with the headline number', async () => {
	const { similar, headline } = await around(0)
	assert.equal(headline!.key, 'low-income')
	assert.equal(similar.places.length, 5)
	const distances = similar.places.map(({ distance }) => distance)
	assert.deepEqual(distances, distances.toSorted((a, b) => a - b))
	assert.ok(similar.places.every(({ place, estimate }) => place.ordinal !== 0 && place.inRegion && !Number.isNaN(estimate)))
	for (const key of ['population', 'black', 'svi-2022', 'median-age']) assert.ok(!similar.used.includes(key), key)
	assert.ok(similar.used.includes('low-income') && similar.used.length > 10)
})

test('the locator holds the outline of the place and of its county, and is small', async () => {
	const [first] = geography.places
	const locator = (await findLocator(open.database, geography, first!))!
	assert.ok(locator.county!.startsWith('M') && locator.county !== locator.counties)
	const [left, top, right, bottom] = locator.box
	assert.ok(0 < left && left < right && right < locator.width && 0 < top && top < bottom && bottom < locator.height)
	assert.ok(Buffer.byteLength(locator.counties + locator.county + locator.place) < 30_000)
	assert.equal(await findLocator(open.database, geography, { ...first!, inRegion: false }), undefined)
})
