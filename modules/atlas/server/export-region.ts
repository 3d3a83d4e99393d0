import { Refusal, type CoreTables, type Reader } from '#database'
import { csvText } from '../csv-text.ts'
import { listIndicators, type Indicator } from './indicators.ts'
import { boundariesText } from './boundaries.ts'
import { findGeography, type Geography } from './places.ts'
import { readSeries, type Series } from './series.ts'
import { listSources } from './sources.ts'
import type { AtlasTables } from './tables.ts'

type Tables = AtlasTables & CoreTables

/** The loaded region as files in open formats, one after another. Errors: `region_not_loaded`. */
export async function* exportRegion(reader: Reader<Tables>): AsyncGenerator<{ name: string; text: string }> {
	const geographies = await reader.selectFrom('atlas.geography').select('key').orderBy('key').execute()
	if (geographies.length === 0) throw new Refusal('region_not_loaded')
	const listed = await listIndicators(reader)
	const sources = new Map((await listSources(reader)).map((source) => [source.key, source]))
	const dictionary = [['file', 'column', 'meaning', 'indicator', 'unit', 'universe', 'years', 'source', 'publisher', 'licence', 'source_sha256', 'series_version', 'series_sha256']]
	for (const { key } of geographies) {
		const geography = (await findGeography(reader, key))!
		const own = listed.flatMap(({ indicator, series }) => series.filter((head) => head.geography === key).map((head) => ({ indicator, head })))
		const series = await readSeries(reader, own.map(({ head }) => head))
		const columns = own.flatMap(({ indicator }, i) => columnsOf(indicator, series[i]!))
		for (const { name, meaning, indicator, series: of } of columns) {
			const source = sources.get(of.source)!
			const universe = indicator.definition.universe?.en ?? ''
			dictionary.push([`${key}.csv`, name, meaning, indicator.name.en, indicator.unit, universe, of.vintage, source.title.en, source.publisher, source.licence, source.sha256, String(of.version), of.hash])
		}
		yield { name: `${key}.csv`, text: tableText(geography, columns) }
		yield { name: `${key}.geojson`, text: await boundariesText(reader, geography) }
	}
	yield { name: 'dictionary.csv', text: csvText(dictionary) }
	const citations = await reader.selectFrom('atlas.citation').selectAll().orderBy('made_at').orderBy('id').execute()
	yield { name: 'citations.json', text: JSON.stringify(citations.map(({ id, made_at, frozen }) => ({ id, made_at, frozen })), null, 2) + '\n' }
}

interface ExportColumn {
	name: string
	meaning: string
	indicator: Indicator
	series: Series
	values: Float64Array
}

function columnsOf(indicator: Indicator, series: Series): ExportColumn[] {
	const stem = `${indicator.key}_${series.vintage.replace('–', '_')}`
	const parts: [string, string, Float64Array | null][] = [
		['', 'estimate', series.estimates],
		['_margin', 'margin of error at 90 %', series.margins],
		['_count', 'people, households or homes counted', series.numerators],
		['_count_margin', 'margin of error of the count', series.numeratorMargins],
		['_universe', 'out of how many', series.universes],
		['_universe_margin', 'margin of error of the universe', series.universeMargins],
	]
	return parts.flatMap(([suffix, meaning, values]) => (values ? [{ name: stem + suffix, meaning, indicator, series, values }] : []))
}

function tableText(geography: Geography, columns: ExportColumn[]): string {
	const header = ['geoid', 'name', 'county', 'in_region', ...columns.map(({ name }) => name)]
	const rows = geography.places.map((place) => [
		place.geoid, place.name, place.countyName, place.inRegion ? 'yes' : 'no',
		// Missing is an empty cell, never a zero.
		...columns.map(({ values }) => (Number.isNaN(values[place.ordinal]!) ? '' : String(values[place.ordinal]!))),
	])
	return csvText([header, ...rows])
}
