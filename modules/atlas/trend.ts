import { compare, type Verdict } from './comparison.ts'

/** A number of one vintage; the margin at 90 %, NaN where the source states none. */
export interface TrendPoint {
	vintage: string
	estimate: number
	margin: number
}

export interface Trend {
	/** The vintages with a value, oldest first. */
	points: TrendPoint[]
	/** The newest beside the oldest: `higher` when it rose beyond the margins. */
	verdict: Verdict
	/** Years that the oldest and the newest period share; 0 for periods apart or years that cannot be read. */
	sharedYears: number
	/** Years of the newest period; 1 for a single year. */
	periodYears: number
}

/** First and last year of a vintage such as `2016–2020` or `2019`; undefined for any other text. */
export function periodOf(vintage: string): [first: number, last: number] | undefined {
	const years = /^(\d{4})(?:\s*[–-]\s*(\d{4}))?$/.exec(vintage.trim())
	if (!years) return undefined
	const [first, last] = [Number(years[1]), Number(years[2] ?? years[1])]
	return first <= last ? [first, last] : undefined
}

/** Years that two vintages have in common. */
export function sharedYears(a: string, b: string): number {
	const [one, other] = [periodOf(a), periodOf(b)]
	if (!one || !other) return 0
	return Math.max(0, Math.min(one[1], other[1]) - Math.max(one[0], other[0]) + 1)
}

/**
 * How a number changed over the vintages of one geography, which come oldest first; undefined below two vintages with a value. Answers
 * that overlapping periods have in common would narrow the margin of the difference; this is left out, so the test is cautious.
 */
export function trendOf(vintages: readonly TrendPoint[]): Trend | undefined {
	const points = vintages.filter(({ estimate }) => !Number.isNaN(estimate))
	const [oldest, newest] = [points[0], points.at(-1)]
	if (!oldest || !newest || oldest === newest) return undefined
	const period = periodOf(newest.vintage)
	return {
		points,
		verdict: compare({ estimate: newest.estimate, moe: newest.margin }, { estimate: oldest.estimate, moe: oldest.margin }),
		sharedYears: sharedYears(oldest.vintage, newest.vintage),
		periodYears: period ? period[1] - period[0] + 1 : 1,
	}
}

export interface TrendDrawing {
	width: number
	height: number
	/** One for each point: its centre and the ends of its margin; `low` equals `high` without a margin. */
	marks: { x: number; y: number; low: number; high: number }[]
	/** The line through the points, an SVG path. */
	line: string
}

const EDGE = 8

/** A small drawing of a trend: years to the right where they can be read, else even steps; bars by `boundsAt`, NaN for none. */
export function drawTrend(points: readonly TrendPoint[], boundsAt: (point: TrendPoint) => readonly [number, number], width = 168, height = 60): TrendDrawing {
	const years = points.map(({ vintage }) => periodOf(vintage)?.[1])
	const steps = years.every((year) => year !== undefined) ? (years as number[]) : points.map((_, i) => i)
	const bounds = points.map((point) => boundsAt(point).map((bound) => (Number.isNaN(bound) ? point.estimate : bound)) as [number, number])
	const toX = scale(Math.min(...steps), Math.max(...steps), EDGE, width - EDGE)
	const toY = scale(Math.min(...bounds.map(([low]) => low)), Math.max(...bounds.map(([, high]) => high)), height - EDGE, EDGE)
	const marks = points.map(({ estimate }, i) => ({ x: toX(steps[i]!), y: toY(estimate), low: toY(bounds[i]![0]), high: toY(bounds[i]![1]) }))
	return { width, height, marks, line: `M${marks.map(({ x, y }) => `${x} ${y}`).join('L')}` }
}

/** Rounded to a tenth of a pixel; the middle where everything is equal. */
function scale(from: number, to: number, start: number, end: number): (value: number) => number {
	return (value) => Math.round(10 * (to > from ? start + ((value - from) / (to - from)) * (end - start) : (start + end) / 2)) / 10
}
