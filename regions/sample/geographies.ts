import { edgePath, makeTessellation, type Cell, type Point, type Tessellation } from './tessellation.ts'

/** A sample tract with its outline as a closed ring of lon/lat (counter-clockwise). */
export interface SampleTract {
	geoid: string
	name: string
	county: string
	centre: Point
	ring: Point[]
	/** Indices of the 2020 tracts it is made of: itself, or the two it was later split into. */
	parts: number[]
}

/** State code 99 is assigned to no state; the counties and their names are invented. */
export const COUNTIES = [
	{ fips: '99001', name: 'Alder County', seat: [-0.55, 0.62] },
	{ fips: '99003', name: 'Brightwater County', seat: [0.02, 0.0] },
	{ fips: '99005', name: 'Calder County', seat: [0.5, 0.4] },
	{ fips: '99007', name: 'Dunmore County', seat: [-0.7, -0.25] },
	{ fips: '99009', name: 'Elmhurst County', seat: [0.02, -0.75] },
	{ fips: '99011', name: 'Fenwick County', seat: [0.1, 0.85] },
] as const

// The middle of the Atlantic: nobody lives there, so no real place gets invented figures.
const ORIGIN: Point = [-45, 31]
const DEGREES: Point = [0.82, 0.7]
const MERGED_PAIRS = 22

/** Both tract geographies of the sample: 2020, and 2010 before 22 pairs of tracts were split out of one. */
export function makeGeographies(): { tracts2010: SampleTract[]; tracts2020: SampleTract[] } {
	const tessellation = makeTessellation()
	const county = tessellation.cells.map(({ centre }) => nearestCounty(centre))
	const partner = pairUp(tessellation, county)
	const codes = numberTracts(county, partner)
	const tracts2020 = tessellation.cells.map((cell, index) => makeTract(tessellation, [cell], county[index]!, codes[index]!, [index]))
	const tracts2010 = tessellation.cells.flatMap((cell, index) => {
		const other = partner.get(index)
		if (other !== undefined && other < index) return []
		const parts = other === undefined ? [index] : [index, other]
		const cells = parts.map((part) => tessellation.cells[part]!)
		const whole = parts.length === 1 ? codes[index]! : codes[index]!.slice(0, -2) + '00'
		return [makeTract(tessellation, parts.length === 1 ? [cell] : cells, county[index]!, whole, parts)]
	})
	return { tracts2010, tracts2020 }
}

function nearestCounty([x, y]: Point): number {
	const distance = COUNTIES.map(({ seat }) => Math.hypot(x - seat[0], y - seat[1]))
	return distance.indexOf(Math.min(...distance))
}

/** Pairs of neighbouring tracts of one county that were one tract in 2010, taken from all over the region. */
function pairUp({ cells }: Tessellation, county: number[]): Map<number, number> {
	const partner = new Map<number, number>()
	for (let index = 0; index < cells.length && partner.size < 2 * MERGED_PAIRS; index += 11) {
		for (let candidate = 0; candidate < cells.length; candidate++) {
			const free = candidate !== index && !partner.has(candidate) && !partner.has(index) && county[candidate] === county[index]
			const shared = cells[index]!.corners.filter((corner) => cells[candidate]!.corners.includes(corner)).length
			if (free && shared === 2) {
				partner.set(index, candidate).set(candidate, index)
				break
			}
		}
	}
	return partner
}

/** Six-digit tract codes by county; split tracts share their first four digits, as in the census. */
function numberTracts(county: number[], partner: Map<number, number>): string[] {
	const next = COUNTIES.map(() => 101)
	const codes: string[] = []
	county.forEach((home, index) => {
		const other = partner.get(index)
		if (other !== undefined && other < index) codes[index] = codes[other]!.slice(0, -2) + '02'
		else codes[index] = `${String(next[home]!++).padStart(4, '0')}${other === undefined ? '00' : '01'}`
	})
	return codes
}

function makeTract(tessellation: Tessellation, cells: Cell[], county: number, code: string, parts: number[]): SampleTract {
	const suffix = code.endsWith('00') ? '' : `.${code.slice(-2)}`
	const centre: Point = [mean(cells.map(({ centre: [x] }) => x)), mean(cells.map(({ centre: [, y] }) => y))]
	const corners = outline(cells)
	const ring = corners.flatMap((corner, i) => edgePath(tessellation, corner, corners[(i + 1) % corners.length]!).slice(0, -1)).map(toDegrees)
	const closed = [...ring, ring[0]!]
	return {
		geoid: COUNTIES[county]!.fips + code,
		name: `Census Tract ${Number(code.slice(0, 4))}${suffix}`,
		county: COUNTIES[county]!.name,
		centre,
		ring: signedArea(closed) < 0 ? closed.reverse() : closed,
		parts,
	}
}

/** The corners around one cell, or around two neighbours with their common edge left out. */
function outline(cells: Cell[]): string[] {
	const edges = cells.flatMap(({ corners }) => corners.map((corner, i) => [corner, corners[(i + 1) % corners.length]!] as const))
	const keys = new Set(edges.map(([a, b]) => `${a} ${b}`))
	const next = new Map(edges.filter(([a, b]) => !keys.has(`${b} ${a}`)))
	const start = [...next.keys()][0]!
	const corners = [start]
	for (let at = next.get(start)!; at !== start; at = next.get(at)!) corners.push(at)
	return corners
}

/** Longitude and latitude of a point of the unit plane. */
export function toDegrees([x, y]: Point): Point {
	return [round6(ORIGIN[0] + x * DEGREES[0]), round6(ORIGIN[1] + y * DEGREES[1])]
}

function signedArea(ring: Point[]): number {
	return ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0) / 2
}

const round6 = (value: number) => Math.round(value * 1e6) / 1e6
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** GeoJSON text of a geography, a feature a line. */
export function toGeoJson(tracts: SampleTract[]): string {
	const features = tracts.map(({ geoid, name, county, ring }) =>
		JSON.stringify({
			type: 'Feature',
			properties: { GEOID: geoid, NAMELSAD: name, NAMELSADCO: county },
			geometry: { type: 'Polygon', coordinates: [ring] },
		}),
	)
	return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`
}
