/** A change of the clocks of a zone: the local time before it, and the offsets and name that hold from then. */
interface Change {
	/** Local clock time at which it comes, by the clock that was valid until then. */
	local: Temporal.PlainDateTime
	from: string
	to: string
	name: string
	daylight: boolean
}

const YEARS_WATCHED = 4

/**
 * The VTIMEZONE of a zone (RFC 5545 section 3.6.5), right for moments between `first` and `last`: every change of its clocks from the year
 * before on. Where each year's changes fall on the same weekday of a month they stand as a yearly rule, else one by one.
 */
export function timeZoneLines(zone: string, first: Date, last: Date): string[] {
	const changes = listChanges(zone, first, last)
	const kinds = [true, false].map((daylight) => changes.filter((change) => change.daylight === daylight))
	const observances = kinds.flatMap((list) => (list.length === 0 ? [] : yearlyRule(list) ? [linesOf(list[0]!, yearlyRule(list))] : list.map((change) => linesOf(change))))
	return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...(observances.length > 0 ? observances.flat() : steadyLines(zone, first)), 'END:VTIMEZONE']
}

/** A zone that never changes its clocks in these years has one standard time. */
function steadyLines(zone: string, at: Date): string[] {
	const moment = zoned(at, zone)
	return ['BEGIN:STANDARD', 'DTSTART:19700101T000000', `TZOFFSETFROM:${offsetText(moment)}`, `TZOFFSETTO:${offsetText(moment)}`, `TZNAME:${shortName(moment)}`, 'END:STANDARD']
}

const zoned = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

function listChanges(zone: string, first: Date, last: Date): Change[] {
	const from = zoned(first, zone)
	const until = zoned(last, zone).add({ years: YEARS_WATCHED })
	const changes: Change[] = []
	let next = Temporal.ZonedDateTime.from({ timeZone: zone, year: from.year - 1, month: 1, day: 1 }).getTimeZoneTransition('next')
	while (next && Temporal.ZonedDateTime.compare(next, until) <= 0) {
		const before = next.subtract({ nanoseconds: 1 })
		const local = next.toInstant().toZonedDateTimeISO('UTC').toPlainDateTime().add({ nanoseconds: before.offsetNanoseconds })
		changes.push({ local, from: offsetText(before), to: offsetText(next), name: shortName(next), daylight: next.offsetNanoseconds > before.offsetNanoseconds })
		next = next.getTimeZoneTransition('next')
	}
	return changes
}

/** `-0500`; seconds only where a zone had them. */
function offsetText(moment: Temporal.ZonedDateTime): string {
	return moment.offset.replaceAll(':', '')
}

function shortName(moment: Temporal.ZonedDateTime): string {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone: moment.timeZoneId, timeZoneName: 'short' }).formatToParts(moment.epochMilliseconds)
	return parts.find(({ type }) => type === 'timeZoneName')!.value
}

/** `BYMONTH=3;BYDAY=2SU` where one change a year keeps to it, undefined where they do not. */
function yearlyRule(changes: readonly Change[]): string | undefined {
	const years = changes.map(({ local }) => local.year)
	if (changes.length < YEARS_WATCHED || years.some((year, n) => year !== years[0]! + n)) return undefined
	const [head] = changes
	if (changes.some(({ local, from, to, name }) => local.month !== head!.local.month || !local.toPlainTime().equals(head!.local) || from !== head!.from || to !== head!.to || name !== head!.name)) return undefined
	const nth = new Set(changes.map(({ local }) => `${Math.ceil(local.day / 7)}${DAYS[local.dayOfWeek]}`))
	const last = new Set(changes.map(({ local }) => (local.day + 7 > local.daysInMonth ? `-1${DAYS[local.dayOfWeek]}` : '')))
	const [day] = nth.size === 1 ? nth : last.size === 1 ? last : ['']
	return day ? `BYMONTH=${head!.local.month};BYDAY=${day}` : undefined
}

const DAYS = ['', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function linesOf({ local, from, to, name, daylight }: Change, rule?: string): string[] {
	const kind = daylight ? 'DAYLIGHT' : 'STANDARD'
	const start = local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')
	return [`BEGIN:${kind}`, `DTSTART:${start}`, ...(rule ? [`RRULE:FREQ=YEARLY;${rule}`] : []), `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, `TZNAME:${name}`, `END:${kind}`]
}
