import { COUNTS, shareOf, type Count, type CountKey, type HealthKey, type TieKind } from '#coalition'
import { formatNumber } from '#lib/format.ts'
import { m } from '#lib/paraglide/messages.js'

export const countName = (key: CountKey): string => m[`count_${key}`]()
/** How a count is counted, to follow its name. */
export const countDefinition = (key: CountKey): string => m[`count_${key}_is`]()
/** What is missing or out of date, in a few words, and what to do about it. */
export const healthName = (key: HealthKey): string => m[`health_${key}`]()
export const healthDo = (key: HealthKey): string => m[`health_${key}_do`]()

/** A year or a quarter as people say it: `2026-Q3` is "Jul–Sep 2026". */
export function periodName(period: string): string {
	const [year, quarter] = period.split('-Q') as [string, string?]
	return quarter ? m.capacity_quarter({ year, quarter: m[`capacity_q${quarter}` as 'capacity_q1']() }) : year
}

/** A count as a cell of a table says it: a share with how many of how many; a dash where there is nothing to count. */
export function countInWords(key: CountKey, count: Count): { main: string; beside: string } {
	const { value, of } = count
	if (value === undefined) return { main: '–', beside: '' }
	if (COUNTS[key].unit === 'days') return { main: m.capacity_days({ days: formatNumber(value, value % 1 === 0 ? 0 : 1) }), beside: '' }
	const share = shareOf(count)
	if (share === undefined) return { main: formatNumber(value), beside: '' }
	return { main: `${formatNumber(100 * share)}\u00a0%`, beside: m.capacity_of({ value: formatNumber(value), of: formatNumber(of!) }) }
}

/** What ties two organizations, and what that means. */
export const tieName = (kind: TieKind): string => m[`tie_${kind}`]()
export const tieAbout = (kind: TieKind): string => m[`tie_${kind}_is`]()
