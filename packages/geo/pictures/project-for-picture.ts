import type { PolygonLayer } from '../layers/polygon-layer.ts'
import { prepareTiles, worldX, worldY, type TileSource } from '../tiles/tile-source.ts'

export interface PictureOptions {
	widthPixels: number
	/** Free space around the areas in pixels (default 4). */
	padding?: number
	/** Ordinals of the features to draw, in drawing order; all when absent. */
	subset?: ArrayLike<number>
	/** How far a border may move, in pixels (default 1). */
	tolerancePixels?: number
	/** Steps of the grid per pixel that vertices are rounded to (default 2). */
	unitsPerPixel?: number
}

/** Areas as paths of an SVG whose viewBox is `0 0 width height`. */
export interface Picture {
	/** In units of the viewBox: `widthPixels` times `unitsPerPixel`. */
	width: number
	height: number
	/** Ordinals of the features drawn. */
	features: number[]
	/** The `d` of each drawn feature's path: whole numbers, relative; holes need fill-rule evenodd or the default nonzero. */
	paths: string[]
	/** Where a longitude and latitude stands in the viewBox. */
	positionOf(longitude: number, latitude: number): [x: number, y: number]
}

/**
 * Draws features in Web Mercator, as the interactive map does, simplified and rounded so that the paths are small. Borders are
 * simplified once for both neighbours, so no gaps open.
 */
export function projectForPicture(layer: PolygonLayer, options: PictureOptions): Picture {
	return drawPicture(prepareTiles(layer), options)
}

/** As `projectForPicture`, from a layer already prepared. */
export function drawPicture(source: TileSource, options: PictureOptions): Picture {
	const features = options.subset ? Array.from(options.subset) : Array.from({ length: source.featureCount }, (_, i) => i)
	const units = options.unitsPerPixel ?? 2
	const padding = (options.padding ?? 4) * units
	const width = options.widthPixels * units
	const [west, north, east, south] = boundsOf(source, features)
	const scale = Math.max(0, width - 2 * padding) / Math.max(1, east - west)
	const positionAt = (x: number, y: number): [number, number] => [(x - west) * scale + padding, (y - north) * scale + padding]
	const minimum = ((options.tolerancePixels ?? 1) * units) / scale
	return {
		width,
		height: Math.ceil((south - north) * scale + 2 * padding),
		features,
		paths: features.map((feature) => pathOf(source, feature, minimum, positionAt)),
		positionOf: (longitude, latitude) => positionAt(worldX(longitude), worldY(latitude)),
	}
}

function boundsOf(source: TileSource, features: number[]): [number, number, number, number] {
	let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity]
	for (const feature of features) {
		if (source.featureOffsets[feature] === source.featureOffsets[feature + 1]) continue
		west = Math.min(west, source.bounds[4 * feature]!)
		north = Math.min(north, source.bounds[4 * feature + 1]!)
		east = Math.max(east, source.bounds[4 * feature + 2]!)
		south = Math.max(south, source.bounds[4 * feature + 3]!)
	}
	return east < west ? [0, 0, 1, 1] : [west, north, east, south]
}

function pathOf(source: TileSource, feature: number, minimum: number, positionAt: (x: number, y: number) => [number, number]): string {
	let path = ''
	for (let polygon = source.featureOffsets[feature]!; polygon < source.featureOffsets[feature + 1]!; polygon++) {
		const outer = source.polygonOffsets[polygon]!
		for (let ring = outer; ring < source.polygonOffsets[polygon + 1]!; ring++) {
			const drawn = ringPath(keptPoints(source, ring, minimum, positionAt))
			if (drawn === '' && ring === outer) break
			path += drawn
		}
	}
	if (path !== '' || source.featureOffsets[feature] === source.featureOffsets[feature + 1]) return path
	const v = source.ringOffsets[source.polygonOffsets[source.featureOffsets[feature]!]!]!
	const [x, y] = positionAt(source.points[2 * v]!, source.points[2 * v + 1]!)
	return `M${Math.round(x)} ${Math.round(y)}h1v1z`
}

/** The rounded vertices of a ring that matter at this scale, without repeats. */
function keptPoints(source: TileSource, ring: number, minimum: number, positionAt: (x: number, y: number) => [number, number]): number[] {
	const kept: number[] = []
	for (let v = source.ringOffsets[ring]!; v < source.ringOffsets[ring + 1]! - 1; v++) {
		if (source.importance[v]! < minimum) continue
		const position = positionAt(source.points[2 * v]!, source.points[2 * v + 1]!)
		const x = Math.round(position[0])
		const y = Math.round(position[1])
		if (x !== kept[kept.length - 2] || y !== kept[kept.length - 1]) kept.push(x, y)
	}
	while (kept.length > 2 && kept[0] === kept[kept.length - 2] && kept[1] === kept[kept.length - 1]) kept.length -= 2
	return kept
}

/** The shortest path text of an open ring; empty when it has no area. */
function ringPath(points: number[]): string {
	let area = 0
	for (let i = 0; i < points.length; i += 2) {
		const j = (i + 2) % points.length
		area += points[i]! * points[j + 1]! - points[j]! * points[i + 1]!
	}
	if (area === 0) return ''
	let path = `M${points[0]} ${points[1]}`
	for (let i = 2; i < points.length; i += 2) {
		const dx = points[i]! - points[i - 2]!
		const dy = points[i + 1]! - points[i - 1]!
		path += `${i === 2 ? 'l' : dx < 0 ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`
	}
	return `${path}z`
}
