import type { Reader } from '#database'
import { joinLayers, layerBounds, overlayRange, prepareOverlay, selectFeatures, withSources, type PolygonLayer } from '@throughline/geo'
import type { AreaPart } from '../../areas.ts'
import { findPlaceShapes, meetsBox, readOutlines, type Box, type PlaceShapes } from '../place-shapes.ts'
import type { AtlasTables } from '../tables.ts'

/** The outlines of places as one layer, in the order of their ordinals. */
export async function readPlaceLayer(reader: Reader<AtlasTables>, geography: string, ordinals: readonly number[]): Promise<PolygonLayer> {
	const layers: PolygonLayer[] = []
	for await (const { layer } of readOutlines(reader, await shapesOf(reader, geography), ordinals)) layers.push(layer)
	return joinLayers(layers)
}

/** Overlaps below this share of a place are the rounding of two outlines along one border. */
const SLIVER = 1e-4

/**
 * The places that an outline holds, each with the share of its land within it, by overlay in an equal-area plane. Piece by piece, so
 * that others are answered meanwhile; only places whose boxes meet the outline's are looked at.
 */
export async function findParts(reader: Reader<AtlasTables>, geography: string, outline: PolygonLayer): Promise<AreaPart[]> {
	const shapes = await shapesOf(reader, geography)
	const box = layerBounds(outline) as Box
	const near = Array.from(shapes.areasSquareMeters, (_, ordinal) => ordinal).filter((ordinal) => meetsBox(shapes, ordinal, box))
	const plan = prepareOverlay(selectFeatures(outline, []), outline)
	const parts: AreaPart[] = []
	for await (const { ordinals, layer } of readOutlines(reader, shapes, near)) {
		const { sources, squareMeters, sourceSquareMeters, targetSquareMeters } = overlayRange(withSources(plan, layer), 0, ordinals.length)
		sources.forEach((source, k) => {
			const placeShare = Math.min(1, squareMeters[k]! / sourceSquareMeters[source]!)
			const areaShare = Math.min(1, squareMeters[k]! / targetSquareMeters[0]!)
			if (placeShare > SLIVER) parts.push({ ordinal: ordinals[source]!, placeShare: placeShare > 1 - SLIVER ? 1 : placeShare, areaShare })
		})
	}
	return parts
}

async function shapesOf(reader: Reader<AtlasTables>, geography: string): Promise<PlaceShapes> {
	const { loaded_at } = await reader.selectFrom('atlas.region').select('loaded_at').executeTakeFirstOrThrow()
	return findPlaceShapes(reader, geography, loaded_at)
}
