import { PlaceFinder } from '../layers/place-finder.ts'
import type { PolygonLayer } from '../layers/polygon-layer.ts'
import type { Crosswalk } from './crosswalk.ts'

/** Where people live: longitude and latitude interleaved, and how many at each point. */
export interface PeoplePoints {
	coordinates: Float64Array
	people: Float64Array
}

/**
 * The crosswalk by people: each point (the middle of a census block, an address) belongs to the source and the target that hold it,
 * and shares are shares of its people. Sources without people keep their shares of area, and so do targets; a pair that shares area but
 * nobody gets the share 0. Points outside all sources, or without a number of people, are left out.
 */
export function crosswalkByPeople(byArea: Crosswalk, source: PolygonLayer, target: PolygonLayer, points: PeoplePoints): Crosswalk {
	const [sourcePeople, targetPeople] = [new Float64Array(byArea.sourceCount), new Float64Array(byArea.targetCount)]
	const peopleOf = new Map<number, number>(Array.from(byArea.sources, (s, k) => [s * byArea.targetCount + byArea.targets[k]!, 0]))
	const [findSource, findTarget] = [new PlaceFinder(source), new PlaceFinder(target)]
	points.people.forEach((people, at) => {
		if (!(people > 0)) return
		const [x, y] = [points.coordinates[2 * at]!, points.coordinates[2 * at + 1]!]
		const [s, t] = [findSource.findPlace(x, y), findTarget.findPlace(x, y)]
		if (s !== undefined) sourcePeople[s] = sourcePeople[s]! + people
		if (t !== undefined) targetPeople[t] = targetPeople[t]! + people
		if (s === undefined || t === undefined) return
		const pair = s * byArea.targetCount + t
		peopleOf.set(pair, (peopleOf.get(pair) ?? 0) + people)
	})
	const pairs = [...peopleOf].sort(([a], [b]) => a - b)
	const areaAt = new Map(Array.from(byArea.sources, (s, k) => [s * byArea.targetCount + byArea.targets[k]!, k]))
	const sources = Uint32Array.from(pairs, ([pair]) => Math.floor(pair / byArea.targetCount))
	const targets = Uint32Array.from(pairs, ([pair]) => pair % byArea.targetCount)
	const shares = (places: Uint32Array, whole: Float64Array, areas: Float64Array) => Float64Array.from(pairs, ([pair, people], k) => {
		const size = whole[places[k]!]!
		return size > 0 ? people / size : areas[areaAt.get(pair) ?? -1] ?? 0
	})
	return {
		...byArea, basis: 'population', sources, targets,
		sourceShares: shares(sources, sourcePeople, byArea.sourceShares),
		targetShares: shares(targets, targetPeople, byArea.targetShares),
		sourceSizes: sourcePeople,
		targetSizes: targetPeople,
	}
}
