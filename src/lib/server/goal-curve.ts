import { findHistory } from '#atlas/server'
import type { AtlasTables } from '#atlas/server'
import { forecastOf } from '#coalition'
import type { GoalLine } from '#coalition/server'
import type { CoreTables, Reader } from '#database'

/** What the curve of a goal shows: its number in every vintage, where it is heading by the goal's day, and where it should be. Undefined without a cited number. */
export async function curveOf(reader: Reader<AtlasTables & CoreTables>, { cited, target, dueOn }: Pick<GoalLine, 'cited' | 'target' | 'dueOn'>) {
	const frozen = cited?.frozen
	if (!frozen || (frozen.kind !== 'number' && frozen.kind !== 'rank')) return undefined
	const history = (await findHistory(reader, frozen)).filter(({ estimate }) => !Number.isNaN(estimate))
	if (history.length === 0) return undefined
	const year = dueOn?.getUTCFullYear()
	return {
		indicator: frozen.indicator, decimals: frozen.indicator.decimals, history,
		forecast: year === undefined ? undefined : forecastOf(history, year, { target, baseline: frozen.estimate ?? undefined }),
		target: target === undefined || year === undefined ? undefined : { year, value: target },
	}
}
