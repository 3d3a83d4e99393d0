import { decodeRings, featureBounds, featureGeometry, type PolygonLayer } from '@throughline/geo'
import type { Reader } from '#database'
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
	const places = await reader.selectFrom('atlas.place').select(['area_m2', 'centroid']).where('geography', '=', geography).orderBy('ordinal').execute()
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
		labelPoints: Float64Array.from(places.flatMap(({ centroid }) => centroid)),
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

const CACHE_CHARACTERS = 64 * 2 ** 20

/** GeoJSON geometries as text, by chunk; least recently used leaves first. */
class GeometryTexts {
	private readonly entries = new Map<string, { texts: string[]; size: number }>()
	private size = 0

	find(key: string): string[] | undefined {
		const entry = this.entries.get(key)
		if (!entry) return undefined
		this.entries.delete(key)
		this.entries.set(key, entry)
		return entry.texts
	}

	keep(key: string, texts: string[]): void {
		if (this.entries.has(key)) return
		const size = texts.reduce((sum, text) => sum + text.length, 0)
		this.entries.set(key, { texts, size })
		this.size += size
		for (const [oldest, entry] of this.entries) {
			if (this.size <= CACHE_CHARACTERS) break
			this.entries.delete(oldest)
			this.size -= entry.size
		}
	}
}

const cache = new GeometryTexts()

/** The GeoJSON geometry of each place asked for, as text and in that order; no turn of work takes long. */
export async function* readGeometries(reader: Reader<AtlasTables>, shapes: PlaceShapes, ordinals: readonly number[]): AsyncGenerator<{ ordinal: number; geometry: string }> {
	const pause = takeTurns()
	let chunk = -1
	let texts: string[] = []
	for (const ordinal of ordinals) {
		const wanted = shapes.firsts.findLastIndex((first) => first <= ordinal)
		if (wanted !== chunk) texts = await readTexts(reader, shapes, wanted)
		chunk = wanted
		await pause()
		yield { ordinal, geometry: texts[ordinal - shapes.firsts[chunk]!]! }
	}
}

async function readTexts(reader: Reader<AtlasTables>, { geography, loadedAt }: PlaceShapes, chunk: number): Promise<string[]> {
	const key = `${loadedAt}/${geography}/${chunk}`
	const known = cache.find(key)
	if (known) return known
	const pause = takeTurns()
	const layer = await readChunk(reader, geography, chunk)
	const texts: string[] = []
	for (let i = 0; i < layer.featureCount; i++) {
		await pause()
		texts.push(JSON.stringify(featureGeometry(layer, i)))
	}
	cache.keep(key, texts)
	return texts
}
