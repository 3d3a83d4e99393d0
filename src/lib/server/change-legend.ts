import { changeBetween, yearsInCommon, type Change } from '#atlas'
import type { Geography, Indicator, Series } from '#atlas/server'
import type { MapLegendData } from '../map-legend.ts'

/** How every place changed since an earlier series of the same indicator on the same geography. */
export interface MapChange {
	earlier: Series
	/** By ordinal. */
	of: (ordinal: number) => Change
}

const CLASSES = ['lower', 'within_margins', 'higher', 'unknown'] as const

export function changeSince(earlier: Series, series: Series): MapChange {
	const numberOf = ({ estimates, margins }: Series, ordinal: number) => ({ estimate: estimates[ordinal]!, moe: margins?.[ordinal] ?? NaN })
	return { earlier, of: (ordinal) => changeBetween(numberOf(earlier, ordinal), numberOf(series, ordinal)) }
}

/** Class of a change: 0 lower, 1 within the margins, 2 higher, 3 cannot tell; −1 where a number is missing. */
export function classOfChange({ verdict }: Change): number {
	return CLASSES.indexOf(verdict as (typeof CLASSES)[number])
}

/** The legend of a change: the better side blue and the worse one orange; where neither is better, lower is blue. */
export function changeLegend(indicator: Indicator, series: Series, change: MapChange, geography: Geography): MapLegendData {
	const counts = CLASSES.map(() => 0)
	for (const ordinal of geography.regional) {
		const key = classOfChange(change.of(ordinal))
		if (key >= 0) counts[key]!++
	}
	const [lower, higher] = indicator.direction === 'higher_is_better' ? ['split-5', 'split-1'] : ['split-1', 'split-5']
	return {
		kind: 'change', minimum: NaN, breaks: [], counts, colours: [lower!, 'split-3', higher!, 'unsure-0'],
		change: { before: change.earlier.vintage, after: series.vintage, shared: yearsInCommon(change.earlier.vintage, series.vintage), dollars: indicator.unit === 'dollars' },
	}
}
