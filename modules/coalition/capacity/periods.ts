/** A year or a quarter by the clock of UTC: its first day, and the day after its last. */
export interface Period {
	/** `2026` or `2026-Q3`. */
	key: string
	from: string
	until: string
}

export type PeriodKind = 'year' | 'quarter'
const MOST: Record<PeriodKind, number> = { year: 4, quarter: 5 }

/** The periods in which something has existed, the one that runs first; at most four years or five quarters. */
export function listPeriods(kind: PeriodKind, since: Date, now: Date): Period[] {
	const months = kind === 'year' ? 12 : 3
	const periods: Period[] = []
	for (let first = firstMonth(now, months); periods.length < MOST[kind] && dayAfter(first, months) > since.toISOString().slice(0, 10); first -= months) {
		const year = Math.floor(first / 12)
		periods.push({ key: kind === 'year' ? String(year) : `${year}-Q${1 + (first % 12) / 3}`, from: dayAfter(first, 0), until: dayAfter(first, months) })
	}
	return periods
}

/** Months since the year 0 of the month with which the period of a time begins. */
const firstMonth = (at: Date, months: number): number => {
	const month = 12 * at.getUTCFullYear() + at.getUTCMonth()
	return month - (month % months)
}

function dayAfter(first: number, months: number): string {
	const month = first + months
	return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String(1 + (month % 12)).padStart(2, '0')}-01`
}
