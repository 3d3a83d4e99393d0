/** Points of percent below its goal up to which a place counts as near it. */
export const NEAR_POINTS = 3

export const PLACE_STANDINGS = ['at_goal', 'near', 'below', 'no_data'] as const
export type PlaceStanding = (typeof PLACE_STANDINGS)[number]

export interface PlaceTarget {
	geoid: string
	/** In percent. */
	goal: number
	baseline: number | undefined
}
export interface PlaceReading {
	geoid: string
	/** 2020-04-22. */
	day: string
	value: number
}
export interface PlaceProgress extends PlaceTarget {
	latest: { day: string; value: number } | undefined
	/** Points of percent below the goal, 0 at or beyond it; undefined where nothing is known. */
	short: number | undefined
	standing: PlaceStanding
}
export interface CampaignProgress {
	/** Farthest below its goal first; places without data last, by GEOID. */
	places: PlaceProgress[]
	counts: Record<PlaceStanding, number>
	/** Of the places with data, how many are at their goal; undefined where no place has any. */
	shareAtGoal: number | undefined
}

/** Rates are published with one decimal: less than half of its last place is no difference. */
const EXACT = 1e-9

/** How a value stands to its goal. A value that is not known is never zero: it stands nowhere. */
export function standingOfPlace(value: number | undefined, goal: number): PlaceStanding {
	if (value === undefined) return 'no_data'
	if (value >= goal - EXACT) return 'at_goal'
	return goal - value <= NEAR_POINTS + EXACT ? 'near' : 'below'
}

/** How far the places of a campaign are, from readings in the order in which they were entered: of two on one day the later counts. */
export function measureProgress(targets: readonly PlaceTarget[], readings: readonly PlaceReading[]): CampaignProgress {
	const latest = new Map<string, PlaceReading>()
	for (const reading of readings) if (!(latest.get(reading.geoid)?.day! > reading.day)) latest.set(reading.geoid, reading)
	const places = targets.map((target): PlaceProgress => {
		const found = latest.get(target.geoid)
		return { ...target, latest: found && { day: found.day, value: found.value }, short: found && Math.max(0, target.goal - found.value), standing: standingOfPlace(found?.value, target.goal) }
	})
	const counts = Object.fromEntries(PLACE_STANDINGS.map((standing) => [standing, places.filter((place) => place.standing === standing).length])) as Record<PlaceStanding, number>
	const known = places.length - counts.no_data
	return { places: places.sort((a, b) => (b.short ?? -1) - (a.short ?? -1) || (a.geoid < b.geoid ? -1 : 1)), counts, shareAtGoal: known > 0 ? counts.at_goal / known : undefined }
}
