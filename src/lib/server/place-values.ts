import { gradeOf } from '#atlas'
import type { Place } from '#atlas/server'
import type { MapView } from './map-view.ts'

/** One place's number as downloads give it; null stands for "not known" and never for zero. */
export function valuesOf(view: MapView, place: Place): { estimate: number | null; margin: number | null; reliability: string } {
	const estimate = view.series.estimates[place.ordinal]!
	const margin = view.series.margins?.[place.ordinal]
	const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)
	return { estimate: known(estimate), margin: known(margin), reliability: Number.isNaN(estimate) ? 'missing' : gradeOf(estimate, margin) }
}

/** Headers of a download under a name made of the indicator, its years and an ending. */
export function downloadHeaders(view: MapView, ending: string, type: string): Record<string, string> {
	const name = `${view.indicator.key}-${view.series.vintage.replace('–', '-')}.${ending}`
	return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'public, max-age=300' }
}
