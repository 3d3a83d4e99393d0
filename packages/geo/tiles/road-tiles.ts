import { PbfWriter } from 'pbf'
import { LABEL_KINDS, ROAD_CLASSES, type OsmLabel, type RoadLayer } from '../osm/read-roads.ts'
import { WORLD_BITS } from './tile-source.ts'
import type { Tile } from './build-tiles.ts'
import { EXTENT, EXTENT_BITS } from './zoom-layer.ts'

/** The zooms from which a class of roads, in the order of ROAD_CLASSES, and a kind of names, in that of LABEL_KINDS, is drawn. */
const ROADS_FROM = [5, 6, 8, 9, 11]
const LABELS_FROM = [5, 7, 10, 10, 11, 12]
export const ROAD_ZOOMS = { min: 5, max: 12 } as const

/** What stands beyond a tile's edge so that lines do not end there, and how far a line may be moved: units of 1/4096 tile. */
const BUFFER = 64
const TOLERANCE = 2

/** One tile while it is filled: a geometry of MoveTo and LineTo for each class, and its names. */
interface Filling {
	roads: Map<number, number[]>
	labels: OsmLabel[]
}

/** Vector tiles of roads (layer `roads`, property `class`) and names of settlements (layer `labels`, properties `name` and `kind`). */
export function* buildRoadTiles(layer: RoadLayer): Generator<Tile> {
	for (let zoom = ROAD_ZOOMS.min; zoom <= ROAD_ZOOMS.max; zoom++) {
		const tiles = new Map<number, Filling>()
		const fillingOf = (x: number, y: number) => {
			const key = x * 2 ** 20 + y
			let filling = tiles.get(key)
			if (!filling) tiles.set(key, (filling = { roads: new Map(), labels: [] }))
			return filling
		}
		const unit = 2 ** (WORLD_BITS - EXTENT_BITS - zoom)
		for (let line = 0; line < layer.classes.length; line++) {
			if (ROADS_FROM[layer.classes[line]!]! <= zoom) addLine(simplified(layer, line, unit), layer.classes[line]!, fillingOf)
		}
		for (const label of layer.labels) {
			if (LABELS_FROM[LABEL_KINDS.indexOf(label.kind)]! <= zoom) fillingOf(Math.floor(label.x / unit / EXTENT), Math.floor(label.y / unit / EXTENT)).labels.push(label)
		}
		for (const [key, filling] of [...tiles].sort((a, b) => a[0] - b[0])) {
			const [x, y] = [Math.floor(key / 2 ** 20), key % 2 ** 20]
			yield { z: zoom, x, y, data: writeTile(filling, x, y, unit) }
		}
	}
}

/** A line in units of the zoom, without vertices that matter less than the tolerance (Ramer, Douglas, Peucker). */
function simplified({ points, offsets }: RoadLayer, line: number, unit: number): Float64Array {
	const [first, end] = [offsets[line]!, offsets[line + 1]!]
	const scaled = Float64Array.from(points.subarray(2 * first, 2 * end), (value) => value / unit)
	const count = end - first
	const keep = new Uint8Array(count)
	keep[0] = keep[count - 1] = 1
	const open: [number, number][] = [[0, count - 1]]
	for (let range = open.pop(); range; range = open.pop()) {
		const [from, to] = range
		let [farthest, distance] = [-1, TOLERANCE ** 2]
		for (let i = from + 1; i < to; i++) {
			const off = squaredDistance(scaled, i, from, to)
			if (off > distance) [farthest, distance] = [i, off]
		}
		if (farthest < 0) continue
		keep[farthest] = 1
		open.push([from, farthest], [farthest, to])
	}
	return scaled.filter((_, i) => keep[i >> 1] === 1)
}

/** Squared distance of vertex i from the straight piece between two others. */
function squaredDistance(p: Float64Array, i: number, a: number, b: number): number {
	const [ax, ay] = [p[2 * a]!, p[2 * a + 1]!]
	const [dx, dy] = [p[2 * b]! - ax, p[2 * b + 1]! - ay]
	const [x, y] = [p[2 * i]! - ax, p[2 * i + 1]! - ay]
	const length = dx * dx + dy * dy
	const t = length === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length))
	return (x - t * dx) ** 2 + (y - t * dy) ** 2
}

function addLine(line: Float64Array, road: number, fillingOf: (x: number, y: number) => Filling): void {
	let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity]
	for (let i = 0; i < line.length; i += 2) {
		west = Math.min(west, line[i]!)
		east = Math.max(east, line[i]!)
		north = Math.min(north, line[i + 1]!)
		south = Math.max(south, line[i + 1]!)
	}
	const tileOf = (value: number) => Math.max(0, Math.floor(value / EXTENT))
	for (let x = tileOf(west - BUFFER); x <= tileOf(east + BUFFER); x++) {
		for (let y = tileOf(north - BUFFER); y <= tileOf(south + BUFFER); y++) {
			for (const piece of clipLine(line, x * EXTENT - BUFFER, y * EXTENT - BUFFER, EXTENT + 2 * BUFFER)) {
				const filling = fillingOf(x, y)
				const commands = filling.roads.get(road)
				const values = piece.map((value, i) => Math.round(value - (i % 2 === 0 ? x : y) * EXTENT))
				if (commands) commands.push(values.length, ...values)
				else filling.roads.set(road, [values.length, ...values])
			}
		}
	}
}

