import type { Selectable } from 'kysely'
import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { CONVENING_KINDS, MODES, PARTICIPATION_LEVELS, SUPPORTS } from '../../convenings/convening.ts'
import { givenTimeOf, readTime, type GivenTime } from '../../convenings/local-time.ts'
import { type BodyAction } from '../../permissions.ts'
import { getBodyRef, nameOf, requireMay, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { ConveningTables } from './convening-tables.ts'
import { offerNews } from '../topics.ts'
import { fillSeats } from './seats.ts'
import { tellGuests } from './tell-guests.ts'

/** A convening as a form gives it. */
export interface GivenConvening extends GivenTime {
	kind: string
	mode: string
	title: string
	about: string
	agenda: string
	place: string
	address: string
	addressShown: boolean
	onlineUrl: string
	/** Five digits, or empty. */
	county: string
	/** Number of seats, or empty for any number. */
	capacity: string
	supports: readonly string[]
	languages: string
	minors: boolean
	levelPromised: string
	/** Bodies that convene together with the first one. */
	hosts: readonly string[]
}

type Row = Selectable<ConveningTables['coalition.convening']>

/**
 * Plans a convening of a body. Returns its id. Errors: those of `readConvening`, `requireOpenBody` for the body and for every other host.
 */
export async function convene(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenConvening, now: Date): Promise<string> {
	const id = await addConvening(writer, actor, body, given, null, now)
	await offerNews(writer, [body, ...given.hosts], { kind: 'convening_planned', record: recordOf(id), title: given.title.trim(), address: `/convenings/${id}`, at: now })
	return id
}

/** Writes a convening down, as a date of a series or alone, and tells nobody. Errors: those of `convene`. */
export async function addConvening(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: GivenConvening, series: string | null, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'convene', now)
	const id = newId('g')
	await writer.insertInto('coalition.convening').values({ id, body, ...readConvening(given), made_at: now, made_by: nameOf(actor), changed_at: now, series }).execute()
	await writeHosts(writer, actor, { id, body }, given.hosts, now)
	await writeState(writer, actor, id, 'planned', '', now)
	await linkRecords(writer, { from: recordOf(id), relation: 'convened by', to: `coalition:body/${body}`, at: now, by: nameOf(actor) })
	return id
}

export const recordOf = (id: string): string => `coalition:convening/${id}`

async function writeHosts(writer: Writer<CoalitionTables>, actor: Actor, { id, body }: { id: string; body: string }, hosts: readonly string[], now: Date): Promise<void> {
	const named = [...new Set(hosts)].filter((host) => host !== body)
	const there = (await writer.selectFrom('coalition.convening_host').select('body').where('convening', '=', id).execute()).map((host) => host.body)
	for (const host of named.filter((one) => !there.includes(one))) await requireOpenBody(writer, host, actor, 'convene', now)
	await writer.deleteFrom('coalition.convening_host').where('convening', '=', id).execute()
	if (named.length > 0) await writer.insertInto('coalition.convening_host').values(named.map((host) => ({ convening: id, body: host }))).execute()
}

/** Writes what a convening has become, and the event of it. */
export async function writeState(writer: Writer<CoalitionTables>, actor: Actor, id: string, state: 'planned' | 'cancelled' | 'held', reason: string, now: Date): Promise<void> {
	await writer.insertInto('coalition.convening_state').values({ convening: id, state, reason, at: now, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: `convening.${state}`, subject: recordOf(id), payload: null })
}

/**
 * The columns of a form. Errors: `convening_kind_unknown`, `convening_without_title`, `convening_without_place`, `convening_without_link`,
 * `convening_link_unreadable`, `convening_county_unknown`, `convening_capacity`, `time_unreadable`, `time_zone_unknown`, `time_skipped`, `time_too_long`.
 */
function readConvening(given: GivenConvening): Omit<Row, 'id' | 'body' | 'made_at' | 'made_by' | 'changed_at' | 'sequence' | 'series'> {
	const [kind, mode, level] = [CONVENING_KINDS.find((one) => one === given.kind), MODES.find((one) => one === given.mode), PARTICIPATION_LEVELS.find((one) => one === given.levelPromised)]
	if (!kind || !mode || !level) throw new Refusal('convening_kind_unknown', { kind: `${given.kind} ${given.mode} ${given.levelPromised}`.slice(0, 80) })
	const title = given.title.trim().slice(0, 160)
	if (!title) throw new Refusal('convening_without_title')
	const time = readTime(given)
	if ('fault' in time) throw timeRefusal(time.fault, given)
	const place = given.place.trim().slice(0, 160)
	if (mode !== 'online' && !place) throw new Refusal('convening_without_place')
	return {
		kind, mode, title, about: given.about.trim(), agenda: given.agenda.trim(), starts_at: time.startsAt, ends_at: time.endsAt, zone: given.zone,
		place: mode === 'online' ? '' : place, address: mode === 'online' ? '' : given.address.trim().slice(0, 300), address_shown: given.addressShown, online_url: readLink(given, mode), county: readCounty(given.county), capacity: readCapacity(given.capacity),
		supports: SUPPORTS.filter((support) => given.supports.includes(support)), languages: given.languages.trim().slice(0, 160), minors: given.minors, level_promised: level,
	}
}

/** A convening as a form would give it, to be changed: the other way round of `readConvening`. */
export function givenOf(row: Row, hosts: readonly string[]): GivenConvening {
	const { kind, mode, title, about, agenda, place, address, languages, minors, supports, starts_at, ends_at, zone } = row
	return {
		...givenTimeOf(starts_at, ends_at, zone), kind, mode, title, about, agenda, place, address, languages, minors, supports, hosts, addressShown: row.address_shown, onlineUrl: row.online_url,
		county: row.county ?? '', capacity: row.capacity === null ? '' : String(row.capacity), levelPromised: row.level_promised,
	}
}

