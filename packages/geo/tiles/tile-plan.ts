import { WORLD_BITS, type TileSource } from './tile-source.ts'

/** A rectangle of tiles of one zoom, edges included, and about how many vertices and features it costs. */
export interface TileBlock {
	zoom: number
	west: number
	north: number
	east: number
	south: number
	weight: number
}

/** Tiles on a side of a block. */
const BLOCK_BITS = 3

/**
 * Cuts the tiles of a layer into blocks that can be built anywhere in any order: the union of `buildBlock` over the plan is the
 * same tiles, byte by byte, however many workers share it. In order of zoom, then column, then row.
 */
export function tilePlan(source: TileSource, zooms: { minZoom: number; maxZoom: number }): TileBlock[] {
	const plan: TileBlock[] = []
	for (let zoom = zooms.minZoom; zoom <= Math.min(16, zooms.maxZoom); zoom++) plan.push(...blocksOf(source, zoom))
	return plan
}

function blocksOf(source: TileSource, zoom: number): TileBlock[] {
	const shift = WORLD_BITS - zoom + BLOCK_BITS
	const last = 2 ** zoom - 1
	const margin = 2 ** (WORLD_BITS - zoom - 5)
	const weights = new Map<number, number>()
	for (let feature = 0; feature < source.featureCount; feature++) {
		const firstRing = source.polygonOffsets[source.featureOffsets[feature]!]!
		const endRing = source.polygonOffsets[source.featureOffsets[feature + 1]!]!
		const weight = source.ringOffsets[endRing]! - source.ringOffsets[firstRing]! + 20
		if (endRing === firstRing) continue
		const [west, north, east, south] = source.bounds.subarray(4 * feature, 4 * feature + 4)
		for (let x = Math.max(0, west! - margin) >> Math.min(shift, 31); x <= (east! + margin) >> Math.min(shift, 31); x++) {
			for (let y = Math.max(0, north! - margin) >> Math.min(shift, 31); y <= (south! + margin) >> Math.min(shift, 31); y++) {
				const key = x * 2 ** 20 + y
				weights.set(key, (weights.get(key) ?? 0) + weight)
			}
		}
	}
	return [...weights].sort((a, b) => a[0] - b[0]).map(([key, weight]) => {
		const west = Math.floor(key / 2 ** 20) << BLOCK_BITS
		const north = key % 2 ** 20 << BLOCK_BITS
		const side = 2 ** BLOCK_BITS - 1
		return { zoom, west, north, east: Math.min(last, west + side), south: Math.min(last, north + side), weight }
	}).filter((block) => block.west <= last && block.north <= last)
}
