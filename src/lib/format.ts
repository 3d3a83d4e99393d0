import type { Unit } from '#atlas'
import { getLocale } from '#lib/paraglide/runtime.js'
import { m } from '#lib/paraglide/messages.js'

const SPACE = '\u00a0'
const SHARES: readonly Unit[] = ['percent', 'percent_of_land', 'percent_of_adults']

/** Formats by locale and decimals: making one takes a hundred times as long as using it. */
const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: string, decimals: number): Intl.NumberFormat {
	const key = `${locale} ${decimals}`
	let format = numberFormats.get(key)
	if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })))
	return format
}

/** Numbers as people in the United States write them, in either language. */
export function formatNumber(value: number, decimals = 0): string {
	return numberFormat(getLocale() === 'es' ? 'es-US' : 'en-US', decimals).format(value)
}

/** A value with its unit, e.g. "14.8 %", "$64,200", "77.2 years". Missing is a dash with words for screen readers left to the caller. */
export function formatValue(value: number | null | undefined, unit: Unit, decimals: number): string {
	if (value === null || value === undefined || Number.isNaN(value)) return '–'
	const number = formatNumber(value, decimals)
	if (unit === 'dollars') return `$${number}`
	if (unit === 'rank') return number
	if (SHARES.includes(unit)) return `${number}${SPACE}%`
	return `${number}${SPACE}${unitName(unit)}`
}

/** A value in a column whose row names the unit: percent and dollars keep their sign, other units are left out. */
export function formatShort(value: number | null | undefined, unit: Unit, decimals: number): string {
	if (value === null || value === undefined || Number.isNaN(value)) return '–'
	if (unit === 'dollars') return `$${formatNumber(value, decimals)}`
	return SHARES.includes(unit) ? `${formatNumber(value, decimals)}${SPACE}%` : formatNumber(value, decimals)
}

/** Whether a column of short values needs its unit named beside it. */
export function needsUnit(unit: Unit): boolean {
	return unit !== 'dollars' && !SHARES.includes(unit)
}

/** The margin alone, e.g. "± 3.1"; empty when none was published. */
export function formatMargin(margin: number | null | undefined, decimals: number): string {
	return margin === null || margin === undefined || Number.isNaN(margin) ? '' : `±${SPACE}${formatNumber(margin, decimals)}`
}

export function unitName(unit: Unit): string {
	return m[`unit_${unit}`]()
}

export function formatDate(date: Date): string {
	return date.toLocaleDateString(getLocale() === 'es' ? 'es-US' : 'en-US', { year: 'numeric', month: 'long', day: 'numeric' })
}

/** A day like 2027-03-01 as people write it. */
export const formatDay = (day: string): string => formatDate(new Date(`${day}T12:00:00`))
