import type { PercentileRule } from '../percentile-ranks.ts'

/** Which places are ranked among each other: all rows, the rows of each state, or the rows of the region. */
export const REFERENCE_SETS = ['all', 'state', 'region'] as const
export type ReferenceSet = (typeof REFERENCE_SETS)[number]

/** How an indicator is brought to a common scale; `docs/guides/recipes.md` lists them. */
export type Normalisation =
	| { method: 'percentile'; rule: PercentileRule; reverse: 'complement' | 'negate'; decimals?: number }
	| { method: 'z-score' | 'rank' | 'none'; decimals?: number }
	| { method: 'min-max'; low: number; high: number; decimals?: number }
	| { method: 'goalposts'; from: number; to: number; low: number; high: number; decimals?: number }
	| { method: 'standard-deviation-classes'; decimals?: number }

export type Aggregate = 'sum' | 'mean' | 'geometric'

/** A row is left out of every ranking when the column equals the number, or is at most it; its results are missing. */
export interface Exclusion {
	column: string
	equals?: number
	atMost?: number
	/** A table without the column is then scored all the same; the result names the exclusion that was not made. */
	optional: boolean
}

/**
 * A column made from others. Two derivations with one name are alternatives: the first whose inputs are there is used, and a column
 * that the table already has is never replaced. Margins are named by their stem: `S1701_C01_040` means `…E` and `…M`.
 */
export type Derivation = { column: string } & (
	| { kind: 'copy'; from: string }
	| { kind: 'sum'; sum: string[]; minus: string[]; decimals?: number }
	| { kind: 'share'; share: string; of: string; decimals?: number; whenZero?: number; otherwise?: string }
	| { kind: 'tie-break'; printed: string; by: string }
	| { kind: 'margin'; margin: string }
	| { kind: 'margin-sum'; marginSum: string[]; whole: 'floor' | 'tenth' | 'none'; zeros: 'census' | 'all' }
	| { kind: 'margin-share'; marginShare: string; share: string; of: string; ofMargin: string; cap: number; decimals?: number }
	| { kind: 'whole'; whole: string }
)

export interface Flag {
	output: string
	/** The flag is 1 when the normalised value is at least this. */
	atLeast: number
}

export interface Indicator {
	id: string
	label: string
	column: string
	/** `more`: a higher value means more need; `less`: a lower value does. */
	direction: 'more' | 'less'
	weight: number
	/** Decimals the values are rounded to before they are normalised, as publishers rank what they print. */
	round?: number
	normalise: Normalisation
	/** Name of the column of normalised values. */
	output: string
	flag?: Flag
}

/** A rank column over an aggregate, always by the percentile rule of the recipe. */
export interface RankColumn {
	output: string
	rule: PercentileRule
	decimals?: number
}

/** Members put together into one column, with its rank and the number of flags among the members. */
export interface Composite {
	id: string
	label: string
	/** Ids of indicators, or of themes for the total. */
	members: string[]
	weight: number
	aggregate: Aggregate
	output: string
	decimals?: number
	rank?: RankColumn
	/** Name of the column that counts flags. */
	flags?: string
	/** Name of the column that counts missing members. */
	missing?: string
}

/** One test of a threshold rule, on a normalised indicator or on a raw column. */
export interface Condition {
	indicator?: string
	column?: string
	atLeast?: number
	atMost?: number
	reason: string
}

/** A category is met when any burden and any socioeconomic condition hold; without socioeconomic conditions a burden is enough. */
export interface Category {
	id: string
	label: string
	burden: Condition[]
	socioeconomic: Condition[]
	output: string
}

export interface ThresholdRule {
	categories: Category[]
	/** 1 when any category is met, 0 when none is, missing for rows that are left out. */
	output: string
	count: string
	/** Text column: the reasons, divided by "; ". */
	reasons: string
	/** How many conditions could not be tested because their input is missing. */
	unknown: string
}

export interface Recipe {
	name: string
	title: string
	summary: string
	publisher?: string
	source?: string
	methodology?: string
	reference: ReferenceSet
	/** Number that stands for "missing" when reading and writing; empty cells when undefined. */
	missingCode?: number
	/** Smallest number of members that must be present; undefined: any missing member makes the composite missing. */
	minimumPresent?: number
	exclude: Exclusion[]
	derive: Derivation[]
	indicators: Indicator[]
	themes: Composite[]
	total?: Composite
	thresholds?: ThresholdRule
}

/** What is wrong with a recipe and where: `path` as in `indicators[3].weight`. The sentence is `error_<code>`. */
export interface RecipeProblem {
	code: string
	path: string
	parameters: Record<string, string | number>
}
