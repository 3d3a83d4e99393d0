import { Refusal } from '#database'
import { ReadRefusal, readColumns, readTable, type ColumnTable, type Table } from '@throughline/geo'
import { decodeAcsPair, deriveColumns } from '@throughline/stats'
import type { ManifestSource } from './manifest.ts'
import { getMeasures, type Measures } from './measures.ts'
import type { SourceFiles } from './source-files.ts'
import type { ManifestTable } from './table-schema.ts'

/** The columns of a source, and which of them are which indicators. */
export interface SourceTable {
	keys: string[]
	columns: ReadonlyMap<string, Float64Array>
	table: ManifestTable
}

const PARTS = ['E', 'EA', 'M', 'MA'] as const

/**
 * Reads a table whose columns are variables of the American Community Survey as its publisher answers them, with annotations, and computes
 * the measures from them. Only measures with a number at some place are kept. Errors: those of the readers.
 */
export async function readMeasures(source: ManifestSource, files: SourceFiles): Promise<SourceTable & { raw: ReadonlyMap<string, Float64Array> }> {
	const table = source.table!
	const measures = getMeasures(table.measures!)
	const opened = await readTable(files.open(source), { fileName: source.file, maxColumns: 5_000 })
	const stems = measures.stems.filter((stem) => PARTS.every((part) => opened.columns.includes(stem + part)))
	const { keys, raw } = await readVariables(opened, table.key, stems)
	const derived = deriveColumns(measures.derivations, raw, keys.length, 'missing')
	const columns = new Map([...raw, ...derived])
	requireAgreement(source.file, measures, columns)
	const known = (name: string | undefined) => name !== undefined && (columns.get(name)?.some((value) => value === value) ?? false)
	const optional = (name: string | undefined) => (known(name) ? name : undefined)
	const kept = <T>(record: Record<string, T>, column: (value: T) => string) => Object.fromEntries(Object.entries(record).filter(([, value]) => known(column(value))))
	const shares = Object.entries(kept(measures.shares, ({ code }) => `EP_${code}`)).map(([key, share]) => {
		const universe = optional(share.universe)
		return [key, { code: share.code, universe, universe_margin: universe && optional(share.universe_margin) }] as const
	})
	return {
		keys, columns, raw,
		table: { ...table, counts: kept(measures.counts, (code) => `E_${code}`), shares: Object.fromEntries(shares), amounts: kept(measures.amounts, ({ estimate }) => estimate) },
	}
}

/** The Bureau rounds a percent to a tenth; more than this between a percent and its own parts is another table. */
const ROUNDING_PERCENT = 0.11
const FEWEST_COMPARED = 10

/** Printed percents are compared with their count and universe: when most of them differ, the variables mean something else than they did. */
function requireAgreement(file: string, measures: Measures, columns: ReadonlyMap<string, Float64Array>): void {
	for (const [indicator, { code, universe }] of Object.entries(measures.shares)) {
		const printed = measures.derivations.find(({ column }) => column === `EP_${code}`)
		const [percents, counts, totals] = [columns.get(`EP_${code}`), columns.get(`E_${code}`), columns.get(universe ?? '')]
		if (printed?.kind !== 'copy' || !percents || !counts || !totals) continue
		const gaps = percents.map((percent, i) => (totals[i]! > 0 ? Math.abs(percent - (100 * counts[i]!) / totals[i]!) : NaN)).filter((gap) => gap === gap)
		const differing = gaps.filter((gap) => gap > ROUNDING_PERCENT).length
		if (gaps.length >= FEWEST_COMPARED && differing > gaps.length / 2) throw new Refusal('acs_numbers_disagree', { file, indicator, column: printed.from, differing, compared: gaps.length })
	}
}

/** Estimates and margins as numbers; codes and annotations of the publisher are missing, a controlled margin is 0. */
async function readVariables(opened: Table, keyColumn: string, stems: string[]): Promise<{ keys: string[]; raw: Map<string, Float64Array> }> {
	const texts = stems.flatMap((stem) => PARTS.map((part) => stem + part))
	const read: ColumnTable = await readColumns(opened, { keyColumn, columns: [], texts })
	const raw = new Map<string, Float64Array>()
	for (const stem of stems) {
		for (const [part, role] of [['E', 'estimate'], ['M', 'margin']] as const) {
			const annotations = read.texts.get(`${stem}${part}A`)!
			raw.set(stem + part, Float64Array.from(read.texts.get(stem + part)!, (text, i) => {
				const cell = decodeAcsPair(text, annotations[i]!, role)
				if (!cell) throw new ReadRefusal('not_a_number', { file: opened.fileName, row: i + 2, column: stem + part, value: text })
				return cell.value
			}))
		}
	}
	return { keys: read.keys, raw }
}
