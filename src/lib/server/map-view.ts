import { error } from '@sveltejs/kit'
import { classifyForMap, CLASS_METHODS, quantileOfSorted, sortedPresent, type ClassMethod } from '@throughline/stats'
import { gradeOf } from '#atlas'
import { findGeography, findIndicator, readSeries, type Geography, type Indicator, type Series, type SeriesHead } from '#atlas/server'

export interface MapView {
	indicator: Indicator
	series: Series
	listed: SeriesHead[]
	geography: Geography
	method: ClassMethod
	/** Upper bounds of the classes and the smallest value. */
	breaks: number[]
	minimum: number
	counts: number[]
	/** By ordinal: class, or -1 for missing. */
	classOf: (ordinal: number) => number
	unreliable: (ordinal: number) => boolean
	summary: { lowest: number; quarter: number; middle: number; threeQuarters: number; highest: number; missing: number; unreliable: number; places: number }
}

const CLASSES = 5
const METHODS: readonly string[] = CLASS_METHODS.filter((method) => method !== 'manual')

/** The view that an address asks for: `?vintage=…&geography=…&classes=…`. Answers 404 for what does not exist. */
export async function getMapView(locals: App.Locals, key: string, query: URLSearchParams): Promise<MapView> {
	const found = await findIndicator(locals.database, key)
	if (!found) error(404)
	const [vintage, geographyKey] = [query.get('vintage'), query.get('geography')]
	const head = found.series.find((series) => (!vintage || series.vintage === vintage) && (!geographyKey || series.geography === geographyKey))
	if (!head) error(404)
	const [geography, [series]] = await Promise.all([findGeography(locals.database, head.geography), readSeries(locals.database, [head])])
	const asked = query.get('classes') ?? ''
	const method = (METHODS.includes(asked) ? asked : 'quantile') as ClassMethod
	return viewOfSeries(found.indicator, series!, found.series, geography!, method)
}

/** How a map shows one series of an indicator. */
export function viewOfSeries(indicator: Indicator, series: Series, listed: SeriesHead[], geography: Geography, method: ClassMethod): MapView {
	const values = Float64Array.from(geography.regional, (ordinal) => series.estimates[ordinal]!)
	const classes = classifyForMap(values, method, CLASSES)
	const sorted = sortedPresent(values)
	const unreliable = (ordinal: number) => gradeOf(series.estimates[ordinal]!, series.margins?.[ordinal]) === 'low'
	return {
		indicator, series, listed, geography, method,
		breaks: [...classes.breaks], minimum: classes.minimum, counts: [...classes.counts],
		classOf: (ordinal) => classes.classify(series.estimates[ordinal]!),
		unreliable,
		summary: {
			lowest: sorted[0] ?? NaN, quarter: quantileOfSorted(sorted, 0.25), middle: quantileOfSorted(sorted, 0.5),
			threeQuarters: quantileOfSorted(sorted, 0.75), highest: sorted.at(-1) ?? NaN,
			missing: values.length - sorted.length, unreliable: geography.regional.filter(unreliable).length, places: values.length,
		},
	}
}
