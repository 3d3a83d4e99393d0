import { readSetting, type Reader, type Writer } from '#database'
import { findMailServer, queueLetters, type GivenLetter } from '#mail/server'
import { writeCalendar } from '../../convenings/calendar.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

interface Told {
	id: string
	title: string
	starts_at: Date
	ends_at: Date
	zone: string
	place: string
	address: string
	sequence: number
}

type GuestKind = 'convening_moved' | 'convening_cancelled' | 'convening_reminder'

/** When something is, by the clocks of its place, in a letter's language. */
export function whenInLetter({ starts_at, ends_at, zone }: Pick<Told, 'starts_at' | 'ends_at' | 'zone'>, language: 'en' | 'es'): string {
	return new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { timeZone: zone, weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).formatRange(starts_at, ends_at)
}

/** Guests with a seat or a place in the line who gave an e-mail address, each once. */
async function guestsOf(reader: Reader<CoalitionTables>, convening: string) {
	return reader.selectFrom('coalition.rsvp').innerJoin('people.contact_point', 'people.contact_point.person', 'coalition.rsvp.person')
		.select(['coalition.rsvp.id', 'coalition.rsvp.person', 'coalition.rsvp.language', 'code', 'answer', 'value', 'coalition.rsvp.made_at', 'people.contact_point.id as point']).distinctOn('coalition.rsvp.id')
		.where('convening', '=', convening).where('answer', '<>', 'cancelled').where('channel', '=', 'email').orderBy('coalition.rsvp.id').execute()
}

/**
 * Writes to the guests of a convening, each once for each state of it, with the calendar file that brings their calendar up to date: the same
 * UID and a higher SEQUENCE (RFC 5546). Without a known sender the file is one to take over by hand.
 */
export async function tellGuests(writer: Writer<CoalitionTables>, kind: GuestKind, convening: Told, reason: string, now: Date): Promise<void> {
	const guests = await guestsOf(writer, convening.id)
	const wanted = kind === 'convening_reminder' ? guests.filter(({ answer, made_at }) => answer === 'coming' && made_at.getTime() < convening.starts_at.getTime() - DAY) : guests
	if (wanted.length === 0) return
	const origin = (await readSetting<string>(writer, 'origin')) ?? ''
	const sender = (await findMailServer(writer))?.sender.replace(/^.*<|>$/g, '')
	const letters = wanted.map(({ id, person, language, code, value, point }): GivenLetter => {
		const url = `${origin}${language === 'es' ? '/es' : ''}/convenings/${convening.id}/rsvp/${code}`
		const cancelled = kind === 'convening_cancelled'
		const method = !sender ? 'PUBLISH' : cancelled ? 'CANCEL' : 'REQUEST'
		const entry = { id: convening.id, sequence: convening.sequence, changedAt: now, startsAt: convening.starts_at, endsAt: convening.ends_at, zone: convening.zone, title: convening.title, description: '', location: [convening.place, convening.address].filter(Boolean).join(', '), url, cancelled }
		const calendar = kind === 'convening_reminder' ? {} : { calendar: writeCalendar({ name: convening.title, method, entries: [sender ? { ...entry, organizer: sender, attendee: value } : entry] }), method }
		const once = kind === 'convening_reminder' ? `reminder:${id}` : `${kind}:${id}:${convening.sequence}`
		return { kind, language, recipient: value, contactPoint: point, person, purpose: 'event_logistics', once, until: convening.ends_at, parameters: { title: convening.title, when: whenInLetter(convening, language), url, reason, ...calendar } }
	})
	await queueLetters(writer, letters, now)
}

const DAY = 86_400_000

/** Reminds the guests of what begins within a day, each once for each RSVP; those who said so within the last day are not reminded. */
export async function remindGuests(writer: Writer<CoalitionTables>, now: Date): Promise<void> {
	const soon = await writer.selectFrom('coalition.convening').selectAll().where('starts_at', '>', now).where('starts_at', '<=', new Date(now.getTime() + DAY)).execute()
	for (const convening of soon) {
		const { state } = await writer.selectFrom('coalition.convening_state').select('state').where('convening', '=', convening.id).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
		if (state === 'planned') await tellGuests(writer, 'convening_reminder', convening, '', now)
	}
}
