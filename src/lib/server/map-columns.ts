import type { MapView } from './map-view.ts'
import { valuesOf } from './place-values.ts'

export interface MapColumn {
	name: string
	type: 'STRING' | 'DOUBLE'
	/** One entry per place; null where nothing is known. */
	data: (string | number | null)[]
}

/** The numbers of a map as typed columns over the given places. */
export function columnsOf(view: MapView, source: { publisher: string; sha256: string }, ordinals: readonly number[]): MapColumn[] {
	const places = ordinals.map((ordinal) => view.geography.places[ordinal]!)
	const values = places.map((place) => valuesOf(view, place))
	const text = (name: string, data: string[]): MapColumn => ({ name, type: 'STRING', data })
	const same = (name: string, value: string) => text(name, places.map(() => value))
	return [
		text('geoid', places.map(({ geoid }) => geoid)),
		text('name', places.map(({ name }) => name)),
		text('county', places.map(({ countyName }) => countyName)),
		same('indicator', view.indicator.key), same('unit', view.indicator.unit), same('years', view.series.vintage),
		{ name: 'estimate', type: 'DOUBLE', data: values.map(({ estimate }) => estimate) },
		{ name: 'margin_of_error_90', type: 'DOUBLE', data: values.map(({ margin }) => margin) },
		text('reliability', values.map(({ reliability }) => reliability)),
		same('source', source.publisher), same('source_sha256', source.sha256),
	]
}
