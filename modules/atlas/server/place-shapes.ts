import { decodeRings, featureBounds, featureGeometry, featureMeetsBox, selectFeatures, type PolygonLayer } from '@throughline/geo'
import { sql } from 'kysely'
import type { Reader } from '#database'
import { RecentlyUsed } from './recently-used.ts'
import { SharedWork } from './shared-work.ts'
import { takeTurns } from './take-turns.ts'
import type { AtlasTables } from './tables.ts'

/** West, south, east, north in degrees; west is the larger one when the box crosses the antimeridian. */
export type Box = readonly [number, number, number, number]

/** What is known of the shapes of a geography without their vertices. */
export interface PlaceShapes {
	geography: string
	loadedAt: number
	/** West, south, east, north by ordinal, four numbers each, from the rings; NaN for a place without geometry. */
	boxes: Float64Array
	areasSquareMeters: Float64Array
	/** Longitude and latitude by ordinal. */
	labelPoints: Float64Array
	/** First ordinal of each chunk of geometry. */
	firsts: number[]
	/** The box of all places, those around the region included. */
	bounds: Box
}

const held = new Map<string, { loadedAt: number; shapes: Promise<PlaceShapes> }>()

/** The shapes of a geography: read once after each load of the region, chunk by chunk, and held in memory. */
export function findPlaceShapes(reader: Reader<AtlasTables>, geography: string, loadedAt: Date): Promise<PlaceShapes> {
	const known = held.get(geography)
	if (known?.loadedAt === loadedAt.getTime()) return known.shapes
	const shapes = readShapes(reader, geography, loadedAt.getTime())
	held.set(geography, { loadedAt: loadedAt.getTime(), shapes })
	shapes.catch(() => held.delete(geography))
	return shapes
}

async function readShapes(reader: Reader<AtlasTables>, geography: string, loadedAt: number): Promise<PlaceShapes> {
	// Numbers apart: an array of them takes many times as long to read.
	const places = await reader.selectFrom('atlas.place').select(['area_m2', sql<number>`centroid[1]`.as('longitude'), sql<number>`centroid[2]`.as('latitude')]).where('geography', '=', geography).orderBy('ordinal').execute()
	const chunks = await reader.selectFrom('atlas.geometry').select(['chunk', 'first_ordinal']).where('geography', '=', geography).orderBy('chunk').execute()
	const boxes = new Float64Array(4 * places.length).fill(NaN)
	const pause = takeTurns()
	for (const { chunk, first_ordinal } of chunks) {
		boxes.set(featureBounds(await readChunk(reader, geography, chunk)), 4 * first_ordinal)
		await pause()
	}
	return {
		geography, loadedAt, boxes,
		areasSquareMeters: Float64Array.from(places, ({ area_m2 }) => area_m2),
		labelPoints: Float64Array.from(places.flatMap(({ longitude, latitude }) => [longitude, latitude])),
		firsts: chunks.map(({ first_ordinal }) => first_ordinal),
		bounds: joinBoxes(boxes),
	}
}

function joinBoxes(boxes: Float64Array): Box {
	const joined: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
	for (let at = 0; at < boxes.length; at += 4) {
		if (Number.isNaN(boxes[at]!)) continue
		for (const axis of [0, 1]) {
			joined[axis] = Math.min(joined[axis]!, boxes[at + axis]!)
			joined[axis + 2] = Math.max(joined[axis + 2]!, boxes[at + axis + 2]!)
		}
	}
	return joined
}

async function readChunk(reader: Reader<AtlasTables>, geography: string, chunk: number): Promise<PolygonLayer> {
	const row = await reader.selectFrom('atlas.geometry').select('rings').where((where) => where.and({ geography, chunk })).executeTakeFirstOrThrow()
	return decodeRings(row.rings)
}

/** Whether the box of a place and another box share a point; their borders belong to them. */
export function meetsBox({ boxes }: Pick<PlaceShapes, 'boxes'>, ordinal: number, [west, south, east, north]: Box): boolean {
	const [left, bottom, right, top] = boxes.subarray(4 * ordinal, 4 * ordinal + 4) as unknown as [number, number, number, number]
	if (!(bottom <= north && top >= south)) return false
	return west <= east ? left <= east && right >= west : right >= west || left <= east
}

/** The box of a place, or undefined when it has no geometry. */
export function boxOf({ boxes }: Pick<PlaceShapes, 'boxes'>, ordinal: number): [number, number, number, number] | undefined {
	const box = [...boxes.subarray(4 * ordinal, 4 * ordinal + 4)] as [number, number, number, number]
	return Number.isNaN(box[0]) ? undefined : box
}