/** The parts of a line within a square, each with at least two vertices (Liang and Barsky, piece by piece). */
function clipLine(line: Float64Array, left: number, top: number, size: number): number[][] {
	const pieces: number[][] = []
	let piece: number[] | undefined
	for (let i = 0; i + 3 < line.length; i += 2) {
		const [x0, y0, x1, y1] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!]
		const part = clipPiece(x0 - left, y0 - top, x1 - left, y1 - top, size)
		if (!part) {
			piece = undefined
			continue
		}
		const [from, to] = part
		if (!piece || from > 0) pieces.push((piece = [x0 + from * (x1 - x0), y0 + from * (y1 - y0)]))
		piece.push(x0 + to * (x1 - x0), y0 + to * (y1 - y0))
		if (to < 1) piece = undefined
	}
	return pieces
}

/** Where a straight piece enters and leaves the square from 0 to `size`, as shares of its length; undefined when it stays outside. */
function clipPiece(x0: number, y0: number, x1: number, y1: number, size: number): [number, number] | undefined {
	let [from, to] = [0, 1]
	for (const [start, step] of [[x0, x1 - x0], [y0, y1 - y0]] as const) {
		if (step === 0) {
			if (start < 0 || start > size) return undefined
			continue
		}
		const [a, b] = [-start / step, (size - start) / step]
		from = Math.max(from, Math.min(a, b))
		to = Math.min(to, Math.max(a, b))
	}
	return from < to ? [from, to] : undefined
}

const MOVE_TO = 1
const LINE_TO = 2
const zigzag = (value: number) => (value << 1) ^ (value >> 31)

function writeTile({ roads, labels }: Filling, x: number, y: number, unit: number): Uint8Array {
	const tile = new PbfWriter()
	const lines = [...roads].sort(([a], [b]) => b - a).map(([road, pieces]) => ({ type: 2, tags: { class: ROAD_CLASSES[road]! }, geometry: lineCommands(pieces) }))
	const points = labels.toSorted((a, b) => LABEL_KINDS.indexOf(a.kind) - LABEL_KINDS.indexOf(b.kind)).map((label) => ({
		type: 1, tags: { name: label.name, kind: label.kind },
		geometry: [(1 << 3) | MOVE_TO, zigzag(Math.round(label.x / unit - x * EXTENT)), zigzag(Math.round(label.y / unit - y * EXTENT))],
	}))
	if (lines.length > 0) writeLayer(tile, 'roads', lines)
	if (points.length > 0) writeLayer(tile, 'labels', points)
	return tile.finish()
}

/** Pieces (each its count of numbers, then these) as one geometry. */
function lineCommands(pieces: number[]): number[] {
	const commands: number[] = []
	let [lastX, lastY] = [0, 0]
	for (let at = 0; at < pieces.length; ) {
		const end = at + 1 + pieces[at]!
		commands.push((1 << 3) | MOVE_TO, zigzag(pieces[at + 1]! - lastX), zigzag(pieces[at + 2]! - lastY))
		commands.push(((pieces[at]! / 2 - 1) << 3) | LINE_TO)
		for (let i = at + 3; i < end; i += 2) commands.push(zigzag(pieces[i]! - pieces[i - 2]!), zigzag(pieces[i + 1]! - pieces[i - 1]!))
		;[lastX, lastY] = [pieces[end - 2]!, pieces[end - 1]!]
		at = end
	}
	return commands
}

interface WrittenFeature {
	type: number
	tags: Record<string, string>
	geometry: number[]
}

function writeLayer(tile: PbfWriter, name: string, features: WrittenFeature[]): void {
	const keys = Object.keys(features[0]!.tags)
	const values = [...new Set(features.flatMap(({ tags }) => Object.values(tags)))]
	const valueIndex = new Map(values.map((value, i) => [value, i]))
	tile.writeMessage(3, (_, layer) => {
		layer.writeVarintField(15, 2)
		layer.writeStringField(1, name)
		for (const { type, tags, geometry } of features) {
			layer.writeMessage(2, (__, feature) => {
				feature.writePackedVarint(2, keys.flatMap((key, i) => [i, valueIndex.get(tags[key]!)!]))
				feature.writeVarintField(3, type)
				feature.writePackedVarint(4, geometry)
			}, null)
		}
		for (const key of keys) layer.writeStringField(3, key)
		for (const value of values) layer.writeMessage(4, (__, written) => written.writeStringField(1, value), null)
		layer.writeVarintField(5, EXTENT)
	}, null)
}
