/** Somebody's hours are told to everybody only in sums of so many people. */
export const FEWEST_VOLUNTEERS = 5

/** Most shifts that one form takes, and most weeks over which one is repeated. */
export const MOST_SHIFTS = 40
export const MOST_WEEKS = 26

export type SignUpState = 'seat' | 'waiting' | 'given_back'

export interface ShiftTime {
	startsAt: Date
	endsAt: Date
}

/** The first two of these times that overlap, by their beginning; one that ends when the other begins does not. */
export function findOverlap<Shift extends ShiftTime>(shifts: readonly Shift[]): [Shift, Shift] | undefined {
	const sorted = [...shifts].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.endsAt.getTime() - b.endsAt.getTime())
	for (const [n, one] of sorted.entries()) {
		const next = sorted[n + 1]
		if (next && next.startsAt < one.endsAt) return [one, next]
	}
	return undefined
}

export interface WorkedShift extends ShiftTime {
	/** Who did it; the same for one contact, however often they signed up. */
	who: string
}

export interface HoursOfYear {
	year: number
	hours: number
	people: number
}

/** Hours that people did, by the year in which their shift began on the clocks of the zone, newest first. */
export function sumHours(worked: readonly WorkedShift[], zone: string): HoursOfYear[] {
	const years = new Map<number, { minutes: number; people: Set<string> }>()
	for (const { who, startsAt, endsAt } of worked) {
		const { year } = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(zone)
		const sum = years.get(year) ?? { minutes: 0, people: new Set<string>() }
		sum.minutes += (endsAt.getTime() - startsAt.getTime()) / 60_000
		sum.people.add(who)
		years.set(year, sum)
	}
	return [...years].sort(([a], [b]) => b - a).map(([year, { minutes, people }]) => ({ year, hours: minutes / 60, people: people.size }))
}

/** What everybody may read of it: years in which enough people worked, in whole hours, without how many they were. */
export function publicHours(years: readonly HoursOfYear[]): { year: number; hours: number }[] {
	return years.filter(({ people }) => people >= FEWEST_VOLUNTEERS).map(({ year, hours }) => ({ year, hours: Math.round(hours) }))
}
