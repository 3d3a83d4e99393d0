import { findColumn, shownValue, type Table } from '@throughline/geo'
import { BLOCKING, kindOfUnit, type ColumnUse, type FindingKind, type ImportPlan } from '../../imports/preparation.ts'
import { readCell } from '../../imports/read-cell.ts'
import { recognizeColumns } from '../../imports/recognize-columns.ts'
import { readKey } from '../../imports/repair-key.ts'
import type { SeriesValues } from '../../comparison.ts'
import { encodeColumn, hashColumns } from '../load/number-column.ts'
import type { ImportCheck } from './import-tables.ts'
import { FitCounter, isElsewhere, type PlaceKeys } from './place-keys.ts'

/** Findings that are kept for the report; more of them say nothing new and would fill the disk. */
export const FINDINGS_KEPT = 20_000

export interface Finding {
	row: number
	column: string
	kind: FindingKind
	found: string
}

/** The columns that one use gave, in place order. */
export interface CheckedSeries extends Omit<SeriesValues, 'kind'> {
	use: ColumnUse
}

export interface CheckedTable {
	check: Omit<ImportCheck, 'plan'>
	findings: Finding[]
	series: CheckedSeries[]
}

/**
 * Reads a table by its plan: every row finds its place, every used cell becomes a number or a finding. A place that stands twice in the
 * table has no number, because nobody can know which row is right. Errors: those of the reader, `column_missing`.
 */
export async function checkTable(table: Table, plan: ImportPlan, keys: PlaceKeys): Promise<CheckedTable> {
	const geography = keys.geographies.find(({ key }) => key === plan.description.geography)!
	const check = new TableCheck(table, plan, geography.ordinalOf, keys)
	for await (const { rows, rowNumbers } of table.batches) rows.forEach((row, i) => check.addRow(row, rowNumbers[i]!))
	return check.finish(geography.file)
}

class TableCheck {
	private readonly keyAt: number
	private readonly reads: { at: number; name: string; role: 'estimate' | 'margin'; kind: ReturnType<typeof kindOfUnit>; values: Float64Array }[] = []
	private readonly series: CheckedSeries[]
	private readonly fits: FitCounter
	private readonly rowOf: Int32Array
	private readonly counts = { rows: 0, matched: 0, unknown: 0, elsewhere: 0, twice: 0, repaired: 0, findings: 0, blocking: 0 }
	private readonly findings: Finding[] = []
	private readonly plan: ImportPlan
	private readonly ordinalOf: ReadonlyMap<string, number>
	private readonly keys: PlaceKeys

	constructor(table: Table, plan: ImportPlan, ordinalOf: ReadonlyMap<string, number>, keys: PlaceKeys) {
		this.plan = plan
		this.ordinalOf = ordinalOf
		this.keys = keys
		this.keyAt = findColumn(table, plan.description.keyColumn)
		this.fits = new FitCounter(keys)
		this.rowOf = new Int32Array(ordinalOf.size)
		const { columns } = recognizeColumns(table.columns)
		const marginOf = (name: string | undefined) => columns.find(({ estimate }) => estimate === name)?.margin
		this.series = plan.uses.map((use) => {
			const { parts, column, margin, unit } = use
			const read = (name: string, role: 'estimate' | 'margin', kind = kindOfUnit(unit)) => this.readInto(table, name, role, kind)
			const readIf = (name: string | undefined, role: 'estimate' | 'margin') => (parts && name ? read(name, role, 'count') : null)
			return {
				use, estimates: read(column, 'estimate'), margins: margin ? read(margin, 'margin') : null,
				numerators: readIf(parts?.numerator, 'estimate'), numeratorMargins: readIf(marginOf(parts?.numerator), 'margin'),
				universes: readIf(parts?.universe, 'estimate'), universeMargins: readIf(marginOf(parts?.universe), 'margin'),
			}
		})
	}

	/** The column of numbers that a column of the table gives; two uses of one column share it. */
	private readInto(table: Table, name: string, role: 'estimate' | 'margin', kind: ReturnType<typeof kindOfUnit>): Float64Array {
		const known = this.reads.find((read) => read.name === name && read.role === role && read.kind === kind)
		if (known) return known.values
		const values = new Float64Array(this.ordinalOf.size).fill(NaN)
		this.reads.push({ at: findColumn(table, name), name, role, kind, values })
		return values
	}

	addRow(row: readonly string[], number: number): void {
		const cell = row[this.keyAt] ?? ''
		const ordinal = this.findPlace(cell, number)
		if (ordinal === undefined) return
		for (const { at, name, role, kind, values } of this.reads) {
			const { value, fault } = readCell(row[at] ?? '', kind, role)
			if (fault) this.find(number, name, fault, row[at]!)
			values[ordinal] = value
		}
	}

