import { error } from '@sveltejs/kit'
import { quantileOfSorted, sortedPresent } from '@throughline/stats'
import { gradeOf } from '#atlas'
import { findGeography, findIndicator, readSeries, type Geography, type Indicator, type Series, type SeriesHead } from '#atlas/server'
import { choiceQuery, readMapChoice, USUAL_CHOICE, type MapChoice } from '../map-choice.ts'
import type { MapLegendData } from '../map-legend.ts'
import { changeLegend, changeSince, classOfChange, type MapChange } from './change-legend.ts'
import { readCompanions, type MapCompanions, type MapNotice } from './map-companions.ts'
import { classOfPair, pairLegend, pairOf, type MapPair } from './pair-legend.ts'
import { rangesOf } from './range-legend.ts'

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
	/** Set where the map compares with earlier years. */
	change: MapChange | undefined
	/** Set where the map shows a second measure. */
	pair: MapPair | undefined
	/** What was asked for and cannot be shown. */
	notices: MapNotice[]
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
	const choice = readMapChoice(query)
	return viewOfSeries(found.indicator, series!, found.series, geography!, choice, await readCompanions(locals.database, choice, found.series, head, geography!))
}

/** How a map shows one series of an indicator, alone or with what stands beside it. */
export function viewOfSeries(indicator: Indicator, series: Series, listed: SeriesHead[], geography: Geography, asked: MapChoice = USUAL_CHOICE, companions: MapCompanions = { notices: [] }): MapView {
	const { classes, legend: ranges } = rangesOf(indicator, series, geography, asked)
	const change = companions.earlier && changeSince(companions.earlier, series)
	const pair = companions.other && pairOf(series, companions.other, geography)
	const legend = change ? changeLegend(indicator, series, change, geography) : pair ? pairLegend(indicator, series, pair, geography) : ranges
	const classOf = (ordinal: number) => (change ? classOfChange(change.of(ordinal)) : pair ? classOfPair(pair, ordinal) : classes.classify(series.estimates[ordinal]!))
	const low = (of: Series | undefined, ordinal: number) => of !== undefined && gradeOf(of.estimates[ordinal]!, of.margins?.[ordinal]) === 'low'
	// What a change says has weighed the margins already.
	const unreliable = (ordinal: number) => !change && (low(series, ordinal) || low(pair?.series, ordinal))
	// A class that the map does not have would hide all others.
	const show = asked.show.filter((index) => index < legend.colours.length)
	const choice = { ...asked, show }
	return {
		indicator, series, listed, geography, choice, change, pair, legend, classOf, unreliable,
		notices: companions.notices,
		breaks: [...classes.breaks], minimum: classes.minimum, counts: [...classes.counts],
		shown: (ordinal) => show.length === 0 || show.includes(classOf(ordinal)),
		summary: summaryOf(series, geography, classOf, unreliable),
	}
}

/** What a picture of a view depends on: the series, the choice and when the region was loaded; for an ETag. */
export function tagOfView({ series, change, pair, choice }: MapView, { loadedAt }: { loadedAt: Date }): string {
	const hashes = [series, change?.earlier, pair?.series].map((one) => one?.hash.slice(0, 16) ?? '').join('')
	return `${hashes}-${encodeURIComponent(choiceQuery(choice))}-${loadedAt.getTime().toString(36)}`
}

function summaryOf(series: Series, geography: Geography, classOf: (ordinal: number) => number, unreliable: (ordinal: number) => boolean): MapView['summary'] {
	const sorted = sortedPresent(Float64Array.from(geography.regional, (ordinal) => series.estimates[ordinal]!))
	return {
		lowest: sorted[0] ?? NaN, quarter: quantileOfSorted(sorted, 0.25), middle: quantileOfSorted(sorted, 0.5),
		threeQuarters: quantileOfSorted(sorted, 0.75), highest: sorted.at(-1) ?? NaN,
		missing: geography.regional.filter((ordinal) => classOf(ordinal) < 0).length,
		unreliable: geography.regional.filter((ordinal) => classOf(ordinal) >= 0 && unreliable(ordinal)).length,
		places: geography.regional.length,
	}
}
