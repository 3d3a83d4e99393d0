export type TimeFault = 'time_unreadable' | 'time_zone_unknown' | 'time_skipped' | 'time_too_long'

/** The days, clock times and zone of a form as it gives them: `2026-11-01`, `18:00`, `20:00`, `America/New_York`. */
export interface GivenTime {
	date: string
	begins: string
	ends: string
	zone: string
}

const LONGEST_HOURS = 16

/**
 * The moments that a date and two clock times are in a zone; an end at or before the beginning is on the day after. A time that the clock
 * runs through twice is the first one. Faults: `time_skipped` where the clock jumps over it, `time_too_long` past 16 hours.
 */
export function readTime({ date, begins, ends, zone }: GivenTime): { startsAt: Date; endsAt: Date } | { fault: TimeFault } {
	if (!isZone(zone)) return { fault: 'time_zone_unknown' }
	try {
		const day = Temporal.PlainDate.from(date)
		const [from, to] = [Temporal.PlainTime.from(begins), Temporal.PlainTime.from(ends)]
		const endDay = Temporal.PlainTime.compare(to, from) <= 0 ? day.add({ days: 1 }) : day
		const [start, end] = [momentOf(day.toPlainDateTime(from), zone), momentOf(endDay.toPlainDateTime(to), zone)]
		if (!start || !end) return { fault: 'time_skipped' }
		if (end.getTime() - start.getTime() > LONGEST_HOURS * 3_600_000) return { fault: 'time_too_long' }
		return { startsAt: start, endsAt: end }
	} catch (cause) {
		if (cause instanceof RangeError) return { fault: 'time_unreadable' }
		throw cause
	}
}

/** The first moment at which a clock of the zone shows it; undefined where it jumps over it. */
function momentOf(local: Temporal.PlainDateTime, zone: string): Date | undefined {
	const moment = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
	return moment.toPlainDateTime().equals(local) ? new Date(moment.epochMilliseconds) : undefined
}

/** What a form shows of two moments: the other way round of `readTime`. */
export function givenTimeOf(startsAt: Date, endsAt: Date, zone: string): GivenTime {
	const [start, end] = [startsAt, endsAt].map((moment) => Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone)) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
	const clock = (moment: Temporal.ZonedDateTime) => moment.toPlainTime().toString({ smallestUnit: 'minute' })
	return { date: start.toPlainDate().toString(), begins: clock(start), ends: clock(end), zone }
}

/** Whether it is the IANA name of a zone; offsets such as `+05:00` are none, because clocks change. */
export function isZone(zone: string): boolean {
	if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(zone)) return false
	try {
		return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
	} catch {
		return false
	}
}
