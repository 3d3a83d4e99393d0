import { LayerBuilder } from '../layers/layer-builder.ts'
import type { PolygonLayer } from '../layers/polygon-layer.ts'

export interface TessellationOptions {
	columns: number
	rows: number
	/** West, south, east, north in degrees (default: about the contiguous United States). */
	bounds?: [number, number, number, number]
	/** Vertices on each of the four borders of a cell (default 25, so about 100 per polygon). */
	verticesPerBorder?: number
	seed?: number
	/** How unequal cells are: 0 none, towards 1 strongly clustered. */
	clustering?: number
}

/** A repeatable number from 0 to 1 for a place in a lattice. */
function noise(seed: number, a: number, b: number, c: number): number {
	let h = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(a + 7, 0x85ebca6b) ^ Math.imul(b + 13, 0xc2b2ae35) ^ Math.imul(c + 29, 0x27d4eb2f)
	h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
	h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
	return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
}

/**
 * Polygons that fill a rectangle without gaps: a lattice with moved corners and crooked borders that both neighbours share vertex
 * by vertex, in order of rows. Properties: GEOID (11 digits). The same options give the same layer.
 */
export function tessellation(options: TessellationOptions): PolygonLayer {
	const { columns, rows, bounds = [-124, 26, -68, 48], verticesPerBorder = 25, seed = 1, clustering = 0.6 } = options
	const [west, south, east, north] = bounds
	const warp = (t: number) => t + (clustering / (2 * Math.PI)) * Math.sin(4 * Math.PI * t) * 0.5
	const width = (east - west) / columns
	const height = (north - south) / rows
	const cornerAt = (i: number, j: number): [number, number] => {
		const dx = i > 0 && i < columns ? (noise(seed, i, j, 0) - 0.5) * 0.6 : 0
		const dy = j > 0 && j < rows ? (noise(seed, i, j, 1) - 0.5) * 0.6 : 0
		return [west + (east - west) * warp((i + dx) / columns), south + (north - south) * warp((j + dy) / rows)]
	}
	/** The border from a corner to the one right (axis 0) or above (axis 1), both ends included, 6 decimals as published. */
	const borderOf = (i: number, j: number, axis: 0 | 1): [number, number][] => {
		const [from, to] = [cornerAt(i, j), axis === 0 ? cornerAt(i + 1, j) : cornerAt(i, j + 1)]
		const isEdge = axis === 0 ? j === 0 || j === rows : i === 0 || i === columns
		return Array.from({ length: verticesPerBorder + 1 }, (_, k) => {
			const t = k / verticesPerBorder
			const size = isEdge || k === 0 || k === verticesPerBorder ? 0 : 0.12 * Math.sin(Math.PI * t)
			const shift = (noise(seed, i * 2 + axis, j, 2 + k) - 0.5 + Math.sin(9 * t + 6 * noise(seed, i, j, axis + 90))) * size
			const x = from[0] + (to[0] - from[0]) * t + (axis === 1 ? shift * width : 0)
			const y = from[1] + (to[1] - from[1]) * t + (axis === 0 ? shift * height : 0)
			return [Math.round(x * 1e6) / 1e6, Math.round(y * 1e6) / 1e6]
		})
	}
	const unlimited = { maxFeatures: Infinity, maxVertices: Infinity, maxFeatureVertices: Infinity }
	const builder = new LayerBuilder({ fileName: 'tessellation', ...unlimited })
	for (let j = 0; j < rows; j++) {
		for (let i = 0; i < columns; i++) {
			const ring = [...borderOf(i, j, 0), ...borderOf(i + 1, j, 1), ...borderOf(i, j + 1, 0).reverse(), ...borderOf(i, j, 1).reverse()]
			ring.forEach(([x, y], k) => {
				if (k === 0 || x !== ring[k - 1]![0] || y !== ring[k - 1]![1]) builder.addVertex(x, y)
			})
			builder.endRing()
			builder.endPolygon()
			builder.endFeature([['GEOID', String(10_000_000_000 + j * columns + i)]])
		}
	}
	return builder.build()
}
