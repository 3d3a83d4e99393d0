import { newId, Refusal, type Reader, type Writer } from '#database'
import type { ConveningState } from '../../convenings/convening.ts'
import { MOST_IN_SERIES } from '../../convenings/series.ts'
import { getBodyRef, requireMay, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Answer } from './convening-tables.ts'
import { addGuest, cancelRsvp, checkParty, newCode, readCode, readFormKey, takeSeat, type GivenRsvp } from './rsvps.ts'

/** What one form for several dates became: a code for all of them, and one RSVP for each date. */
export interface SeriesReceipt {
	code: string
	rsvps: string[]
	/** Whether this form had been sent before. */
	repeated: boolean
}

/**
 * Says for several dates of a series that somebody comes: on each a seat or a place in its line, under the locks of all of them, or nothing at all.
 * Errors: `series_none_chosen`, `convening_not_open` when one of them is over, held or called off, those of `sayComing`.
 */
export async function sayComingToSeries(writer: Writer<CoalitionTables>, actor: Actor, series: string, given: GivenRsvp, chosen: readonly string[], now: Date): Promise<SeriesReceipt> {
	const found = await writer.selectFrom('coalition.convening_series').select('body').where('id', '=', series).executeTakeFirst()
	if (!found) throw new Refusal('convening_not_found')
	await requireMay(writer, await getBodyRef(writer, found.body), actor, 'see_inside', now)
	const wanted = [...new Set(chosen)].slice(0, MOST_IN_SERIES + 1)
	if (wanted.length === 0) throw new Refusal('series_none_chosen')
	// Always in one order: two who want the same dates never wait for each other.
	const dates = await writer.selectFrom('coalition.convening').select(['id', 'starts_at', 'ends_at']).where('series', '=', series).where('id', 'in', wanted).orderBy('id').forUpdate().execute()
	const formKey = readFormKey(given)
	const before = formKey ? await writer.selectFrom('coalition.series_rsvp').select(['id', 'code']).where('series', '=', series).where('form_key', '=', formKey).executeTakeFirst() : undefined
	if (before) return { code: before.code, rsvps: await idsOf(writer, before.id), repeated: true }
	const planned = await selectPlanned(writer, wanted)
	if (dates.length !== wanted.length || dates.some(({ id, ends_at }) => ends_at <= now || !planned.has(id))) throw new Refusal('convening_not_open')
	checkParty(given)
	const person = await addGuest(writer, actor, given, now)
	const held = { id: newId('q'), series, code: newCode(), form_key: formKey, made_at: now }
	await writer.insertInto('coalition.series_rsvp').values(held).execute()
	const rsvps: string[] = []
	for (const { id } of dates.toSorted((a, b) => a.starts_at.getTime() - b.starts_at.getTime())) rsvps.push((await takeSeat(writer, id, person, given, held.id, now)).id)
	return { code: held.code, rsvps, repeated: false }
}

async function selectPlanned(reader: Reader<CoalitionTables>, ids: readonly string[]): Promise<Set<string>> {
	const rows = await reader.selectFrom('coalition.convening_state').select(['convening', 'state']).distinctOn('convening').where('convening', 'in', [...ids]).orderBy('convening').orderBy('id', 'desc').execute()
	return new Set(rows.filter(({ state }) => state === 'planned').map(({ convening }) => convening))
}

async function idsOf(reader: Reader<CoalitionTables>, held: string): Promise<string[]> {
	return (await reader.selectFrom('coalition.rsvp').select('id').where('series_rsvp', '=', held).orderBy('place_in_line').execute()).map(({ id }) => id)
}

/** What the guest of a series' code may know and do: each of their dates with its own code. */
export interface OwnSeriesRsvp {
	name: string
	partySize: number
	hasEmail: boolean
	dates: { convening: string; code: string; answer: Answer; title: string; startsAt: Date; endsAt: Date; zone: string; place: string; state: ConveningState }[]
}

/** The RSVPs of a code for a series, by their dates; undefined where there is none. */
export async function findSeriesRsvp(reader: Reader<CoalitionTables>, series: string, code: string): Promise<OwnSeriesRsvp | undefined> {
	const rows = await reader.selectFrom('coalition.series_rsvp').innerJoin('coalition.rsvp', 'coalition.rsvp.series_rsvp', 'coalition.series_rsvp.id').innerJoin('coalition.convening', 'coalition.convening.id', 'coalition.rsvp.convening').innerJoin('people.person', 'people.person.id', 'coalition.rsvp.person')
		.select(({ exists, selectFrom }) => exists(selectFrom('people.contact_point').select('people.contact_point.id').whereRef('people.contact_point.person', '=', 'people.person.id').where('channel', '=', 'email')).as('hasEmail'))
		.innerJoinLateral((from) => from.selectFrom('coalition.convening_state').select('state').whereRef('convening', '=', 'coalition.convening.id').orderBy('coalition.convening_state.id', 'desc').limit(1).as('now'), (join) => join.onTrue())
		.select(['coalition.rsvp.convening', 'coalition.rsvp.code', 'answer', 'party_size', 'people.person.name', 'title', 'starts_at', 'ends_at', 'zone', 'place', 'state']).where('coalition.series_rsvp.series', '=', series).where('coalition.series_rsvp.code', '=', readCode(code)).orderBy('starts_at').execute()
	const [first] = rows
	return first && { name: first.name, partySize: first.party_size, hasEmail: Boolean(first.hasEmail), dates: rows.map(({ convening, code: own, answer, title, starts_at, ends_at, zone, place, state }) => ({ convening, code: own, answer, title, startsAt: starts_at, endsAt: ends_at, zone, place, state })) }
}

/** Gives back the seats of a code for one date, or for all that are not over. Returns the RSVPs that moved up. Errors: `rsvp_not_found`, those of `cancelRsvp`. */
export async function cancelSeriesRsvp(writer: Writer<CoalitionTables>, series: string, code: string, convening: string | undefined, now: Date): Promise<string[]> {
	const found = await findSeriesRsvp(writer, series, code)
	const meant = found?.dates.filter((date) => convening === undefined || date.convening === convening) ?? []
	if (meant.length === 0) throw new Refusal('rsvp_not_found')
	const coming = await writer.selectFrom('coalition.convening').select(['id', 'ends_at']).where('id', 'in', meant.map((date) => date.convening)).orderBy('id').forUpdate().execute()
	const movedUp: string[] = []
	for (const { id, ends_at } of coming) if (ends_at > now) movedUp.push(...(await cancelRsvp(writer, id, meant.find((date) => date.convening === id)!.code, now)))
	return movedUp
}
