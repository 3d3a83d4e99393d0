import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { CoreTables, OpenDatabase } from '#database'
import { createTestDatabase, longestHold } from '#database/testing'
import { boxOf, cite, findGeography, findPlaceShapes, listCitations, listGeographies, listPlaceColumns, loadRegion, meetsBox, readGeometries, type Box, type PlaceShapes } from './index.ts'
import type { AtlasTables } from './tables.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
let open: OpenDatabase<AtlasTables & CoreTables>
let shapes: PlaceShapes

before(async () => {
	open = await createTestDatabase()
	await loadRegion({ database: open.database, regionsFolder: join(import.meta.dirname, '../../../regions'), region: 'sample', now: () => NOW, report: async () => undefined })
	shapes = await findPlaceShapes(open.database, 'tract-2020', NOW)
})
after(() => open.close())

type Polygons = [number, number][][][]

async function polygonsOf(ordinals: number[]): Promise<Map<number, Polygons>> {
	const found = new Map<number, Polygons>()
	for await (const { ordinal, geometry } of readGeometries(open.database, shapes, ordinals)) {
		const { type, coordinates } = JSON.parse(geometry) as { type: string; coordinates: never }
		found.set(ordinal, type === 'Polygon' ? [coordinates] : coordinates)
	}
	return found
}

test('the box of every place is that of its rings, and the bounds are those of all boxes', async () => {
	const polygons = await polygonsOf(Array.from({ length: 250 }, (_, ordinal) => ordinal))
	assert.equal(polygons.size, 250)
	for (const [ordinal, rings] of polygons) {
		const [x, y] = [0, 1].map((axis) => rings.flat(2).map((position) => position[axis]!))
		assert.deepEqual(boxOf(shapes, ordinal), [Math.min(...x!), Math.min(...y!), Math.max(...x!), Math.max(...y!)])
	}
	const boxes = [...polygons.keys()].map((ordinal) => boxOf(shapes, ordinal)!)
	assert.deepEqual(shapes.bounds, [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1])), Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))])
})

test('geometries come in the order asked for, whatever chunk they lie in, and the same when asked again', async () => {
	const ordinals = [249, 0, 128, 7]
	const [first, again] = [await polygonsOf(ordinals), await polygonsOf(ordinals)]
	assert.deepEqual([...first.keys()], ordinals)
	assert.deepEqual(first, again)
	assert.notDeepEqual(first.get(0), first.get(7))
})

test('boxes meet when they share a point; one across the antimeridian meets what lies on either side', () => {
	const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
	const boxes = fc.tuple(degrees(180), degrees(90), degrees(180), degrees(90)).map(([a, b, c, d]): Box => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)])
	fc.assert(
		fc.property(boxes, boxes, (own, asked) => {
			const one = { boxes: Float64Array.from(own) }
			const meets = own[0] <= asked[2] && own[2] >= asked[0] && own[1] <= asked[3] && own[3] >= asked[1]
			assert.equal(meetsBox(one, 0, asked), meets)
			assert.equal(meetsBox({ boxes: Float64Array.from(asked) }, 0, own), meets, 'either way')
			if (asked[0] === asked[2]) return
			const across: Box = [asked[2], asked[1], asked[0], asked[3]]
			const sides = [[asked[2], asked[1], 180, asked[3]], [-180, asked[1], asked[0], asked[3]]] as const
			assert.equal(meetsBox(one, 0, across), sides.some((side) => meetsBox(one, 0, side)))
		}),
	)
	assert.equal(meetsBox({ boxes: new Float64Array(4).fill(NaN) }, 0, [-180, -90, 180, 90]), false)
})

test('reading a whole geography never holds the others up for fifty milliseconds', async () => {
	const { milliseconds } = await longestHold(async () => {
		await findPlaceShapes(open.database, 'tract-2010', NOW)
		await polygonsOf(Array.from({ length: 250 }, (_, ordinal) => ordinal))
	})
	assert.ok(milliseconds < 50, `${milliseconds} ms`)
})

test('geographies are listed with their places, the main one first, and its columns are the newest series', async () => {
	assert.deepEqual((await listGeographies(open.database)).map(({ key, main, place_count, regional_count }) => [key, main, place_count, regional_count]), [['tract-2020', true, 250, 250], ['tract-2010', false, 228, 228]])
	const columns = await listPlaceColumns(open.database, 'tract-2020')
	assert.equal(columns.length, 50)
	assert.ok(columns.every(({ series }) => series.geography === 'tract-2020' && series.estimates.length === 250))
	assert.deepEqual([...new Set(columns.filter(({ indicator }) => indicator.domain !== 'index').map(({ series }) => series.vintage.slice(-4)))], ['2024'])
})

test('citations are listed newest first, a page at a time, and by indicator or place', async () => {
	const geography = (await findGeography(open.database, 'tract-2020'))!
	const citeAt = (indicator: string, index: number) => {
		const cited = { indicator, geography: 'tract-2020', geoid: geography.places[index]!.geoid }
		return open.database.transaction().execute((writer) => cite(writer, 'system', { kind: 'number', ...cited }, new Date(NOW.getTime() + index * 1000)))
	}
	const ids = [await citeAt('low-income', 1), await citeAt('population', 2), await citeAt('low-income', 3)]
	const all = await listCitations(open.database, {}, { offset: 0, limit: 2 })
	assert.deepEqual([all.total, all.citations.map(({ id }) => id)], [3, [ids[2], ids[1]]])
	assert.deepEqual((await listCitations(open.database, {}, { offset: 2, limit: 2 })).citations.map(({ id }) => id), [ids[0]])
	assert.deepEqual((await listCitations(open.database, { indicator: 'population' }, { offset: 0, limit: 9 })).citations.map(({ id }) => id), [ids[1]])
	assert.deepEqual((await listCitations(open.database, { geography: 'tract-2020', geoid: geography.places[3]!.geoid }, { offset: 0, limit: 9 })).citations.map(({ id }) => id), [ids[2]])
	assert.equal((await listCitations(open.database, { geography: 'tract-2010' }, { offset: 0, limit: 9 })).total, 0)
})