/** The refusal of a time that `readTime` could not read, with what was typed. */
export function timeRefusal(fault: string, { date, begins, ends, zone }: GivenTime): Refusal {
	const shown = { date: date.slice(0, 20), begins: begins.slice(0, 10), ends: ends.slice(0, 10), zone: zone.slice(0, 60) }
	if (fault === 'time_zone_unknown') return new Refusal('time_zone_unknown', { zone: shown.zone })
	if (fault === 'time_skipped') return new Refusal('time_skipped', shown)
	if (fault === 'time_too_long') return new Refusal('time_too_long', shown)
	return new Refusal('time_unreadable', shown)
}

function readLink({ onlineUrl }: GivenConvening, mode: string): string {
	const url = onlineUrl.trim().slice(0, 500)
	if (mode === 'in_person') return ''
	if (!url) throw new Refusal('convening_without_link')
	if (!/^https:\/\/[^\s/]+\.[^\s]+$/.test(url)) throw new Refusal('convening_link_unreadable', { url: url.slice(0, 120) })
	return url
}

function readCounty(text: string): string | null {
	if (!text) return null
	if (!/^\d{5}$/.test(text)) throw new Refusal('convening_county_unknown', { county: text.slice(0, 20) })
	return text
}

function readCapacity(text: string): number | null {
	if (!text.trim()) return null
	const seats = Number(text)
	if (!Number.isInteger(seats) || seats < 1 || seats > 100_000) throw new Refusal('convening_capacity', { capacity: text.slice(0, 20) })
	return seats
}

/** A convening's row with its state of today. Errors: `convening_not_found`. */
export async function getConveningRow(reader: Reader<CoalitionTables>, id: string) {
	const found = await reader.selectFrom('coalition.convening').selectAll().where('id', '=', id).executeTakeFirst()
	if (!found) throw new Refusal('convening_not_found')
	const { state } = await reader.selectFrom('coalition.convening_state').select('state').where('convening', '=', id).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
	return { ...found, state }
}

/** The convening for something that a body's table of permissions names. Errors: `convening_not_found`, those of `requireMay`. */
export async function requireConvening(reader: Reader<CoalitionTables>, actor: Actor, id: string, action: BodyAction, now: Date) {
	const convening = await getConveningRow(reader, id)
	await requireMay(reader, await getBodyRef(reader, convening.body), actor, action, now)
	return convening
}

/** Nobody else gives out seats of this convening until the transaction ends. */
export async function lockConvening(writer: Writer<CoalitionTables>, id: string): Promise<void> {
	await writer.selectFrom('coalition.convening').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
}

/**
 * Changes a planned convening; calendars take it over by its higher sequence, and more seats go to those who wait.
 * Errors: `convening_not_planned`, those of `convene`.
 */
export async function changeConvening(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: GivenConvening, now: Date): Promise<string[]> {
	const before = await requireConvening(writer, actor, id, 'convene', now)
	const { body, state, sequence } = before
	if (state !== 'planned') throw new Refusal('convening_not_planned')
	await requireOpenBody(writer, body, actor, 'convene', now)
	await lockConvening(writer, id)
	await writer.updateTable('coalition.convening').set({ ...readConvening(given), sequence: sequence + 1, changed_at: now }).where('id', '=', id).execute()
	await writeHosts(writer, actor, { id, body }, given.hosts, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'convening.changed', subject: recordOf(id), payload: { sequence: sequence + 1 } })
	await tellOfChange(writer, before, given.hosts, now)
	return fillSeats(writer, id, now)
}

/** Tells guests and followers when the time or the place is another; other words are no reason to write. */
async function tellOfChange(writer: Writer<CoalitionTables>, before: Row, hosts: readonly string[], now: Date): Promise<void> {
	const after = await getConveningRow(writer, before.id)
	const moved = (['starts_at', 'ends_at', 'place', 'address', 'online_url'] as const).some((name) => String(before[name]) !== String(after[name]))
	if (!moved) return
	await tellGuests(writer, 'convening_moved', after, '', now)
	await offerNews(writer, [after.body, ...hosts], { kind: 'convening_changed', record: `${recordOf(after.id)}#${after.sequence}`, title: after.title, address: `/convenings/${after.id}`, at: now })
}

/** Calls a planned convening off, with a reason that everybody reads. Errors: `convening_not_planned`, `convening_without_reason`, those of `requireMay`. */
export async function cancelConvening(writer: Writer<CoalitionTables>, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const { state, sequence } = await requireConvening(writer, actor, id, 'convene', now)
	if (state !== 'planned') throw new Refusal('convening_not_planned')
	if (!reason.trim()) throw new Refusal('convening_without_reason')
	await writer.updateTable('coalition.convening').set({ sequence: sequence + 1, changed_at: now }).where('id', '=', id).execute()
	await writeState(writer, actor, id, 'cancelled', reason.trim(), now)
	const after = await getConveningRow(writer, id)
	const hosts = await writer.selectFrom('coalition.convening_host').select('body').where('convening', '=', id).execute()
	await tellGuests(writer, 'convening_cancelled', after, reason.trim(), now)
	await offerNews(writer, [after.body, ...hosts.map(({ body }) => body)], { kind: 'convening_cancelled', record: recordOf(id), title: after.title, address: `/convenings/${id}`, at: now })
}
