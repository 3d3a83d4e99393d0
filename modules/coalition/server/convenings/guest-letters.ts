import type { Reader } from '#database'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Answer } from './convening-tables.ts'

/** A letter that a guest may get: to whom, about which RSVP. */
export interface GuestLetter {
	recipient: string
	contactPoint: string
	person: string
	language: 'en' | 'es'
	code: string
	answer: Answer
	convening: { id: string; title: string; startsAt: Date; endsAt: Date; zone: string }
}

const LETTERS_A_DAY = 3

/** The letters about RSVPs to those who gave an e-mail address; at most three a day to one address, so that nobody is flooded by somebody else. */
export async function lettersAbout(reader: Reader<CoalitionTables>, rsvps: readonly string[], now: Date): Promise<GuestLetter[]> {
	if (rsvps.length === 0) return []
	const rows = await reader.selectFrom('coalition.rsvp').innerJoin('coalition.convening', 'coalition.convening.id', 'coalition.rsvp.convening').innerJoin('people.contact_point', 'people.contact_point.person', 'coalition.rsvp.person')
		.select(['value', 'people.contact_point.id as point', 'coalition.rsvp.person', 'language', 'code', 'answer', 'coalition.convening.id', 'title', 'starts_at', 'ends_at', 'zone'])
		.where('coalition.rsvp.id', 'in', [...rsvps]).where('channel', '=', 'email').orderBy('place_in_line').execute()
	if (rows.length === 0) return []
	const since = new Date(now.getTime() - 86_400_000)
	const sent = await reader.selectFrom('mail.letter').select(({ fn }) => ['recipient', fn.countAll<string>().as('count')]).where('kind', 'in', ['rsvp_coming', 'rsvp_waiting', 'rsvp_series']).where('made_at', '>', since).where('recipient', 'in', rows.map(({ value }) => value)).groupBy('recipient').execute()
	const counts = new Map(sent.map(({ recipient, count }) => [recipient, Number(count)]))
	return rows.filter(({ value }) => (counts.get(value) ?? 0) < LETTERS_A_DAY)
		.map(({ value, point, person, language, code, answer, id, title, starts_at, ends_at, zone }) => ({ recipient: value, contactPoint: point, person: person!, language, code, answer, convening: { id, title, startsAt: starts_at, endsAt: ends_at, zone } }))
}
