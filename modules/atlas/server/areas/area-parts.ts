import type { Reader } from '#database'
import { decodeRings, featureBounds, layerBounds, overlayAreas, selectFeatures, type PolygonLayer } from '@throughline/geo'
import type { AreaPart } from '../../areas.ts'
import type { AtlasTables } from '../tables.ts'
import { takeTurns } from '../take-turns.ts'

/** The outlines of places, one layer a chunk of geometry, in the order of the ordinals. */
export async function readPlaceLayer(reader: Reader<AtlasTables>, geography: string, ordinals: readonly number[]): Promise<PolygonLayer[]> {
	const chunks = await reader.selectFrom('atlas.geometry').select(['first_ordinal', 'place_count', 'rings']).where('geography', '=', geography).orderBy('chunk').execute()
	const wanted = [...ordinals].sort((a, b) => a - b)
	const pause = takeTurns()
	const layers: PolygonLayer[] = []
	for (const { first_ordinal, place_count, rings } of chunks) {
		const own = wanted.filter((ordinal) => ordinal >= first_ordinal && ordinal < first_ordinal + place_count)
		if (own.length > 0) layers.push(selectFeatures(decodeRings(rings), own.map((ordinal) => ordinal - first_ordinal)))
		await pause()
	}
	return layers
}

/** Overlaps below this share of a place are the rounding of two outlines along one border. */
const SLIVER = 1e-4

/**
 * The places that an outline holds, each with the share of its land within it, by overlay in an equal-area plane. Chunk by chunk, so
 * that others are answered meanwhile; only places whose boxes meet the outline's are looked at.
 */
export async function findParts(reader: Reader<AtlasTables>, geography: string, outline: PolygonLayer): Promise<AreaPart[]> {
	const [west, south, east, north] = layerBounds(outline)
	const chunks = await reader.selectFrom('atlas.geometry').select(['first_ordinal', 'rings']).where('geography', '=', geography).orderBy('chunk').execute()
	const pause = takeTurns()
	const parts: AreaPart[] = []
	for (const { first_ordinal, rings } of chunks) {
		const layer = decodeRings(rings)
		const boxes = featureBounds(layer)
		const near = Array.from({ length: layer.featureCount }, (_, i) => i).filter((i) => boxes[4 * i]! <= east! && boxes[4 * i + 2]! >= west! && boxes[4 * i + 1]! <= north! && boxes[4 * i + 3]! >= south!)
		if (near.length > 0) {
			const { sources, squareMeters, sourceSquareMeters, targetSquareMeters } = overlayAreas(selectFeatures(layer, near), outline)
			sources.forEach((source, k) => {
				const placeShare = Math.min(1, squareMeters[k]! / sourceSquareMeters[source]!)
				const areaShare = Math.min(1, squareMeters[k]! / targetSquareMeters[0]!)
				if (placeShare > SLIVER) parts.push({ ordinal: first_ordinal + near[source]!, placeShare: placeShare > 1 - SLIVER ? 1 : placeShare, areaShare })
			})
		}
		await pause()
	}
	return parts
}
