import type { Convening } from '#coalition/server'

const MODES = { in_person: 'Offline', online: 'Online', hybrid: 'Mixed' } as const

/** A schema.org Event for search engines: nothing that a visitor may not read, and the online address is our own page. */
export function eventJsonLd(convening: Convening, url: string, region: string): string {
	const { startsAt, endsAt, zone, mode, place, address, addressShown } = convening
	const there = { '@type': 'Place', name: place, address: { '@type': 'PostalAddress', ...(addressShown && address ? { streetAddress: address } : {}), addressRegion: region } }
	const online = { '@type': 'VirtualLocation', url }
	const event = {
		'@context': 'https://schema.org', '@type': 'Event', '@id': url, url, name: convening.title, description: convening.about || undefined,
		startDate: withOffset(startsAt, zone), endDate: withOffset(endsAt, zone),
		eventStatus: `https://schema.org/${convening.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
		eventAttendanceMode: `https://schema.org/${MODES[mode]}EventAttendanceMode`,
		location: mode === 'hybrid' ? [there, online] : mode === 'online' ? online : there,
		organizer: convening.hosts.map(({ name }) => ({ '@type': 'Organization', name })),
		maximumAttendeeCapacity: convening.capacity, isAccessibleForFree: true,
	}
	// No sign of the text may end the element that it stands in.
	return JSON.stringify(event).replaceAll('<', '\\u003c')
}

/** `2026-03-11T18:00:00-04:00`. */
function withOffset(at: Date, zone: string): string {
	return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' })
}
