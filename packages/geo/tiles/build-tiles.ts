import { BUFFER, TileDrawer } from './draw-tile.ts'
import { fitTile } from './fit-tile.ts'
import { tilePlan, type TileBlock } from './tile-plan.ts'
import { WORLD_BITS, type TileSource } from './tile-source.ts'
import { TileLayerWriter } from './tile-writer.ts'
import { EXTENT, EXTENT_BITS, simplifyForZoom } from './zoom-layer.ts'

export interface TileOptions {
	minZoom: number
	/** At most 16. */
	maxZoom: number
	layerName: string
	/** Properties of a feature beside `i`, by ordinal. */
	propertiesOf?: (feature: number) => Record<string, string | number>
	/** Bytes of a tile at most, before compression (default 500,000). */
	maxTileBytes?: number
	/** Simplification in units of 1/4096 tile: below the last zoom (default 3) and at it (default 1). */
	tolerance?: number
	lastTolerance?: number
}

/** What a tile had to give up to stay under its limit. */
export interface TileReport {
	tolerance: number
	textsLeftOut: boolean
	featuresLeftOut: number
}

export interface Tile {
	z: number
	x: number
	y: number
	/** A Mapbox Vector Tile 2.1, not compressed. */
	data: Uint8Array
	report?: TileReport
}

/**
 * All tiles of a layer that hold something, zoom by zoom. Shared borders stay shared at every zoom; a tile over the limit is
 * simplified further, then loses its text properties, then its smallest features, and reports it.
 */
export function* buildTiles(source: TileSource, options: TileOptions): Generator<Tile> {
	for (const block of tilePlan(source, options)) yield* buildBlock(source, block, options)
}

/** One tile on demand, with the same bytes as in `buildTiles`; undefined when nothing lies in it or the zoom is out of range. */
export function buildTile(source: TileSource, z: number, x: number, y: number, options: TileOptions): Tile | undefined {
	if (z < options.minZoom || z > options.maxZoom || x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) return undefined
	return buildBlock(source, { zoom: z, west: x, north: y, east: x, south: y, weight: 0 }, options).next().value ?? undefined
}

/** The simplification that a zoom asks for. */
function toleranceOf(zoom: number, options: TileOptions): number {
	return zoom === options.maxZoom ? (options.lastTolerance ?? 1) : (options.tolerance ?? 3)
}

/** The tiles of one block of the plan. A tile depends on the source and the options only, never on the block it is built in. */
export function* buildBlock(source: TileSource, block: TileBlock, options: TileOptions): Generator<Tile> {
	const zoom = block.zoom
	const tolerance = toleranceOf(zoom, options)
	const layer = simplifyForZoom(source, featuresWithin(source, block), zoom, tolerance)
	const drawer = new TileDrawer(layer)
	const writer = new TileLayerWriter()
	const maxBytes = options.maxTileBytes ?? 500_000
	for (const [key, members] of sortIntoTiles(layer.bounds, block)) {
		const [x, y] = [Math.floor(key / 2 ** 20), key % 2 ** 20]
		writer.clear()
		let bytes = options.layerName.length + 100
		for (const i of members) {
			if (drawer.draw(i, x, y, writer)) bytes += writer.end(layer.features[i]!, options.propertiesOf?.(layer.features[i]!))
		}
		if (writer.featureCount === 0) continue
		if (bytes <= maxBytes) yield { z: zoom, x, y, data: writer.take(options.layerName, EXTENT) }
		else yield fitTile(source, Int32Array.from(members, (i) => layer.features[i]!), { z: zoom, x, y, tolerance, bytes, maxBytes }, options)
	}
}

/** The features whose bounds, with the buffer, meet a block of tiles; ascending. */
function featuresWithin(source: TileSource, block: TileBlock): Int32Array {
	const size = 2 ** (WORLD_BITS - block.zoom)
	const margin = (BUFFER + 2) * 2 ** (WORLD_BITS - EXTENT_BITS - block.zoom)
	const [west, east] = [block.west * size - margin, (block.east + 1) * size + margin]
	const [north, south] = [block.north * size - margin, (block.south + 1) * size + margin]
	const found: number[] = []
	const b = source.bounds
	for (let feature = 0; feature < source.featureCount; feature++) {
		const at = 4 * feature
		if (b[at]! <= east && b[at + 2]! >= west && b[at + 1]! <= south && b[at + 3]! >= north) found.push(feature)
	}
	return Int32Array.from(found)
}

/** Tile (x · 2^20 + y) → features of the zoom layer that may lie in it, column by column. */
function sortIntoTiles(bounds: Int32Array, block: TileBlock): [number, number[]][] {
	const tiles = new Map<number, number[]>()
	for (let i = 0; i < bounds.length / 4; i++) {
		const lastX = Math.min(block.east, (bounds[4 * i + 2]! + BUFFER) >> EXTENT_BITS)
		const lastY = Math.min(block.south, (bounds[4 * i + 3]! + BUFFER) >> EXTENT_BITS)
		for (let x = Math.max(block.west, (bounds[4 * i]! - BUFFER) >> EXTENT_BITS); x <= lastX; x++) {
			for (let y = Math.max(block.north, (bounds[4 * i + 1]! - BUFFER) >> EXTENT_BITS); y <= lastY; y++) {
				const key = x * 2 ** 20 + y
				const members = tiles.get(key)
				if (members) members.push(i)
				else tiles.set(key, [i])
			}
		}
	}
	return [...tiles].sort((a, b) => a[0] - b[0])
}