	private findPlace(cell: string, number: number): number | undefined {
		this.counts.rows++
		this.fits.count(cell)
		const { keyColumn } = this.plan.description
		const read = readKey(cell, (key) => this.ordinalOf.has(key))
		if (read.fault) {
			if (isElsewhere(read, this.keys)) this.counts.elsewhere++
			else {
				this.counts.unknown++
				this.find(number, keyColumn, `key_${read.fault}`, cell)
			}
			return undefined
		}
		const ordinal = this.ordinalOf.get(read.key)!
		if (this.rowOf[ordinal] !== 0) {
			this.counts.twice++
			this.find(number, keyColumn, 'key_twice', `${cell.trim()} (${Math.abs(this.rowOf[ordinal]!)})`)
			this.rowOf[ordinal] = -Math.abs(this.rowOf[ordinal]!)
			return undefined
		}
		if (read.repairs.length > 0) {
			this.counts.repaired++
			this.find(number, keyColumn, 'key_repaired', `${cell.trim()} → ${read.key}`)
		}
		this.counts.matched++
		this.rowOf[ordinal] = number
		return ordinal
	}

	private find(row: number, column: string, kind: FindingKind, found: string): void {
		this.counts.findings++
		if (BLOCKING.includes(kind)) this.counts.blocking++
		// What stands in the way is kept first.
		if (this.findings.length < FINDINGS_KEPT || BLOCKING.includes(kind)) this.findings.push({ row, column, kind, found: shownValue(found) })
	}

	finish(file: string): CheckedTable {
		this.rowOf.forEach((row, ordinal) => {
			if (row < 0) for (const { values } of this.reads) values[ordinal] = NaN
		})
		for (const { estimates, margins } of this.series) margins?.forEach((_, i) => void (Number.isNaN(estimates[i]!) && (margins[i] = NaN)))
		const withoutRow = this.rowOf.filter((row) => row === 0).length
		const blockingFirst = this.findings.toSorted((a, b) => Number(BLOCKING.includes(b.kind)) - Number(BLOCKING.includes(a.kind))).slice(0, FINDINGS_KEPT)
		return { check: { ...this.counts, file, withoutRow, fits: this.fits.fits, series: this.series.map(describe) }, findings: blockingFirst, series: this.series }
	}
}

/** Places with few people say nothing of whether a share is what it is made of. */
const ENOUGH_PEOPLE = 50
/** Percentage points that rounding may make. */
const ROUNDING = 1

/** Whether a share is not its numerator out of its universe in one of twenty places or more: then a column was mistaken for another. */
function partsDiffer({ estimates, numerators, universes }: CheckedSeries): boolean {
	if (!numerators || !universes) return false
	let [seen, apart] = [0, 0]
	estimates.forEach((value, i) => {
		if (!(universes[i]! >= ENOUGH_PEOPLE) || Number.isNaN(value) || Number.isNaN(numerators[i]!)) return
		seen++
		if (Math.abs((100 * numerators[i]!) / universes[i]! - value) > ROUNDING) apart++
	})
	return seen === 0 || apart * 20 >= seen
}

function describe(series: CheckedSeries): ImportCheck['series'][number] {
	const { use, estimates } = series
	let [known, lowest, highest] = [0, Infinity, -Infinity]
	for (const value of estimates) {
		if (Number.isNaN(value)) continue
		known++
		lowest = Math.min(lowest, value)
		highest = Math.max(highest, value)
	}
	// Shares between 0 and 1 are mostly fractions that somebody takes for percent.
	const likeFractions = kindOfUnit(use.unit) === 'share' && known > 1 && highest <= 1 && lowest < highest
	return { column: use.column, known, lowest: known ? lowest : null, highest: known ? highest : null, likeFractions, partsDiffer: partsDiffer(series) }
}

/** A checked series as the columns of its table. */
export function packSeries({ use, estimates, margins, numerators, numeratorMargins, universes, universeMargins }: CheckedSeries) {
	const packed = (column: Float64Array | null) => column && encodeColumn(column)
	return {
		kind: kindOfUnit(use.unit), unit: use.unit, decimals: use.decimals,
		estimates: encodeColumn(estimates), margins: packed(margins), numerators: packed(numerators), numerator_margins: packed(numeratorMargins),
		universes: packed(universes), universe_margins: packed(universeMargins),
		content_hash: hashColumns([estimates, margins, numerators, numeratorMargins, universes, universeMargins]),
	}
}
