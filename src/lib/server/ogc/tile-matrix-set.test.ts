import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tileLimits, webMercatorQuad } from './tile-matrix-set.ts'

test('WebMercatorQuad has the scale denominators of its registration', () => {
	const { tileMatrices } = webMercatorQuad()
	// Two Dimensional Tile Matrix Set 2.0, table D.1.
	const published: [number, number][] = [[0, 559082264.028717], [1, 279541132.014358], [10, 545978.773465544], [18, 2132.72958384978], [24, 33.3238997476529]]
	for (const [z, denominator] of published) assert.ok(Math.abs(tileMatrices[z]!.scaleDenominator / denominator - 1) < 1e-12, String(z))
	assert.deepEqual([tileMatrices[3]!.matrixWidth, tileMatrices[3]!.matrixHeight], [8, 8])
})

test('the limits of a box hold the tile of every point in it, and no row or column that it does not touch', () => {
	const degree = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
	fc.assert(
		fc.property(degree(179.9), degree(179.9), degree(85), degree(85), fc.integer({ min: 0, max: 14 }), (a, b, c, d, z) => {
			const [west, east, south, north] = [Math.min(a, b), Math.max(a, b), Math.min(c, d), Math.max(c, d)]
			const [limits] = tileLimits([west, south, east, north], z, z)
			const edge = (column: number) => (column / 2 ** z) * 360 - 180
			const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI
			assert.ok(edge(limits!.minTileCol) <= west + 1e-9 && edge(limits!.minTileCol + 1) >= west - 1e-9)
			assert.ok(edge(limits!.maxTileCol) <= east + 1e-9 && edge(limits!.maxTileCol + 1) >= east - 1e-9)
			assert.ok(latitude(limits!.minTileRow) >= north - 1e-9 && latitude(limits!.minTileRow + 1) <= north + 1e-9)
			assert.ok(latitude(limits!.maxTileRow) >= south - 1e-9 && latitude(limits!.maxTileRow + 1) <= south + 1e-9)
		}),
	)
})
