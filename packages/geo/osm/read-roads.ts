import { NumberList } from '../number-list.ts'
import { ReadRefusal } from '../read-refusal.ts'
import { worldX, worldY } from '../tiles/tile-source.ts'
import { guarded, readOsmBlocks } from './read-blocks.ts'
import { readElements, type ElementListeners } from './read-elements.ts'

/** Major roads, widest first; ramps count as the road they belong to. */
export const ROAD_CLASSES = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary'] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

/** Settlements and their parts, largest first. */
export const LABEL_KINDS = ['city', 'town', 'village', 'suburb', 'hamlet', 'neighbourhood'] as const
export type LabelKind = (typeof LABEL_KINDS)[number]

/** A name at a point, in world units of Web Mercator (see `worldX`). */
export interface OsmLabel {
	name: string
	kind: LabelKind
	x: number
	y: number
}

/**
 * Major roads of an extract as lines: line l owns vertices offsets[l] to offsets[l+1] of `points` (x and y interleaved, world units) and is of
 * class ROAD_CLASSES[classes[l]]. A way of which the extract lacks nodes is cut there.
 */
export interface RoadLayer {
	points: Int32Array
	offsets: Uint32Array
	classes: Uint8Array
	labels: OsmLabel[]
	/** Ways of each class in the file. */
	wayCounts: Map<RoadClass, number>
}

export interface RoadOptions {
	fileName: string
	/** Vertices of all roads at most (default 20 million, about 400 MB of memory). */
	maxVertices?: number
	/** West, south, east, north in degrees: names outside are left out, and roads that have no vertex inside. */
	within?: readonly [number, number, number, number]
}

const GONE = -0x80000000

/**
 * Reads the major roads and the names of settlements from an OpenStreetMap extract (.osm.pbf). The file is streamed twice, first for ways and
 * then for their nodes; memory grows with the roads and not with the file. Throws the refusals of `readOsmBlocks` and `osm_too_large`.
 */
export async function readRoads(open: () => AsyncIterable<Uint8Array>, options: RoadOptions): Promise<RoadLayer> {
	const { fileName, maxVertices = 20_000_000, within } = options
	const [refs, ends, classes] = [new NumberList(), new NumberList(), new NumberList()]
	const labels: OsmLabel[] = []
	const wayCounts = new Map<RoadClass, number>(ROAD_CLASSES.map((name) => [name, 0]))
	await readAll(open(), fileName, {
		nodeKey: 'place', wayKey: 'highway',
		taggedNode(tags, longitude, latitude) {
			const [name, kind] = [tags.get('name'), tags.get('place') as LabelKind]
			if (name && LABEL_KINDS.includes(kind) && isInside(within, longitude, latitude)) labels.push({ name, kind, x: worldX(longitude), y: worldY(latitude) })
		},
		way(tags, nodes) {
			const road = ROAD_CLASSES.indexOf(tags.get('highway')!.replace(/_link$/, '') as RoadClass)
			if (road < 0 || tags.get('area') === 'yes') return
			wayCounts.set(ROAD_CLASSES[road]!, wayCounts.get(ROAD_CLASSES[road]!)! + 1)
			for (const node of nodes) refs.push(node)
			if (refs.length > maxVertices) throw new ReadRefusal('osm_too_large', { file: fileName, millions: maxVertices / 1e6 })
			ends.push(refs.length)
			classes.push(road)
		},
	})
	const nodes = await readNodes(open(), fileName, refs.view())
	return { ...linesOf(refs.view(), ends.view(), classes.view(), nodes, within), labels, wayCounts }
}

async function readAll(stream: AsyncIterable<Uint8Array>, file: string, listeners: ElementListeners): Promise<void> {
	let block = 1
	for await (const bytes of readOsmBlocks(stream, file)) guarded({ file, block: ++block }, () => readElements(bytes, listeners))
}

interface Nodes {
	ids: Float64Array
	points: Int32Array
}

/** Positions of the nodes that roads refer to, by ascending identifier. */
async function readNodes(stream: AsyncIterable<Uint8Array>, file: string, refs: Float64Array): Promise<Nodes> {
	const sorted = refs.slice().sort()
	const ids = sorted.subarray(0, sorted.reduce((length, id, i) => (i > 0 && id === sorted[i - 1] ? length : ((sorted[length] = id), length + 1)), 0))
	const points = new Int32Array(2 * ids.length).fill(GONE)
	// Extracts are sorted by identifier, so the next node is most often at or after the last one.
	let at = 0
	await readAll(stream, file, {
		node(id, longitude, latitude) {
			if (at >= ids.length || ids[at]! > id) at = lowerBound(ids, id)
			else while (at < ids.length && ids[at]! < id) at++
			if (ids[at] !== id) return
			points[2 * at] = worldX(longitude)
			points[2 * at + 1] = worldY(latitude)
		},
	})
	return { ids, points }
}

function lowerBound(ids: Float64Array, id: number): number {
	let [low, high] = [0, ids.length]
	while (low < high) {
		const middle = (low + high) >> 1
		if (ids[middle]! < id) low = middle + 1
		else high = middle
	}
	return low
}

function isInside(within: RoadOptions['within'], longitude: number, latitude: number): boolean {
	return !within || (longitude >= within[0] && longitude <= within[2] && latitude >= within[1] && latitude <= within[3])
}

function linesOf(refs: Float64Array, ends: Float64Array, wayClasses: Float64Array, nodes: Nodes, within: RoadOptions['within']): Pick<RoadLayer, 'points' | 'offsets' | 'classes'> {
	const [points, offsets, classes] = [new NumberList(), new NumberList(), new NumberList()]
	const box = within && [worldX(within[0]), worldY(within[3]), worldX(within[2]), worldY(within[1])]
	const inBox = (x: number, y: number) => !box || (x >= box[0]! && x <= box[2]! && y >= box[1]! && y <= box[3]!)
	offsets.push(0)
	let isNear = false
	const finish = (road: number) => {
		const begin = offsets.view().at(-1)!
		const vertices = points.length / 2 - begin
		if (vertices >= 2 && isNear) {
			offsets.push(points.length / 2)
			classes.push(road)
		} else points.length = 2 * begin
		isNear = false
	}
	for (let way = 0, ref = 0; way < ends.length; way++) {
		for (; ref < ends[way]!; ref++) {
			const at = 2 * lowerBound(nodes.ids, refs[ref]!)
			const [x, y] = [nodes.points[at]!, nodes.points[at + 1]!]
			if (x === GONE) {
				finish(wayClasses[way]!)
				continue
			}
			points.push(x)
			points.push(y)
			isNear ||= inBox(x, y)
		}
		finish(wayClasses[way]!)
	}
	return { points: Int32Array.from(points.view()), offsets: Uint32Array.from(offsets.view()), classes: Uint8Array.from(classes.view()) }
}
