import { momentsOf, sortedPresent } from '@throughline/stats'
import { valueOfArea, type AreaValue } from '../comparison.ts'
import type { Geography } from './places.ts'
import { RecentlyUsed } from './recently-used.ts'
import type { Series } from './series.ts'

/** What a series says of a geography's areas, whichever place is looked at. */
export interface SeriesFigures {
	region: AreaValue
	/** Every place that is loaded. */
	state: AreaValue
	counties: Map<string, AreaValue>
	/** The region's numbers in ascending order, missing left out. */
	sorted: Float64Array
	/** Over the places of the region; NaN below two of them. */
	mean: number
	standardDeviation: number
}

const CACHE_BYTES = 32 * 2 ** 20
const BYTES_PER_COUNTY = 200

/** By geography as it was loaded, so that nothing outlives a load; within it by kind and content hash. */
const held = new WeakMap<Geography, RecentlyUsed<SeriesFigures>>()

/** The figures of a series on its geography: worked out once, a few milliseconds of work, then held in memory within bounds. */
export function figuresOf(geography: Geography, series: Series): SeriesFigures {
	let own = held.get(geography)
	if (!own) held.set(geography, (own = new RecentlyUsed(CACHE_BYTES, ({ sorted, counties }) => sorted.byteLength + counties.size * BYTES_PER_COUNTY)))
	const key = `${series.kind}/${series.hash}`
	const known = own.find(key)
	if (known) return known
	const figures = workOut(geography, series)
	own.keep(key, figures)
	return figures
}

function workOut({ places, regional, byCounty }: Geography, series: Series): SeriesFigures {
	const sorted = sortedPresent(Float64Array.from(regional, (ordinal) => series.estimates[ordinal]!))
	const { mean, standardDeviation } = momentsOf(sorted)
	return {
		region: valueOfArea(series, regional),
		state: valueOfArea(series, places.map(({ ordinal }) => ordinal)),
		counties: new Map([...byCounty].map(([county, ordinals]) => [county, valueOfArea(series, ordinals)])),
		sorted, mean, standardDeviation,
	}
}
