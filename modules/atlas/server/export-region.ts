import { Refusal, type CoreTables, type Reader } from '#database'
import { decodeRings, featureGeometry } from '@throughline/geo'
import { listIndicators, type Indicator } from './indicators.ts'
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
	yield { name: 'dictionary.csv', text: csv(dictionary) }
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
	return csv([header, ...rows])
}

async function boundariesText(reader: Reader<Tables>, geography: Geography): Promise<string> {
	const chunks = await reader.selectFrom('atlas.geometry').select(['first_ordinal', 'rings']).where('geography', '=', geography.key).orderBy('chunk').execute()
	const features = chunks.flatMap(({ first_ordinal, rings }) => {
		const layer = decodeRings(rings)
		return Array.from({ length: layer.featureCount }, (_, i) => {
			const place = geography.places[first_ordinal + i]!
			const properties = { geoid: place.geoid, name: place.name, county: place.countyName, in_region: place.inRegion }
			return JSON.stringify({ type: 'Feature', id: place.geoid, properties, geometry: featureGeometry(layer, i) })
		})
	})
	return `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`
}

/** RFC 4180, with a leading apostrophe where a spreadsheet would take a text for a formula. */
function csv(rows: readonly (readonly string[])[]): string {
	const cell = (text: string) => {
		const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text
		return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
	}
	return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}
