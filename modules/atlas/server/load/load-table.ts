import { Refusal, type Writer } from '#database'
import { readColumns, readTable } from '@throughline/geo'
import { decodeAcsNumber } from '@throughline/stats'
import type { AtlasTables, SourceReport } from '../tables.ts'
import type { ManifestSource } from './manifest.ts'
import { encodeColumn, hashColumns } from './number-column.ts'
import { readMeasures, type SourceTable } from './read-source-table.ts'
import type { SourceFiles } from './source-files.ts'
import type { ManifestTable } from './table-schema.ts'

/** The keys of a geography in place order. */
export interface GeographyKeys {
	key: string
	geoids: readonly string[]
	ordinalOf: ReadonlyMap<string, number>
}

/** One indicator's columns in place order. */
interface SeriesColumns {
	indicator: string
	kind: 'count' | 'share' | 'amount'
	decimals: number
	estimates: Float64Array
	margins: Float64Array | null
	numerators: Float64Array | null
	numeratorMargins: Float64Array | null
	universes: Float64Array | null
	universeMargins: Float64Array | null
}

const ENOUGH_MATCHES = 0.5

/**
 * Reads a table and writes its indicators as series of the loading schema.
 * Errors: those of the readers; `table_of_other_vintage` when its keys fit another vintage better; `keys_do_not_match`.
 */
export async function loadTable(
	writer: Writer<AtlasTables>,
	source: ManifestSource,
	files: SourceFiles,
	geographies: readonly GeographyKeys[],
	now: Date,
): Promise<{ rows: number; report: SourceReport }> {
	const read = source.table!.measures ? await readMeasures(source, files) : await readPublished(source, files)
	const { table } = read
	const geography = geographies.find(({ key }) => key === table.geography)!
	requireVintage(source, read.keys, geography, geographies)
	const inPlaceOrder = aligner(read, geography)
	for (const series of seriesOf(table, inPlaceOrder)) await writeSeries(writer, source, table.geography, series, now)
	const matched = read.keys.filter((key) => geography.ordinalOf.has(key)).length
	return { rows: read.keys.length, report: { matched, unmatched: read.keys.length - matched, withoutRow: geography.geoids.length - matched } }
}

/** A table whose columns are the indicators. */
async function readPublished(source: ManifestSource, files: SourceFiles): Promise<SourceTable> {
	const table = source.table!
	const { keys, columns } = await readColumns(await readTable(files.open(source), { fileName: source.file }), {
		keyColumn: table.key,
		columns: [...new Set(columnsOf(table))],
		missing: [...table.missing, ''],
		jamValues: 'keep',
	})
	decodeJamValues(table, columns)
	return { keys, columns, table }
}

/** The codes that the Census Bureau writes instead of numbers become missing, but for a controlled estimate, whose margin is 0. */
function decodeJamValues(table: ManifestTable, columns: ReadonlyMap<string, Float64Array>): void {
	const margins = new Set([
		...Object.values(table.counts).map((code) => `M_${code}`),
		...Object.values(table.shares).flatMap(({ code, universe_margin }) => [`MP_${code}`, `M_${code}`, universe_margin]),
		...Object.values(table.amounts).map(({ margin }) => margin),
	])
	for (const [name, values] of columns) {
		const role = margins.has(name) ? 'margin' : 'estimate'
		values.forEach((value, i) => void (values[i] = decodeAcsNumber(value, role).value))
	}
}

function columnsOf(table: ManifestTable): string[] {
	return [
		...Object.values(table.counts).flatMap((code) => [`E_${code}`, `M_${code}`]),
		...Object.values(table.shares).flatMap(({ code, universe, universe_margin }) => [`EP_${code}`, `MP_${code}`, `E_${code}`, `M_${code}`, universe, universe_margin]),
		...Object.values(table.amounts).flatMap(({ estimate, margin }) => [estimate, margin]),
		...Object.values(table.ratios).flatMap(({ numerator, universe }) => [numerator, universe]),
	].filter((name) => name !== undefined)
}

/** GEOIDs of two vintages overlap, so a table is only taken for the vintage whose places it matches best. */
export function requireVintage(source: { file: string }, keys: readonly string[], declared: GeographyKeys, all: readonly GeographyKeys[]): void {
	const rate = (geography: GeographyKeys) => keys.filter((key) => geography.ordinalOf.has(key)).length / Math.max(1, keys.length)
	const declaredRate = rate(declared)
	const percent = (share: number) => `${(100 * share).toFixed(1)} %`
	for (const other of all) {
		const otherRate = rate(other)
		if (other.key !== declared.key && otherRate > declaredRate) {
			throw new Refusal('table_of_other_vintage', { file: source.file, declared: declared.key, rate: percent(declaredRate), other: other.key, otherRate: percent(otherRate) })
		}
	}
	if (declaredRate < ENOUGH_MATCHES) {
		const example = keys.find((key) => !declared.ordinalOf.has(key)) ?? ''
		throw new Refusal('keys_do_not_match', { file: source.file, geography: declared.key, rate: percent(declaredRate), example })
	}
}

