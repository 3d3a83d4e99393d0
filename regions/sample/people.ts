import { normal, seededRandom } from './random.ts'
import { TOWNS, type Point } from './tessellation.ts'

/** What the sample's model knows of a tract before any table is drawn: hidden causes, each about 0 on average. */
export interface Neighbourhood {
	population: number
	households: number
	housingUnits: number
	/** 1 in the middle of a town, 0 in the country. */
	urbanity: number
	/** Standardised: long disinvestment raises it. */
	disadvantage: number
	/** Standardised and smooth in space: one field for each kind of thing that clusters by itself. */
	field: (name: string) => number
	/** Shares that sum to 1. */
	groups: Record<Group, number>
}

export const GROUPS = ['WHITE', 'AFAM', 'HISP', 'ASIAN', 'AIAN', 'NHPI', 'TWOMORE', 'OTHERRACE'] as const
export type Group = (typeof GROUPS)[number]

export const logistic = (value: number) => 1 / (1 + Math.exp(-value))

/** A smooth random field over the plane with mean about 0 and spread about 1: a seeded sum of 24 round hills. */
export function makeField(seed: string): (point: Point) => number {
	const random = seededRandom(seed)
	const hills = Array.from({ length: 24 }, () => ({
		x: 2.6 * random() - 1.3,
		y: 2.6 * random() - 1.3,
		width: 0.14 + 0.3 * random(),
		height: normal(random),
	}))
	return ([x, y]) => 1.5 * hills.reduce((sum, hill) => sum + hill.height * Math.exp(-((x - hill.x) ** 2 + (y - hill.y) ** 2) / (2 * hill.width ** 2)), 0)
}

const fields = new Map<string, (point: Point) => number>()

function fieldAt(name: string, point: Point): number {
	let field = fields.get(name)
	if (!field) fields.set(name, (field = makeField(`sample field ${name}`)))
	return field(point)
}

/** The neighbourhood at a point; `key` seeds what does not follow from where it lies. */
export function makeNeighbourhood(point: Point, key: string): Neighbourhood {
	const random = seededRandom(`neighbourhood ${key}`)
	const urbanity = Math.max(...TOWNS.map(([x, y], i) => Math.exp(-((point[0] - x) ** 2 + (point[1] - y) ** 2) / (i === 0 ? 0.16 : 0.07))))
	// The old line between the west and the east of the bigger town: the gap that the sample is about.
	const westSide = logistic(7 * (0.05 - point[0]) - 2 * Math.abs(point[1] + 0.12)) * Math.exp(-((point[0] + 0.25) ** 2 + (point[1] + 0.15) ** 2) / 0.22)
	const shares = {
		WHITE: Math.exp(0.75 - 2.9 * westSide - 0.5 * urbanity + 0.25 * fieldAt('white', point)),
		AFAM: Math.exp(-1.4 + 3.1 * westSide + 0.7 * urbanity + 0.35 * fieldAt('black', point)),
		HISP: Math.exp(-2.3 + 0.95 * fieldAt('hispanic', point) + 0.7 * urbanity),
		ASIAN: Math.exp(-3.2 + 0.8 * fieldAt('asian', point) + 0.6 * urbanity),
		AIAN: Math.exp(-6 + 0.4 * normal(random)),
		NHPI: Math.exp(-7.2 + 0.5 * normal(random)),
		TWOMORE: Math.exp(-3.4 + 0.2 * normal(random)),
		OTHERRACE: Math.exp(-5.4 + 0.4 * normal(random)),
	}
	const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
	const groups = Object.fromEntries(GROUPS.map((group) => [group, shares[group] / total])) as Record<Group, number>
	const population = Math.round(Math.min(9000, Math.max(900, 4300 * Math.exp(0.32 * normal(random)))))
	const householdSize = 2.1 + 0.5 * random() + 0.5 * groups.HISP
	const households = Math.round(population / householdSize)
	return {
		population,
		households,
		housingUnits: Math.round(households * (1.06 + 0.08 * random())),
		urbanity,
		disadvantage: 2.4 * (groups.AFAM - 0.28) + 1.7 * (groups.HISP - 0.12) + 0.42 * fieldAt('fortune', point) + 0.2 * normal(random),
		field: (name) => fieldAt(name, point),
		groups,
	}
}
