import { DOMAINS, kindOfUnit, recognizeColumns, UNITS, type ColumnUse, type Direction, type Domain, type RecognizedColumn, type Unit } from '#atlas'
import type { ReadColumn } from '#atlas/server'
import { text } from './answer-form.ts'

const DIRECTIONS: readonly Direction[] = ['higher_is_worse', 'higher_is_better', 'neither']
/** Units that a person may choose for a column: all but the rank, which only an index has. */
export const COLUMN_UNITS = UNITS.filter((unit) => unit !== 'rank')

/** What a column becomes by the form; unknown choices fall back to the harmless one. */
export function readUse(fields: FormData, column: string): ColumnUse {
	const both = (name: string) => ({ en: text(fields, `${name}_en`).trim().slice(0, 300), es: text(fields, `${name}_es`).trim().slice(0, 300) })
	const [target, margin] = [text(fields, 'target'), text(fields, 'margin')]
	const parts = { numerator: text(fields, 'numerator'), universe: text(fields, 'universe') }
	const unit = COLUMN_UNITS.find((one) => one === text(fields, 'unit')) ?? 'percent'
	const decimals = Math.min(3, Math.max(0, Number.parseInt(text(fields, 'decimals'), 10) || 0))
	return {
		column, unit, decimals, ...(margin && { margin }), ...(kindOfUnit(unit) === 'share' && parts.numerator && parts.universe && { parts }),
		becomes: target === 'new'
			? { new: { name: both('name'), about: both('about'), universe: both('universe'), domain: DOMAINS.find((domain) => domain === text(fields, 'domain')) ?? DOMAINS[0], direction: DIRECTIONS.find((one) => one === text(fields, 'direction')) ?? 'neither' } }
			: { indicator: target },
	}
}

/** What the form shows first: what was chosen before, else what the names and values of the columns suggest. */
export function formOf(use: ColumnUse | undefined, facts: ReadColumn, columns: readonly string[]): Record<string, string> {
	const guess = recognizeColumns(columns).columns.find(({ estimate }) => estimate === facts.name)
	const chosen = use && 'new' in use.becomes ? use.becomes.new : undefined
	const empty: { name: { en: string; es: string }; about: { en: string; es: string }; universe: { en: string; es: string }; domain: Domain; direction: Direction } = {
		name: { en: '', es: '' }, about: { en: '', es: '' }, universe: { en: '', es: '' }, domain: DOMAINS[0], direction: 'neither',
	}
	const { name, about, universe, domain, direction } = chosen ?? empty
	return {
		margin: use ? (use.margin ?? '') : (guess?.margin ?? ''),
		numerator: use ? (use.parts?.numerator ?? '') : (guess?.numerator ?? ''),
		universe: use?.parts?.universe ?? '',
		unit: use?.unit ?? unitOf(guess, facts),
		decimals: String(use?.decimals ?? facts.decimals),
		target: use && 'indicator' in use.becomes ? use.becomes.indicator : 'new',
		name_en: name.en, name_es: name.es, about_en: about.en, about_es: about.es, universe_en: universe.en, universe_es: universe.es, domain, direction,
	}
}

function unitOf(guess: RecognizedColumn | undefined, { lowest, highest }: ReadColumn): Unit {
	if (guess?.kind === 'share') return 'percent'
	if (guess?.kind === 'count') return 'people'
	if (guess?.kind === 'amount') return 'dollars'
	return (lowest ?? 0) >= 0 && (highest ?? 0) <= 100 ? 'percent' : 'people'
}

