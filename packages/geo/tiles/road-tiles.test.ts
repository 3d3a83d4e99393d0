import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { readRoads, type RoadLayer } from '../osm/read-roads.ts'
import { inPieces } from '../testing/index.ts'
import { readSharedFile, sharedDataMissing } from '../testing/shared-data.ts'
import { buildRoadTiles, ROAD_ZOOMS } from './road-tiles.ts'
import { WORLD_BITS } from './tile-source.ts'

const unitOf = (zoom: number) => 2 ** (WORLD_BITS - 12 - zoom)
const line = (points: [number, number][], road = 0): RoadLayer => ({ points: Int32Array.from(points.flat()), offsets: Uint32Array.of(0, points.length), classes: Uint8Array.of(road), labels: [], wayCounts: new Map() })

/** Pieces of a tile's roads in world units. */
function piecesOf(data: Uint8Array, z: number, x: number, y: number): { class: string; points: [number, number][] }[] {
	const layer = new VectorTile(new PbfReader(data)).layers.roads
	return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i)).flatMap((feature) =>
		feature.loadGeometry().map((piece) => ({ class: String(feature.properties.class), points: piece.map((point): [number, number] => [(x * 4096 + point.x) * unitOf(z), (y * 4096 + point.y) * unitOf(z)]) })),
	)
}

function distanceToLine([x, y]: [number, number], points: [number, number][]): number {
	return Math.min(...points.slice(1).map(([bx, by], i) => {
		const [ax, ay] = points[i]!
		const [dx, dy] = [bx - ax, by - ay]
		const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
		return Math.hypot(x - ax - t * dx, y - ay - t * dy)
	}))
}

test('a road in the tiles is never farther from the road itself than the tolerance, at every zoom, and nothing of it is lost', () => {
	const middle = 2 ** 29
	const spread = 3 * 4096 * unitOf(12)
	const vertex = fc.tuple(fc.integer({ min: middle - spread, max: middle + spread }), fc.integer({ min: middle - spread, max: middle + spread }))
	fc.assert(fc.property(fc.array(vertex, { minLength: 2, maxLength: 12 }), (points) => {
		const tiles = [...buildRoadTiles(line(points))]
		for (const zoom of [9, 12]) {
			const own = tiles.filter(({ z }) => z === zoom).map(({ data, x, y }) => ({ x, y, pieces: piecesOf(data, zoom, x, y) }))
			const off = 3.5 * unitOf(zoom)
			for (const { pieces } of own) for (const piece of pieces) for (const point of piece.points) assert.ok(distanceToLine(point, points) <= off)
			for (let k = 0; k <= 20; k++) {
				const [[ax, ay], [bx, by]] = [points[0]!, points[1]!]
				const at: [number, number] = [ax + (k / 20) * (bx - ax), ay + (k / 20) * (by - ay)]
				const [tx, ty] = [Math.floor(at[0] / unitOf(zoom) / 4096), Math.floor(at[1] / unitOf(zoom) / 4096)]
				const here = own.find(({ x, y }) => x === tx && y === ty)
				assert.ok(here && here.pieces.some((piece) => distanceToLine(at, piece.points) <= off), `zoom ${zoom}, ${k}`)
			}
		}
	}), { numRuns: 60 })
})

test('small roads and small settlements wait for a zoom at which there is room for them', () => {
	const labels = [{ name: 'A', kind: 'city' as const, x: 2 ** 29, y: 2 ** 29 }, { name: 'B', kind: 'neighbourhood' as const, x: 2 ** 29, y: 2 ** 29 }]
	const tiles = [...buildRoadTiles({ ...line([[2 ** 29, 2 ** 29], [2 ** 29 + 2e5, 2 ** 29]], 4), labels })]
	const roadsFrom = Math.min(...tiles.filter(({ data }) => new VectorTile(new PbfReader(data)).layers.roads).map(({ z }) => z))
	const namesAt = (zoom: number) => tiles.filter(({ z }) => z === zoom).flatMap(({ data }) => {
		const layer = new VectorTile(new PbfReader(data)).layers.labels
		return Array.from({ length: layer?.length ?? 0 }, (_, i) => ({ ...layer!.feature(i).properties }))
	})
	assert.equal(roadsFrom, 11)
	assert.deepEqual(namesAt(5), [{ name: 'A', kind: 'city' }])
	assert.deepEqual(namesAt(12), [{ name: 'A', kind: 'city' }, { name: 'B', kind: 'neighbourhood' }], 'the larger first')
})

test('Porto Alegre gives tiles of every zoom with its classes of roads, none over 500 kB', { skip: sharedDataMissing }, async () => {
	const bytes = readSharedFile('transit/porto_alegre/poa_osm.pbf')
	const tiles = [...buildRoadTiles(await readRoads(() => inPieces(bytes, 65_536), { fileName: 'poa' }))]
	assert.ok(tiles.every(({ data }) => data.length < 500_000))
	const last = tiles.filter(({ z }) => z === ROAD_ZOOMS.max).flatMap(({ z, x, y, data }) => piecesOf(data, z, x, y).map((piece) => piece.class))
	assert.deepEqual([...new Set(last)].sort(), ['motorway', 'primary', 'secondary', 'tertiary'])
})
