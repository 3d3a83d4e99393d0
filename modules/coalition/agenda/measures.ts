import { periodOf, type TrendPoint } from '#atlas'
import { forecastLine } from '@throughline/stats'

/** What a programme can say of itself; the number of a whole population is none of these (results-based accountability keeps the two apart). */
export const MEASURE_KINDS = ['how_much', 'how_well', 'better_off'] as const
export type MeasureKind = (typeof MEASURE_KINDS)[number]

/** Years beyond the newest number up to which a line is carried on. */
export const FORECAST_YEARS = 10

export interface Forecast extends TrendPoint {
	year: number
	/** Whether the target lies on the better side of the forecast beyond its margin, on the worse one, or within; undefined without a target. */
	against: 'misses' | 'reaches' | 'within_margins' | undefined
}

/**
 * Where the number of a goal is heading by a year if everything goes on as it did. A vintage stands for its last year. Undefined where fewer
 * than two vintages are known, and beyond `FORECAST_YEARS`.
 */
export function forecastOf(history: readonly TrendPoint[], year: number, goal: { target: number | undefined; baseline: number | undefined }): Forecast | undefined {
	const points = history.flatMap(({ vintage, estimate, margin }) => {
		const last = periodOf(vintage)?.[1]
		return last === undefined || Number.isNaN(estimate) ? [] : [{ year: last, estimate, moe: margin }]
	})
	const newest = Math.max(...points.map((point) => point.year))
	if (points.length === 0 || year <= newest || year > newest + FORECAST_YEARS) return undefined
	const line = forecastLine(points, year)
	if (!line) return undefined
	return { vintage: String(year), year, estimate: line.estimate, margin: line.moe, against: compareWithTarget(line, goal) }
}

function compareWithTarget({ estimate, moe }: { estimate: number; moe: number }, { target, baseline }: { target: number | undefined; baseline: number | undefined }): Forecast['against'] {
	if (target === undefined || baseline === undefined || target === baseline) return undefined
	const short = target > baseline ? target - estimate : estimate - target
	const margin = Number.isNaN(moe) ? 0 : moe
	return short > margin ? 'misses' : short < -margin ? 'reaches' : 'within_margins'
}
