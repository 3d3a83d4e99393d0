import { gradeOf } from '#atlas'
import type { MapView } from './map-view.ts'

/** The rows of a map's table: each place with its number, and beside it the earlier one or that of a second measure. NaN is missing. */
export function rowsOf(view: MapView, ordinals: readonly number[]) {
	const { series: { estimates, margins }, change, pair } = view
	return ordinals.map((ordinal) => {
		const { geoid, name, countyName } = view.geography.places[ordinal]!
		const margin = margins?.[ordinal]
		return {
			geoid, name, county: countyName, estimate: estimates[ordinal]!, margin: margin ?? NaN, grade: gradeOf(estimates[ordinal]!, margin),
			...(change && { earlier: change.earlier.estimates[ordinal]!, earlierMargin: change.earlier.margins?.[ordinal] ?? NaN, change: change.of(ordinal) }),
			...(pair && { other: pair.series.estimates[ordinal]!, otherMargin: pair.series.margins?.[ordinal] ?? NaN, thirds: pair.thirdsOf(ordinal) }),
		}
	})
}

/** A row of a map's table. */
export type TableRow = ReturnType<typeof rowsOf>[number]
