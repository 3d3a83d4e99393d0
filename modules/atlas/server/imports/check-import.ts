import { findColumn, shownValue, type Table } from '@throughline/geo'
import { BLOCKING, kindOfUnit, type ColumnUse, type FindingKind, type ImportPlan } from '../../imports/preparation.ts'
import { readCell } from '../../imports/read-cell.ts'
import { readKey } from '../../imports/repair-key.ts'
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
export interface CheckedSeries {
	use: ColumnUse
	estimates: Float64Array
	margins: Float64Array | null
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
	return check.finish()
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
		const empty = () => new Float64Array(ordinalOf.size).fill(NaN)
		this.series = plan.uses.map((use) => ({ use, estimates: empty(), margins: use.margin ? empty() : null }))
		for (const { use, estimates, margins } of this.series) {
			const kind = kindOfUnit(use.unit)
			this.reads.push({ at: findColumn(table, use.column), name: use.column, role: 'estimate', kind, values: estimates })
			if (margins) this.reads.push({ at: findColumn(table, use.margin!), name: use.margin!, role: 'margin', kind, values: margins })
		}
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

	finish(): CheckedTable {
		this.rowOf.forEach((row, ordinal) => {
			if (row < 0) for (const { values } of this.reads) values[ordinal] = NaN
		})
		for (const { estimates, margins } of this.series) margins?.forEach((_, i) => void (Number.isNaN(estimates[i]!) && (margins[i] = NaN)))
		const withoutRow = this.rowOf.filter((row) => row === 0).length
		const blockingFirst = this.findings.toSorted((a, b) => Number(BLOCKING.includes(b.kind)) - Number(BLOCKING.includes(a.kind))).slice(0, FINDINGS_KEPT)
		return { check: { ...this.counts, withoutRow, fits: this.fits.fits, series: this.series.map(describe) }, findings: blockingFirst, series: this.series }
	}
}

function describe({ use, estimates }: CheckedSeries): ImportCheck['series'][number] {
	let [known, lowest, highest] = [0, Infinity, -Infinity]
	for (const value of estimates) {
		if (Number.isNaN(value)) continue
		known++
		lowest = Math.min(lowest, value)
		highest = Math.max(highest, value)
	}
	// Shares between 0 and 1 are mostly fractions that somebody takes for percent.
	const likeFractions = kindOfUnit(use.unit) === 'share' && known > 1 && highest <= 1 && lowest < highest
	return { column: use.column, known, lowest: known ? lowest : null, highest: known ? highest : null, likeFractions }
}

/** A checked series as the columns of its table. */
export function packSeries({ use, estimates, margins }: CheckedSeries) {
	return {
		kind: kindOfUnit(use.unit), unit: use.unit, decimals: use.decimals,
		estimates: encodeColumn(estimates), margins: margins && encodeColumn(margins),
		content_hash: hashColumns([estimates, margins, null, null, null, null]),
	}
}
