import type { Source } from '#atlas/server'
import type { MapView } from './map-view.ts'
import { valuesOf } from './place-values.ts'

export interface MapColumn {
	name: string
	type: 'STRING' | 'DOUBLE'
	/** One entry per place; null where nothing is known. */
	data: (string | number | null)[]
}

type Published = Pick<Source, 'key' | 'publisher' | 'sha256'>

const text = (name: string, data: (string | null)[]): MapColumn => ({ name, type: 'STRING', data })
const numbers = (name: string, data: (number | null)[]): MapColumn => ({ name, type: 'DOUBLE', data })
const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)

/** The numbers of a map as typed columns over the given places, with those of earlier years or of a second measure where the map shows them. */
export function columnsOf(view: MapView, sources: readonly Published[], ordinals: readonly number[]): MapColumn[] {
	const places = ordinals.map((ordinal) => view.geography.places[ordinal]!)
	const values = places.map(({ ordinal }) => valuesOf(view.series, ordinal))
	const same = (name: string, value: string) => text(name, places.map(() => value))
	const source = sourceOf(sources, view.series.source)
	return [
		text('geoid', places.map(({ geoid }) => geoid)),
		text('name', places.map(({ name }) => name)),
		text('county', places.map(({ countyName }) => countyName)),
		same('indicator', view.indicator.key), same('unit', view.indicator.unit), same('years', view.series.vintage),
		numbers('estimate', values.map(({ estimate }) => estimate)),
		numbers('margin_of_error_90', values.map(({ margin }) => margin)),
		text('reliability', values.map(({ reliability }) => reliability)),
		same('source', source.publisher), same('source_sha256', source.sha256),
		...changeColumns(view, sources, ordinals), ...pairColumns(view, sources, ordinals),
	]
}

function sourceOf(sources: readonly Published[], key: string): Published {
	return sources.find((source) => source.key === key)!
}

function changeColumns({ change }: MapView, sources: readonly Published[], ordinals: readonly number[]): MapColumn[] {
	if (!change) return []
	const [source, changes] = [sourceOf(sources, change.earlier.source), ordinals.map(change.of)]
	const same = (name: string, value: string) => text(name, ordinals.map(() => value))
	return [
		same('earlier_years', change.earlier.vintage),
		numbers('earlier_estimate', ordinals.map((ordinal) => known(change.earlier.estimates[ordinal]))),
		numbers('earlier_margin_of_error_90', ordinals.map((ordinal) => known(change.earlier.margins?.[ordinal]))),
		numbers('change', changes.map(({ estimate }) => known(estimate))),
		numbers('change_margin_of_error_90', changes.map(({ moe }) => known(moe))),
		text('change_verdict', changes.map(({ verdict }) => verdict)),
		same('earlier_source', source.publisher), same('earlier_source_sha256', source.sha256),
	]
}

const THIRDS = ['low', 'middle', 'high'] as const

function pairColumns({ pair }: MapView, sources: readonly Published[], ordinals: readonly number[]): MapColumn[] {
	if (!pair) return []
	const [source, values] = [sourceOf(sources, pair.series.source), ordinals.map((ordinal) => valuesOf(pair.series, ordinal))]
	const same = (name: string, value: string) => text(name, ordinals.map(() => value))
	const thirds = (which: 0 | 1) => ordinals.map((ordinal) => THIRDS[pair.thirdsOf(ordinal)?.[which] ?? -1] ?? 'missing')
	return [
		same('other_indicator', pair.indicator.key), same('other_unit', pair.indicator.unit), same('other_years', pair.series.vintage),
		numbers('other_estimate', values.map(({ estimate }) => estimate)),
		numbers('other_margin_of_error_90', values.map(({ margin }) => margin)),
		text('other_reliability', values.map(({ reliability }) => reliability)),
		text('third', thirds(0)), text('other_third', thirds(1)),
		same('other_source', source.publisher), same('other_source_sha256', source.sha256),
	]
}
