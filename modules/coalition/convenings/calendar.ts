import { timeZoneLines } from './time-zone.ts'

/** A convening as a calendar needs it. `location` holds nothing that the calendar's readers may not know. */
export interface CalendarEntry {
	id: string
	sequence: number
	changedAt: Date
	startsAt: Date
	endsAt: Date
	zone: string
	title: string
	description: string
	location: string
	/** Page of the convening. */
	url: string
	cancelled: boolean
	/** Not sure yet, such as a place in a waiting list. */
	tentative?: boolean
	/** Addresses of an invitation by mail (RFC 5546): who invites, and who is invited. */
	organizer?: string
	attendee?: string
}

/**
 * An iCalendar object (RFC 5545) of convenings: the same UID for ever, a SEQUENCE that grows with each change, cancelled ones kept and
 * marked, local times with one VTIMEZONE for each zone, lines folded at 75 octets.
 */
export function writeCalendar({ name, entries, method = 'PUBLISH' }: { name: string; entries: readonly CalendarEntry[]; method?: 'PUBLISH' | 'REQUEST' | 'CANCEL' }): string {
	const zones = [...new Set(entries.map(({ zone }) => zone))].sort()
	const lines = [
		'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Throughline//Convenings//EN', 'CALSCALE:GREGORIAN', `METHOD:${method}`,
		`X-WR-CALNAME:${escape(name)}`, `NAME:${escape(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'X-PUBLISHED-TTL:PT6H',
		...zones.flatMap((zone) => {
			const own = entries.filter((entry) => entry.zone === zone)
			const [first, last] = [Math.min(...own.map(({ startsAt }) => startsAt.getTime())), Math.max(...own.map(({ endsAt }) => endsAt.getTime()))]
			return timeZoneLines(zone, new Date(first), new Date(last))
		}),
		...entries.flatMap(eventLines),
		'END:VCALENDAR',
	]
	return lines.map(fold).join('')
}

function eventLines(entry: CalendarEntry): string[] {
	return [
		'BEGIN:VEVENT',
		`UID:${uidOf(entry.id)}`,
		`DTSTAMP:${utc(entry.changedAt)}`,
		`LAST-MODIFIED:${utc(entry.changedAt)}`,
		`SEQUENCE:${entry.sequence}`,
		`DTSTART;TZID=${entry.zone}:${local(entry.startsAt, entry.zone)}`,
		`DTEND;TZID=${entry.zone}:${local(entry.endsAt, entry.zone)}`,
		`SUMMARY:${escape(entry.title)}`,
		...(entry.description ? [`DESCRIPTION:${escape(entry.description)}`] : []),
		...(entry.location ? [`LOCATION:${escape(entry.location)}`] : []),
		`URL:${entry.url}`,
		...(entry.organizer ? [`ORGANIZER:mailto:${entry.organizer}`] : []),
		...(entry.attendee ? [`ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${entry.attendee}`] : []),
		`STATUS:${entry.cancelled ? 'CANCELLED' : entry.tentative ? 'TENTATIVE' : 'CONFIRMED'}`,
		'END:VEVENT',
	]
}

/** What calendars know a convening by, wherever they got it. */
export const uidOf = (id: string): string => `${id}@throughline`

const utc = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, '')

function local(at: Date, zone: string): string {
	return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')
}

function escape(text: string): string {
	// Calendars take no control signs but the line feed.
	return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
}

const encoder = new TextEncoder()

/** Folds at 75 octets, never within a sign; ends the line. */
function fold(line: string): string {
	let folded = ''
	let octets = 0
	for (const sign of line) {
		const size = encoder.encode(sign).length
		if (octets + size > 75) {
			folded += '\r\n '
			octets = 1
		}
		folded += sign
		octets += size
	}
	return `${folded}\r\n`
}