type Align = (column: string | undefined) => Float64Array | null

/** Takes a column of the table into place order; places without a row are missing. */
function aligner(read: Pick<SourceTable, 'keys' | 'columns'>, geography: GeographyKeys): Align {
	const rowOf = new Int32Array(geography.geoids.length).fill(-1)
	read.keys.forEach((key, row) => {
		const ordinal = geography.ordinalOf.get(key)
		if (ordinal !== undefined) rowOf[ordinal] = row
	})
	return (column) => (column === undefined ? null : Float64Array.from(rowOf, (row) => (row < 0 ? NaN : read.columns.get(column)![row]!)))
}

function* seriesOf(table: ManifestTable, align: Align): Generator<SeriesColumns> {
	const nothing = { numerators: null, numeratorMargins: null, universes: null, universeMargins: null }
	for (const [indicator, code] of Object.entries(table.counts)) {
		yield { indicator, kind: 'count', decimals: 0, estimates: align(`E_${code}`)!, margins: align(`M_${code}`), ...nothing }
	}
	for (const [indicator, { code, universe, universe_margin }] of Object.entries(table.shares)) {
		yield shareOf(indicator, code, align, universe, universe_margin)
	}
	for (const [indicator, share] of Object.entries(table.complements)) {
		const { code, universe, universe_margin } = table.shares[share]!
		yield complementOf(indicator, shareOf(share, code, align, universe, universe_margin))
	}
	for (const [indicator, { estimate, margin }] of Object.entries(table.amounts)) {
		const estimates = align(estimate)!
		yield { indicator, kind: 'amount', decimals: decimalsOf(estimates), estimates, margins: align(margin), ...nothing }
	}
	for (const [indicator, { numerator, universe }] of Object.entries(table.ratios)) {
		const [numerators, universes] = [align(numerator)!, align(universe)!]
		// A place where nobody was counted has no share: missing, not zero.
		const estimates = numerators.map((value, i) => (universes[i]! > 0 ? (100 * value) / universes[i]! : NaN))
		yield { indicator, kind: 'share', decimals: 1, estimates, margins: null, numerators, numeratorMargins: null, universes, universeMargins: null }
	}
}

function shareOf(indicator: string, code: string, align: Align, universe: string | undefined, universeMargin: string | undefined): SeriesColumns {
	return {
		indicator, kind: 'share', decimals: 1,
		estimates: align(`EP_${code}`)!, margins: align(`MP_${code}`),
		numerators: align(`E_${code}`), numeratorMargins: align(`M_${code}`),
		universes: align(universe), universeMargins: align(universeMargin),
	}
}

/** All the rest of a universe: the margin of the percent is the same, that of the count has the universe's margin beside it. */
function complementOf(indicator: string, of: SeriesColumns): SeriesColumns {
	const { universes, universeMargins, numerators, numeratorMargins } = of
	return {
		...of,
		indicator,
		estimates: of.estimates.map((percent) => Math.round((100 - percent) * 10) / 10),
		numerators: universes && numerators && universes.map((all, i) => all - numerators[i]!),
		numeratorMargins: universeMargins && numeratorMargins ? universeMargins.map((margin, i) => Math.hypot(margin, numeratorMargins[i]!)) : numeratorMargins,
	}
}

/** Decimals the publisher printed, at most 3. */
function decimalsOf(values: Float64Array): number {
	for (let decimals = 0; decimals < 3; decimals++) {
		const scale = 10 ** decimals
		if (values.every((value) => Number.isNaN(value) || Math.abs(value * scale - Math.round(value * scale)) < 1e-6)) return decimals
	}
	return 3
}

async function writeSeries(writer: Writer<AtlasTables>, source: ManifestSource, geography: string, series: SeriesColumns, now: Date): Promise<void> {
	const packed = (column: Float64Array | null) => (column ? encodeColumn(column) : null)
	const { estimates, margins, numerators, numeratorMargins, universes, universeMargins } = series
	await writer
		.insertInto('atlas_loading.series')
		.values({
			indicator: series.indicator, geography, vintage: source.vintage, version: 1, source: source.key, kind: series.kind, decimals: series.decimals,
			estimates: encodeColumn(estimates), margins: packed(margins),
			numerators: packed(numerators), numerator_margins: packed(numeratorMargins),
			universes: packed(universes), universe_margins: packed(universeMargins),
			content_hash: hashColumns([estimates, margins, numerators, numeratorMargins, universes, universeMargins]),
			loaded_at: now,
		})
		.execute()
}
