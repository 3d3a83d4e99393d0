import { Delaunay } from 'd3-delaunay'
import { toDegrees } from './geographies.ts'
import { seededRandom } from './random.ts'
import { TOWNS, type Point } from './tessellation.ts'

interface NamedArea {
	name: string
	kind: 'city' | 'zip' | 'neighborhood'
	/** An open ring in the unit plane. */
	ring: Point[]
}

/** Invented towns: name, middle and radius in the unit plane. */
const CITIES: readonly [string, Point, number][] = [
	['Harbor Bend', TOWNS[0]!, 0.36], ['Three Falls', TOWNS[1]!, 0.2],
	['Pinecroft', [-0.55, 0.62], 0.16], ['Stonegate', [-0.7, -0.25], 0.15], ['Marlow', [0.02, -0.75], 0.15], ['Saint Clair', [0.1, 0.85], 0.13],
]

/** Neighborhoods of the two larger towns, about the middle of each; the west of Harbor Bend is called so. */
const NEIGHBORHOODS: readonly [string, Point][] = [
	['Westside', [-0.26, -0.06]], ['Mill Row', [-0.17, -0.26]], ['Saltmarsh', [0.06, -0.3]], ['Old Harbor', [0.02, 0.0]], ['Chapel Hill', [-0.12, 0.2]],
	['Northfield', [0.08, 0.28]], ['Eastgate', [0.28, 0.02]], ['Lantern Park', [0.2, -0.17]], ['Upper Falls', [0.46, 0.44]], ['Weavers’ Bank', [0.52, 0.26]], ['Orchard Road', [0.62, 0.38]],
]

/** ZIP codes below 00500 are assigned to no place. */
const ZIP_CODES = 32
const FIRST_ZIP = 101

/** Names of the sample region as GeoJSON, a feature a line: towns, ZIP codes and neighborhoods whose outlines follow no tract. */
export function makeNames(): string {
	const features = [...makeCities(), ...makeZips(), ...makeNeighborhoods()].map(({ name, kind, ring }) => {
		const degrees = ring.map(toDegrees)
		return JSON.stringify({ type: 'Feature', properties: { NAME: name, KIND: kind }, geometry: { type: 'Polygon', coordinates: [[...degrees, degrees[0]!]] } })
	})
	return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`
}

function makeCities(): NamedArea[] {
	return CITIES.map(([name, middle, radius]) => ({ name, kind: 'city', ring: roundish(middle, radius, `sample town ${name}`) }))
}

/** A shape of 24 corners, each a little nearer or farther than the radius. */
function roundish([x, y]: Point, radius: number, seed: string): Point[] {
	const random = seededRandom(seed)
	return Array.from({ length: 24 }, (_, i) => {
		const [angle, distance] = [(i * Math.PI) / 12, radius * (0.88 + 0.24 * random())]
		return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)]
	})
}

function makeZips(): NamedArea[] {
	const random = seededRandom('sample ZIP codes')
	const middles: Point[] = []
	while (middles.length < ZIP_CODES) {
		const [angle, radius] = [2 * Math.PI * random(), (middles.length % 3 === 0 ? 0.4 : 0.9) * Math.sqrt(random())]
		const [x, y]: Point = [radius * Math.cos(angle), radius * Math.sin(angle)]
		// Nobody gets mail in the bay.
		if (x < 0.35 || y > -0.35) middles.push([x, y])
	}
	return cellsOf(middles, [-1.4, -1.4, 1.4, 1.4]).map((ring, i) => ({ name: String(FIRST_ZIP + i).padStart(5, '0'), kind: 'zip', ring }))
}

function makeNeighborhoods(): NamedArea[] {
	const [large, small] = [NEIGHBORHOODS.slice(0, 8), NEIGHBORHOODS.slice(8)]
	const rings = [...cellsOf(large.map(([, middle]) => middle), boxAbout(TOWNS[0]!, 0.37)), ...cellsOf(small.map(([, middle]) => middle), boxAbout(TOWNS[1]!, 0.19))]
	return NEIGHBORHOODS.map(([name], i) => ({ name, kind: 'neighborhood', ring: rings[i]! }))
}

const boxAbout = ([x, y]: Point, half: number): [number, number, number, number] => [x - half, y - half, x + half, y + half]

/** What lies nearest to each point, within a box. */
function cellsOf(points: Point[], box: [number, number, number, number]): Point[][] {
	const voronoi = Delaunay.from(points).voronoi(box)
	return points.map((_, i) => (voronoi.cellPolygon(i) as Point[]).slice(0, -1))
}
