/** How the days of a series follow each other; the interface messages hold their names under `series_<rhythm>`. */
export const RHYTHMS = ['weekly', 'fortnightly', 'monthly_weekday', 'monthly_date'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/** Most dates of one series. */
export const MOST_IN_SERIES = 60

/** A series as a form gives it: a rhythm, and an end by a number of dates, by a last day (`2026-12-31`), or by both, whichever comes first. */
export interface GivenSeries {
	rhythm: string
	count: string
	until: string
}

export type SeriesFault = 'series_rhythm_unknown' | 'series_without_end' | 'series_count' | 'series_until' | 'series_single' | 'series_too_long'

/**
 * The days of a series that begins on a day (`2026-03-10`), that day first. "By weekday" keeps the weekday and its number in the month (the
 * second Tuesday); from a fifth one it is the last of the month. "By date" takes the last day of a month that is too short. Faults:
 * `series_too_long` past `MOST_IN_SERIES`, `series_single` where only the first day is left.
 */
export function daysOfSeries(first: string, { rhythm: named, count, until }: GivenSeries): { days: string[]; rhythm: Rhythm } | { fault: SeriesFault } {
	const rhythm = RHYTHMS.find((one) => one === named)
	if (!rhythm) return { fault: 'series_rhythm_unknown' }
	if (!count.trim() && !until.trim()) return { fault: 'series_without_end' }
	const most = count.trim() ? Number(count) : Infinity
	if (count.trim() && (!Number.isInteger(most) || most < 1)) return { fault: 'series_count' }
	const [start, last] = [readDay(first), until.trim() ? readDay(until.trim()) : undefined]
	if (!start || (until.trim() && !last)) return { fault: 'series_until' }
	const days: string[] = []
	for (let n = 0; n < most; n++) {
		const day = dayOf(start, rhythm, n)
		if (last && Temporal.PlainDate.compare(day, last) > 0) break
		if (n === MOST_IN_SERIES) return { fault: 'series_too_long' }
		days.push(day.toString())
	}
	return days.length < 2 ? { fault: 'series_single' } : { days, rhythm }
}

function readDay(text: string): Temporal.PlainDate | undefined {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
	try {
		return Temporal.PlainDate.from(text)
	} catch {
		return undefined
	}
}

/** The n-th day of a series, 0 for the first. Months are counted from the first day, so a short month shortens no later one. */
function dayOf(start: Temporal.PlainDate, rhythm: Rhythm, n: number): Temporal.PlainDate {
	if (rhythm === 'weekly') return start.add({ weeks: n })
	if (rhythm === 'fortnightly') return start.add({ weeks: 2 * n })
	if (rhythm === 'monthly_date') return start.add({ months: n }, { overflow: 'constrain' })
	const month = start.with({ day: 1 }).add({ months: n })
	const weekday = month.add({ days: (start.dayOfWeek - month.dayOfWeek + 7) % 7 })
	const number = Math.ceil(start.day / 7)
	if (number < 5) return weekday.add({ weeks: number - 1 })
	const fifth = weekday.add({ weeks: 4 })
	return fifth.month === month.month ? fifth : weekday.add({ weeks: 3 })
}

/** The day that is as far from `day` as `to` is from `from`: how later dates go with one that moves. */
export function movedAlike(day: string, from: string, to: string): string {
	const days = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
	return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** Of a list by time the first date of each series, with the number of those that follow; what belongs to no series stands for itself. */
export function firstOfEach<T extends { series: string | undefined }>(lines: readonly T[]): (T & { more: number })[] {
	const counts = new Map<string, number>()
	for (const { series } of lines) if (series) counts.set(series, (counts.get(series) ?? 0) + 1)
	const seen = new Set<string>()
	return lines.flatMap((line) => {
		if (!line.series) return [{ ...line, more: 0 }]
		if (seen.has(line.series)) return []
		seen.add(line.series)
		return [{ ...line, more: counts.get(line.series)! - 1 }]
	})
}
