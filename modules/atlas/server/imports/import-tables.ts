import type { ColumnType, Generated } from 'kysely'
import type { Jsonb } from '#database'
import type { NewIndicator, FindingKind, ImportPlan } from '../../imports/preparation.ts'
import type { BoundaryFit } from '../../imports/boundary-fit.ts'
import type { Unit } from '../../domains.ts'

/** A column of an upload as it was found. */
export interface ReadColumn {
	name: string
	/** Cells that are not empty, and those that are numbers. */
	filled: number
	numbers: number
	lowest: number | null
	highest: number | null
	decimals: number
	samples: string[]
}

/** What the first reading of an upload found. */
export interface ImportReading {
	rows: number
	columns: ReadColumn[]
	/** The column that names the places, as guessed; null when none does. */
	key: string | null
	fits: BoundaryFit[]
}

/** What a check of the plan found. `plan` is the fingerprint of the plan that was checked. */
export interface ImportCheck {
	plan: string
	/** Checksum of the file that the geography was made from: the columns stand in the order of its places. */
	file: string
	rows: number
	matched: number
	/** Rows of the region's state that are no place, rows of other states, rows whose place stands in the table twice. */
	unknown: number
	elsewhere: number
	twice: number
	repaired: number
	/** Places of the geography without a row. */
	withoutRow: number
	/** Findings in all; at most `FINDINGS_KEPT` of them are kept. */
	findings: number
	blocking: number
	fits: BoundaryFit[]
	series: { column: string; known: number; lowest: number | null; highest: number | null; likeFractions: boolean; partsDiffer: boolean }[]
}

export interface StepContents {
	asked: { job: string }
	read: ImportReading
	planned: ImportPlan
	checked: ImportCheck
	published: { indicators: string[] }
	withdrawn: Record<never, never>
	set_aside: { code: string; parameters: Record<string, string | number> }
}

export type StepKind = keyof StepContents

export interface ImportSeriesTable {
	import: string
	ordinal: number
	/** Empty until it is published, for an indicator that the import brings. */
	indicator: string
	brought: Jsonb<NewIndicator> | null
	geography: string
	vintage: string
	kind: 'count' | 'share' | 'amount'
	unit: Unit
	decimals: number
	estimates: Buffer
	margins: Buffer | null
	numerators: Buffer | null
	numerator_margins: Buffer | null
	universes: Buffer | null
	universe_margins: Buffer | null
	content_hash: Buffer
}

/** The tables of what people bring. */
export interface ImportTables {
	'atlas.upload': { sha256: string; bytes: number; kept_at: Date }
	'atlas.upload_piece': { sha256: string; ordinal: number; data: Buffer }
	'atlas.import': { id: string; sha256: string; file_name: string; begun_by: string; begun_at: Date }
	'atlas.import_step': { import: string; ordinal: Generated<number>; kind: StepKind; at: Date; by: string; content: ColumnType<StepContents[StepKind], string, string> }
	'atlas.import_finding': { import: string; ordinal: number; row_number: number; column_name: string; kind: FindingKind; found: string }
	'atlas.import_series': ImportSeriesTable
}
