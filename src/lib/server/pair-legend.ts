import { quantileOfSorted, sortedPresent } from '@throughline/stats'
import type { Geography, Indicator, Series } from '#atlas/server'
import type { MapLegendData } from '../map-legend.ts'

/** A second measure beside the map's own, each divided into thirds of the region's places. */
export interface MapPair {
	indicator: Indicator
	series: Series
	/** By ordinal: third of the first measure and of the second, 0 for the lowest; undefined where one of them is missing. */
	thirdsOf: (ordinal: number) => [first: number, second: number] | undefined
	/** Bounds between the thirds. */
	bounds: { first: [number, number]; second: [number, number] }
}

/** Upper bounds of the lower and the middle third of the places that have a value. */
function boundsOfThirds(series: Series, geography: Geography): [number, number] {
	const sorted = sortedPresent(Float64Array.from(geography.regional, (ordinal) => series.estimates[ordinal]!))
	return [quantileOfSorted(sorted, 1 / 3), quantileOfSorted(sorted, 2 / 3)]
}

export function pairOf(series: Series, other: { indicator: Indicator; series: Series }, geography: Geography): MapPair {
	const bounds = { first: boundsOfThirds(series, geography), second: boundsOfThirds(other.series, geography) }
	const thirdOf = (value: number, [low, high]: [number, number]) => (value <= low ? 0 : value <= high ? 1 : 2)
	return {
		...other, bounds,
		thirdsOf(ordinal) {
			const [a, b] = [series.estimates[ordinal]!, other.series.estimates[ordinal]!]
			return Number.isNaN(a) || Number.isNaN(b) ? undefined : [thirdOf(a, bounds.first), thirdOf(b, bounds.second)]
		},
	}
}

/** Class of a place on a map of two measures: the third of the first plus three times that of the second; −1 where one is missing. */
export function classOfPair(pair: MapPair, ordinal: number): number {
	const thirds = pair.thirdsOf(ordinal)
	return thirds ? thirds[0] + 3 * thirds[1] : -1
}

export function pairLegend(indicator: Indicator, series: Series, pair: MapPair, geography: Geography): MapLegendData {
	const counts = new Array<number>(9).fill(0)
	for (const ordinal of geography.regional) {
		const key = classOfPair(pair, ordinal)
		if (key >= 0) counts[key]!++
	}
	const measure = (of: Indicator, { vintage, decimals }: Series, bounds: [number, number]) => ({ key: of.key, name: of.name, unit: of.unit, direction: of.direction, vintage, decimals, bounds })
	return {
		kind: 'pair', minimum: NaN, breaks: [], counts, colours: counts.map((_, i) => `pair-${i}`),
		pair: { first: measure(indicator, series, pair.bounds.first), second: measure(pair.indicator, pair.series, pair.bounds.second) },
	}
}
