import type { AreaValue } from '#atlas'
import type { ProfileRow } from '#atlas/server'
import { shownIndicator } from '../shown-indicator.ts'

/** Digits after those that are shown: so many that rounding twice shows what rounding once would. */
const SPARE = 5

/** A row of a profile as a page needs it. */
export function shownRow({ series, indicator, ...row }: ProfileRow, showState: boolean) {
	const { vintage, decimals } = series
	const round = (number: number) => (Number.isFinite(number) ? Number(number.toFixed(decimals + SPARE)) : number)
	const shown = <Value extends AreaValue>(value: Value): Value => ({ ...value, estimate: round(value.estimate), moe: round(value.moe) })
	const region = shown(row.region)
	return { ...row, county: shown(row.county), region, state: showState ? shown(row.state) : region, indicator: shownIndicator(indicator), vintage, decimals }
}
