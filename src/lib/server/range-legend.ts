import { classifyAround, classifyForMap, type MapClasses } from '@throughline/stats'
import { valueOfArea } from '#atlas'
import type { Geography, Indicator, Series } from '#atlas/server'
import type { MapChoice } from '../map-choice.ts'
import { divergingColours, sequentialColours, type MapLegendData } from '../map-legend.ts'

/** The classes of a map by its values and the colours that they have: around the region's value where that is asked for and possible. */
export function rangesOf(indicator: Indicator, series: Series, geography: Geography, choice: MapChoice): { classes: MapClasses; legend: MapLegendData } {
	const values = Float64Array.from(geography.regional, (ordinal) => series.estimates[ordinal]!)
	const around = choice.ramp === 'diverging' ? rangesAround(indicator, series, geography, choice, values) : undefined
	if (around && 'classes' in around) return around
	const classes = classifyForMap(values, choice.method, choice.count, choice.breaks)
	return { classes, legend: { ...plain(classes), colours: sequentialColours(classes.breaks.length), refused: around?.refused } }
}

function rangesAround(indicator: Indicator, series: Series, geography: Geography, choice: MapChoice, values: Float64Array): { classes: MapClasses; legend: MapLegendData } | { refused: 'direction' | 'bounds' } | undefined {
	if (indicator.direction === 'neither') return { refused: 'direction' }
	const middle = middleOf(series, geography)
	if (Number.isNaN(middle.value)) return undefined
	const classes = classifyAround(values, choice.method, choice.count, middle.value, choice.breaks)
	const colours = divergingColours(classes.minimum, [...classes.breaks], middle.value, indicator.direction === 'higher_is_worse')
	return colours ? { classes, legend: { ...plain(classes), colours, middle } } : { refused: 'bounds' }
}

const plain = ({ minimum, breaks, counts }: MapClasses) => ({ kind: 'ranges' as const, minimum, breaks: [...breaks], counts: [...counts] })

/** The region's own rate where the source allows one; else, and for counts, whose sum no place can be held against, the middle place. */
function middleOf(series: Series, geography: Geography): { value: number; how: 'rate' | 'sum' | 'middle' } {
	const ofPlaces = series.kind === 'count' ? { ...series, kind: 'amount' as const, numerators: null } : series
	const { estimate, how } = valueOfArea(ofPlaces, geography.regional)
	return { value: estimate, how }
}