/** Those of the places, in the order given, that share a point with a box: by their outlines, where their boxes do not tell. */
export async function findPlacesInBox(reader: Reader<AtlasTables>, shapes: PlaceShapes, ordinals: readonly number[], box: Box): Promise<number[]> {
	const [west, south, east, north] = box
	const sides: Box[] = west <= east ? [box] : [[west, south, 180, north], [-180, south, east, north]]
	const pause = takeTurns()
	const found: number[] = []
	for (const ordinal of ordinals) {
		if (!meetsBox(shapes, ordinal, box)) continue
		const [left, bottom, right, top] = boxOf(shapes, ordinal)!
		const within = sides.some((side) => left >= side[0] && bottom >= side[1] && right <= side[2] && top <= side[3])
		if (within || (await outlineMeets(reader, shapes, ordinal, sides))) found.push(ordinal)
		await pause()
	}
	return found
}

async function outlineMeets(reader: Reader<AtlasTables>, shapes: PlaceShapes, ordinal: number, sides: readonly Box[]): Promise<boolean> {
	const { layer, first } = await findChunk(reader, shapes, ordinal)
	return sides.some((side) => featureMeetsBox(layer, ordinal - first, side))
}

interface Chunk {
	first: number
	layer: PolygonLayer
	/** The GeoJSON geometry of each feature, once it was asked for. */
	texts: (string | undefined)[]
	/** Vertices, and about as many characters as their text will have. */
	bytes: number
}

const CACHE_BYTES = 96 * 2 ** 20
const BYTES_PER_VERTEX = 40

const cache = new RecentlyUsed<Chunk>(CACHE_BYTES, ({ bytes }) => bytes)

const chunksBeingRead = new SharedWork<Chunk>()

/** The chunk of geometry in which a place lies. */
async function findChunk(reader: Reader<AtlasTables>, { geography, loadedAt, firsts }: PlaceShapes, ordinal: number): Promise<Chunk> {
	const index = firsts.findLastIndex((first) => first <= ordinal)
	const key = `${loadedAt}/${geography}/${index}`
	const known = cache.find(key)
	if (known) return known
	return chunksBeingRead.do(key, async () => {
		const layer = await readChunk(reader, geography, index)
		const chunk = { first: firsts[index]!, layer, texts: [], bytes: (layer.coordinates.length / 2) * BYTES_PER_VERTEX }
		cache.keep(key, chunk)
		return chunk
	})
}

/** The outlines of places, in the order of their ordinals and in layers of at most `most`; no turn of work takes long. */
export async function* readOutlines(reader: Reader<AtlasTables>, shapes: PlaceShapes, ordinals: readonly number[], most = 64): AsyncGenerator<{ ordinals: number[]; layer: PolygonLayer }> {
	const pause = takeTurns()
	const chunkOf = (ordinal: number) => shapes.firsts.findLastIndex((first) => first <= ordinal)
	for (const [, own] of Map.groupBy([...ordinals].sort((a, b) => a - b), chunkOf)) {
		for (let at = 0; at < own.length; at += most) {
			const chunk = await findChunk(reader, shapes, own[at]!)
			const piece = own.slice(at, at + most)
			yield { ordinals: piece, layer: selectFeatures(chunk.layer, piece.map((ordinal) => ordinal - chunk.first)) }
			await pause()
		}
	}
}

/** The outline of a place: a feature of a layer that holds its neighbours in place order as well. */
export async function findOutline(reader: Reader<AtlasTables>, shapes: PlaceShapes, ordinal: number): Promise<{ layer: PolygonLayer; feature: number }> {
	const { layer, first } = await findChunk(reader, shapes, ordinal)
	return { layer, feature: ordinal - first }
}

/** The GeoJSON geometry of each place asked for, as text and in that order; no turn of work takes long. */
export async function* readGeometries(reader: Reader<AtlasTables>, shapes: PlaceShapes, ordinals: readonly number[]): AsyncGenerator<{ ordinal: number; geometry: string }> {
	const pause = takeTurns()
	for (const ordinal of ordinals) {
		const chunk = await findChunk(reader, shapes, ordinal)
		const feature = ordinal - chunk.first
		yield { ordinal, geometry: (chunk.texts[feature] ??= JSON.stringify(featureGeometry(chunk.layer, feature))) }
		await pause()
	}
}
