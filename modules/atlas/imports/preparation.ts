import type { Bilingual, Direction, Domain, Unit } from '../domains.ts'

/** What the person says of a file: whose numbers, of which years, on which boundaries, and which column names the places. */
export interface ImportDescription {
	publisher: string
	title: string
	url: string
	licence: string
	/** The years that the numbers speak of, e.g. `2018–2022`. */
	years: string
	geography: string
	keyColumn: string
}

/** An indicator that a file brings. A name or universe may be empty in one language. */
export interface NewIndicator {
	name: Bilingual
	about: Bilingual
	universe: Bilingual
	domain: Domain
	direction: Direction
}

/** What one column becomes. */
export interface ColumnUse {
	column: string
	margin?: string
	/** The columns that a share is made of: whom it counts, and out of whom; areas get their rate from them. */
	parts?: { numerator: string; universe: string }
	unit: Unit
	decimals: number
	/** Either an indicator of its own or further years of one that is there. */
	becomes: { indicator: string } | { new: NewIndicator }
}

/** The columns a file is used for, and whether the person chose to take the cells of the report as missing. */
export interface ImportPlan {
	description: ImportDescription
	uses: ColumnUse[]
	badCellsAreMissing: boolean
}

const COUNTED: readonly Unit[] = ['people', 'jobs', 'count']

/** Shares are percent and stay between 0 and 100; counts are never negative; all else is an amount. */
export function kindOfUnit(unit: Unit): 'share' | 'count' | 'amount' {
	return unit.startsWith('percent') ? 'share' : COUNTED.includes(unit) ? 'count' : 'amount'
}

/** Why a row or a cell is in the report. */
export type FindingKind =
	| 'key_empty' | 'key_rounded' | 'key_unknown' | 'key_twice' | 'key_repaired'
	| 'not_a_number' | 'share_over_100' | 'negative_share' | 'negative_count' | 'negative_margin' | 'code'

/** Findings that stand in the way of publishing until the person says that they are missing. */
export const BLOCKING: readonly FindingKind[] = ['key_rounded', 'key_twice', 'not_a_number', 'share_over_100', 'negative_share', 'negative_count', 'negative_margin']

const MARK = { en: 'in Spanish', es: 'en inglés' }

/** A text with both languages: where one is missing it is the other one, marked as such. Both empty stay empty. */
export function inBothLanguages({ en, es }: Bilingual): Bilingual {
	return { en: en || (es && `${es} (${MARK.en})`), es: es || (en && `${en} (${MARK.es})`) }
}

/** An indicator as it will be shown: every text in both languages. */
export function fillsBoth(brought: NewIndicator): NewIndicator {
	return { ...brought, name: inBothLanguages(brought.name), about: inBothLanguages(brought.about), universe: inBothLanguages(brought.universe) }
}

/** The key of an imported indicator: `own-` and the words of its name, so that no catalogue has it; `taken` says which ones exist. */
export function indicatorKeyOf(name: Bilingual, taken: (key: string) => boolean): string {
	const words = (name.en || name.es).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60)
	const key = `own-${words || 'indicator'}`
	for (let number = 1; ; number++) {
		const candidate = number === 1 ? key : `${key}-${number}`
		if (!taken(candidate)) return candidate
	}
}

/** Decimals that the numbers were written with, at most 3. */
export function decimalsOf(cells: Iterable<string>): number {
	let most = 0
	for (const cell of cells) most = Math.max(most, /\.(\d*?)0*\s*%?$/.exec(cell)?.[1]?.length ?? 0)
	return Math.min(3, most)
}
