/** The eight domains of the Metro Atlanta Equity Atlas (2014), in its order. */
export const DOMAINS = [
	'demographics',
	'economic-development',
	'education',
	'environment',
	'health',
	'housing',
	'public-safety',
	'transportation',
] as const

export type Domain = (typeof DOMAINS)[number]

/** Units of indicators; the interface messages hold their names under `unit_<unit>`. */
export const UNITS = [
	'percent', 'percent_of_land', 'percent_of_adults', 'people', 'count', 'years', 'dollars', 'micrograms', 'per_100_renters',
	'per_10000_people', 'minutes', 'jobs', 'rank', 'score',
] as const

export type Unit = (typeof UNITS)[number]

export type Direction = 'higher_is_better' | 'higher_is_worse' | 'neither'

/** A text in both languages of the product. */
export interface Bilingual {
	en: string
	es: string
}
