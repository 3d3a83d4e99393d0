import { error } from '@sveltejs/kit'
import { quantileOfSorted, sortedPresent } from '@throughline/stats'
import { gradeOf } from '#atlas'
import { findGeography, findIndicator, readSeries, type Geography, type Indicator, type Series, type SeriesHead } from '#atlas/server'
import type { MapLegendData } from '../map-legend.ts'
import { rangesOf } from './range-legend.ts'
import { readMapChoice, USUAL_CHOICE, type MapChoice } from '../map-choice.ts'

export interface MapView {
	indicator: Indicator
	series: Series
	listed: SeriesHead[]
	geography: Geography
	choice: MapChoice
	/** Upper bounds of the ranges of values, the smallest value, and how many places each range holds. */
	breaks: number[]
	minimum: number
	counts: number[]
	/** What the map's colours stand for; its classes are those of `classOf`. */
	legend: MapLegendData
	/** By ordinal: class, or -1 for missing. */
	classOf: (ordinal: number) => number
	/** By ordinal: whether its class is among those shown. */
	shown: (ordinal: number) => boolean
	unreliable: (ordinal: number) => boolean
	summary: { lowest: number; quarter: number; middle: number; threeQuarters: number; highest: number; missing: number; unreliable: number; places: number }
}

/** The view that an address asks for: `?vintage=…&geography=…` and a choice of classes. Answers 404 for what does not exist. */
export async function getMapView(locals: App.Locals, key: string, query: URLSearchParams): Promise<MapView> {
	const found = await findIndicator(locals.database, key)
	if (!found) error(404)
	const [vintage, geographyKey] = [query.get('vintage'), query.get('geography')]
	const head = found.series.find((series) => (!vintage || series.vintage === vintage) && (!geographyKey || series.geography === geographyKey))
	if (!head) error(404)
	const [geography, [series]] = await Promise.all([findGeography(locals.database, head.geography), readSeries(locals.database, [head])])
	return viewOfSeries(found.indicator, series!, found.series, geography!, readMapChoice(query))
}

/** How a map shows one series of an indicator. */
export function viewOfSeries(indicator: Indicator, series: Series, listed: SeriesHead[], geography: Geography, choice: MapChoice = USUAL_CHOICE): MapView {
	const values = Float64Array.from(geography.regional, (ordinal) => series.estimates[ordinal]!)
	const { classes, legend } = rangesOf(indicator, series, geography, choice)
	const sorted = sortedPresent(values)
	const classOf = (ordinal: number) => classes.classify(series.estimates[ordinal]!)
	const unreliable = (ordinal: number) => gradeOf(series.estimates[ordinal]!, series.margins?.[ordinal]) === 'low'
	return {
		indicator, series, listed, geography, choice,
		breaks: [...classes.breaks], minimum: classes.minimum, counts: [...classes.counts],
		legend, classOf,
		shown: (ordinal) => choice.show.length === 0 || choice.show.includes(classOf(ordinal)),
		unreliable,
		summary: {
			lowest: sorted[0] ?? NaN, quarter: quantileOfSorted(sorted, 0.25), middle: quantileOfSorted(sorted, 0.5),
			threeQuarters: quantileOfSorted(sorted, 0.75), highest: sorted.at(-1) ?? NaN,
			missing: values.length - sorted.length, unreliable: geography.regional.filter(unreliable).length, places: values.length,
		},
	}
}
