import { gradeOf } from '#atlas'
import type { Series } from '#atlas/server'
import type { MapView } from './map-view.ts'

/** One place's number as downloads give it; null stands for "not known" and never for zero. */
export function valuesOf(series: Series, ordinal: number): { estimate: number | null; margin: number | null; reliability: string } {
	const [estimate, margin] = [series.estimates[ordinal]!, series.margins?.[ordinal]]
	const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)
	return { estimate: known(estimate), margin: known(margin), reliability: Number.isNaN(estimate) ? 'missing' : gradeOf(estimate, margin) }
}

/** Headers of a download under a name made of the indicator, its years, what stands beside them, and an ending. */
export function downloadHeaders(view: MapView, ending: string, type: string): Record<string, string> {
	const beside = view.change ? `-since-${view.change.earlier.vintage}` : view.pair ? `-with-${view.pair.indicator.key}` : ''
	const name = `${view.indicator.key}-${view.series.vintage}${beside}.${ending}`.replaceAll('–', '-').replace(/[^\w.-]/g, '_')
	return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'public, max-age=300' }
}
