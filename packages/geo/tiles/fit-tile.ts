import type { Tile, TileOptions } from './build-tiles.ts'
import { TileDrawer } from './draw-tile.ts'
import type { TileSource } from './tile-source.ts'
import { TileLayerWriter } from './tile-writer.ts'
import { EXTENT, simplifyForZoom } from './zoom-layer.ts'

interface Target {
	z: number
	x: number
	y: number
	/** The usual tolerance, and how many bytes the tile has with it. */
	tolerance: number
	bytes: number
	maxBytes: number
}

interface Attempt {
	writer: TileLayerWriter
	bytes: number
	/** Bytes of each feature, in order. */
	sizes: number[]
}

/**
 * Builds a tile that is too large at its usual tolerance: tries two, four and eight times the tolerance while that helps, then
 * leaves out text properties, then the features of the smallest area.
 */
export function fitTile(source: TileSource, features: Int32Array, target: Target, options: TileOptions): Tile {
	let { tolerance, bytes } = target
	let attempt: Attempt | undefined
	for (let factor = 2; factor <= 8 && bytes > target.maxBytes; factor *= 2) {
		const coarser = drawAll(source, features, target, target.tolerance * factor, options)
		if (coarser.bytes > 0.95 * bytes && coarser.bytes > target.maxBytes) break
		tolerance = target.tolerance * factor
		attempt = coarser
		bytes = coarser.bytes
	}
	const textsLeftOut = bytes > target.maxBytes && options.propertiesOf !== undefined
	const plain = textsLeftOut ? { ...options, propertiesOf: undefined } : options
	if (textsLeftOut || !attempt) attempt = drawAll(source, features, target, tolerance, plain)
	let featuresLeftOut = 0
	if (attempt.bytes > target.maxBytes) {
		const before = attempt.writer.featureCount
		attempt = drawAll(source, largestThatFit(source, features, attempt, target.maxBytes), target, tolerance, plain)
		featuresLeftOut = before - attempt.writer.featureCount
	}
	const data = attempt.writer.take(options.layerName, EXTENT)
	return { z: target.z, x: target.x, y: target.y, data, report: { tolerance, textsLeftOut, featuresLeftOut } }
}

function drawAll(source: TileSource, features: Int32Array, target: Target, tolerance: number, options: TileOptions): Attempt {
	const layer = simplifyForZoom(source, features, target.z, tolerance)
	const drawer = new TileDrawer(layer)
	const writer = new TileLayerWriter()
	let bytes = options.layerName.length + 100
	const sizes = Array.from(features, (feature, i) => {
		const size = drawer.draw(i, target.x, target.y, writer) ? writer.end(feature, options.propertiesOf?.(feature)) : 0
		bytes += size
		return size
	})
	return { writer, bytes, sizes }
}

/** The features left, ascending, when the smallest go until the rest fits. */
function largestThatFit(source: TileSource, features: Int32Array, attempt: Attempt, maxBytes: number): Int32Array {
	const order = Array.from(features.keys()).sort((a, b) => source.areas[features[a]!]! - source.areas[features[b]!]! || b - a)
	const isLeftOut = new Uint8Array(features.length)
	let bytes = attempt.bytes
	for (const i of order) {
		if (bytes <= maxBytes) break
		bytes -= attempt.sizes[i]!
		isLeftOut[i] = 1
	}
	return features.filter((_, i) => isLeftOut[i] === 0)
}
