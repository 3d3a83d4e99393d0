import { Delaunay } from 'd3-delaunay'
import { normal, seededRandom } from './random.ts'

export type Point = [x: number, y: number]

/** A tract-to-be: its place in the unit plane and its outline as directed edges between shared corners. */
export interface Cell {
	centre: Point
	/** Corner keys in order; consecutive corners are joined by the path of `edgePath`. */
	corners: string[]
}

export interface Tessellation {
	cells: Cell[]
	corner: Map<string, Point>
}

/** Where the two towns of the sample region lie, in the unit plane. */
export const TOWNS: readonly Point[] = [[0.02, 0.0], [0.5, 0.34]]

const CELLS = 250
const RELAXATIONS = 2

/** 250 cells, small in the towns and wide in the country, inside a ragged outline with a bay in the south-east. */
export function makeTessellation(): Tessellation {
	const random = seededRandom('sample region: tracts')
	let points = Array.from({ length: 352 }, () => scatter(random))
	for (let i = 0; i < RELAXATIONS; i++) points = relax(points)
	const inside = points.map((point, index) => ({ index, depth: depthInside(point) })).sort((a, b) => b.depth - a.depth || a.index - b.index)
	const kept = inside.slice(0, CELLS).map(({ index }) => index).sort((a, b) => order(points[a]!, points[b]!))
	const voronoi = Delaunay.from(points).voronoi([-3, -3, 3, 3])
	const corner = new Map<string, Point>()
	const cells = kept.map((index) => {
		const polygon = voronoi.cellPolygon(index).slice(0, -1) as Point[]
		const corners = polygon.map(([x, y]) => {
			const key = `${x.toFixed(6)},${y.toFixed(6)}`
			corner.set(key, [x, y])
			return key
		})
		return { centre: points[index]!, corners: corners.filter((key, i) => key !== corners[(i + 1) % corners.length]) }
	})
	return { cells, corner }
}

function scatter(random: () => number): Point {
	const kind = random()
	if (kind < 0.42) return around(TOWNS[0]!, 0.24, random)
	if (kind < 0.55) return around(TOWNS[1]!, 0.15, random)
	const [angle, radius] = [2 * Math.PI * random(), 1.5 * Math.sqrt(random())]
	return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

function around([x, y]: Point, spread: number, random: () => number): Point {
	return [x + spread * normal(random), y + spread * normal(random)]
}

function relax(points: Point[]): Point[] {
	const voronoi = Delaunay.from(points).voronoi([-1.6, -1.6, 1.6, 1.6])
	return points.map((point, index) => {
		const cell = voronoi.cellPolygon(index) as Point[] | null
		if (!cell) return point
		const mean = cell.slice(1).reduce<Point>(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0])
		const [x, y] = [mean[0] / (cell.length - 1), mean[1] / (cell.length - 1)]
		return [0.5 * point[0] + 0.5 * x, 0.5 * point[1] + 0.5 * y]
	})
}

/** How far a point lies inside the region's outline, in shares of its radius; negative outside and in the bay. */
function depthInside([x, y]: Point): number {
	const angle = Math.atan2(y, x)
	const outline = 1 + 0.13 * Math.sin(2 * angle + 0.6) + 0.08 * Math.sin(5 * angle + 2) + 0.05 * Math.sin(9 * angle)
	const bay = Math.hypot((x - 0.82) / 0.5, (y + 0.66) / 0.3)
	return Math.min(1 - Math.hypot(x, y) / outline, (bay - 1) * 0.5)
}

/** West to east in bands from north to south, as census tracts are numbered. */
function order(a: Point, b: Point): number {
	return Math.round((b[1] - a[1]) * 5) || a[0] - b[0]
}

/** The bent path between two corners, the same from either side (reversed): midpoint displacement seeded by the corners. */
export function edgePath(tessellation: Tessellation, from: string, to: string): Point[] {
	const [first, last] = from < to ? [from, to] : [to, from]
	const random = seededRandom(`${first} ${last}`)
	const bend = (a: Point, b: Point, depth: number): Point[] => {
		if (depth === 0) return [a]
		const offset = 0.13 * normal(random)
		const middle: Point = [(a[0] + b[0]) / 2 - offset * (b[1] - a[1]) * 0.6, (a[1] + b[1]) / 2 + offset * (b[0] - a[0]) * 0.6]
		return [...bend(a, middle, depth - 1), ...bend(middle, b, depth - 1)]
	}
	const path = [...bend(tessellation.corner.get(first)!, tessellation.corner.get(last)!, 3), tessellation.corner.get(last)!]
	return from === first ? path : path.reverse()
}
