import type { Unit, Verdict } from '#atlas'
import { formatMargin, formatNumber, formatShort } from '#lib/format.ts'
import { m } from '#lib/paraglide/messages.js'

const VERDICTS = { higher: m.explorer_verdict_higher, lower: m.explorer_verdict_lower, within_margins: m.explorer_verdict_within_margins, unknown: m.explorer_verdict_unknown, missing: m.map_no_data }

/** What may be said of a change, in a few words. */
export function verdictWord(verdict: Verdict | 'missing'): string {
	return VERDICTS[verdict]()
}

/** A change with its sign, in points where its values are percent: "+3.1", "−2.0", "+$1,200"; a dash where it is not known. */
export function signed(change: number | null, unit: Unit, decimals: number): string {
	if (change === null || Number.isNaN(change)) return '–'
	const size = Math.abs(change)
	const number = unit === 'dollars' ? formatShort(size, unit, decimals) : formatNumber(size, decimals)
	return `${Number(size.toFixed(decimals)) === 0 ? '' : change < 0 ? '−' : '+'}${number}`
}

/** A change with its sign and margin, as a map says it. */
export function changeWords(change: number | null, margin: number | null | undefined, unit: Unit, decimals: number): string {
	return `${signed(change, unit, decimals)} ${formatMargin(margin, decimals)}`.trim()
}
