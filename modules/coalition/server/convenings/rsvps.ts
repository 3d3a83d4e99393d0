import { newId, Refusal, type Reader, type Writer } from '#database'
import { addContact, addPerson } from '#people/server'
import { MOST_IN_PARTY, SUPPORTS, type Support } from '../../convenings/convening.ts'
import { readContact } from '../../convenings/paper-sheet.ts'
import { type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { lockConvening, requireConvening } from './convenings.ts'
import type { Answer } from './convening-tables.ts'
import { countTaken, fillSeats } from './seats.ts'

/** What somebody says who comes. Only the name is needed. */
export interface GivenRsvp {
	name: string
	/** An e-mail address or a telephone number, or empty. */
	contact?: string
	partySize?: string
	/** What they need, each with a word on it. */
	supports?: Partial<Record<Support, string>>
	note?: string
	language?: 'en' | 'es'
	/** Whether somebody in the party is under 18, and the guardian who agrees. */
	minor?: boolean
	guardian?: string
	guardianConsent?: boolean
	/** What one opening of the form carries: sending it twice is once. */
	formKey?: string
}

export interface RsvpReceipt {
	id: string
	code: string
	answer: Answer
	/** Whether this form had been sent before. */
	repeated: boolean
}

const CODE_SIGNS = 8

/**
 * Takes an RSVP under the lock of the convening: a seat for the whole party, or a place in the line behind everybody who waits.
 * Errors: `convening_not_open` when it is over, held or cancelled, `rsvp_party_size`, `rsvp_party_too_large`, `rsvp_guardian`, `person_without_name`, `contact_unreadable`, those of `requireMay`.
 */
export async function sayComing(writer: Writer<CoalitionTables>, actor: Actor, convening: string, given: GivenRsvp, now: Date): Promise<RsvpReceipt> {
	const found = await requireConvening(writer, actor, convening, 'see_inside', now)
	await lockConvening(writer, convening)
	const before = given.formKey ? await writer.selectFrom('coalition.rsvp').select(['id', 'code', 'answer']).where('convening', '=', convening).where('form_key', '=', given.formKey).executeTakeFirst() : undefined
	if (before) return { ...before, repeated: true }
	if (found.state !== 'planned' || found.ends_at <= now) throw new Refusal('convening_not_open')
	checkParty(given)
	return takeSeat(writer, convening, await addGuest(writer, actor, given, now), given, null, now)
}

/** Errors: `rsvp_party_size`, `rsvp_guardian`. */
export function checkParty(given: GivenRsvp): void {
	readPartySize(given.partySize)
	if (given.minor && (!given.guardian?.trim() || !given.guardianConsent)) throw new Refusal('rsvp_guardian')
}

/** A seat or a place in the line for a person, under the lock that the caller holds. `held`: the RSVP to a series that it belongs to. Errors: `rsvp_party_too_large`. */
export async function takeSeat(writer: Writer<CoalitionTables>, convening: string, person: string, given: GivenRsvp, held: string | null, now: Date): Promise<RsvpReceipt> {
	const partySize = readPartySize(given.partySize)
	// Read anew under the lock: a change of the number of seats may have come between.
	const { capacity } = await writer.selectFrom('coalition.convening').select('capacity').where('id', '=', convening).executeTakeFirstOrThrow()
	if (capacity !== null && partySize > capacity) throw new Refusal('rsvp_party_too_large', { size: partySize, capacity })
	const waits = await writer.selectFrom('coalition.rsvp').select('id').where('convening', '=', convening).where('answer', '=', 'waiting').$if(capacity !== null, (query) => query.where('party_size', '<=', capacity!)).limit(1).executeTakeFirst()
	const fits = !waits && (capacity === null || (await countTaken(writer, convening)) + partySize <= capacity)
	const [id, code] = [newId('v'), newCode()]
	const answer = fits ? 'coming' : 'waiting'
	await writer.insertInto('coalition.rsvp').values({
		id, convening, person, code, form_key: held ? null : readFormKey(given), party_size: partySize, answer, note: given.note?.trim().slice(0, 1000) ?? '', language: given.language ?? 'en',
		guardian: given.minor ? given.guardian!.trim().slice(0, 120) : '', guardian_consent_at: given.minor ? now : null, made_at: now, confirmed_at: null, moved_up_at: null, cancelled_at: null, series_rsvp: held,
	}).execute()
	const asked = SUPPORTS.flatMap((kind) => (given.supports?.[kind] === undefined ? [] : [{ rsvp: id, kind, detail: given.supports[kind].trim().slice(0, 300) }]))
	if (asked.length > 0) await writer.insertInto('coalition.support_request').values(asked).execute()
	return { id, code, answer, repeated: false }
}

/** A code that a guest keeps: short, without look-alike signs. */
export const newCode = (): string => newId('', CODE_SIGNS).slice(1)

/** What makes sending a form twice the same as once; null where a form has none. */
export const readFormKey = ({ formKey }: GivenRsvp): string | null => formKey?.slice(0, 60) || null

function readPartySize(text: string | undefined): number {
	const size = Number(text?.trim() || '1')
	if (!Number.isInteger(size) || size < 1 || size > MOST_IN_PARTY) throw new Refusal('rsvp_party_size', { size: text!.slice(0, 20), most: MOST_IN_PARTY })
	return size
}

/** The person who signs in is who they are; anybody else is written down as somebody new, subscribed to nothing. */
export async function addGuest(writer: Writer<CoalitionTables>, actor: Actor, given: GivenRsvp, now: Date): Promise<string> {
	const own = actor.person && (await writer.selectFrom('people.person').select('id').where('id', '=', actor.person).where('name', '=', given.name.trim()).executeTakeFirst())
	return own ? own.id : addGuestPerson(writer, given, now)
}

/** Writes a guest down with a name and perhaps one contact. Errors: `person_without_name`, `contact_unreadable`. */
export async function addGuestPerson(writer: Writer<CoalitionTables>, given: { name: string; contact?: string; language?: 'en' | 'es' }, now: Date): Promise<string> {
	const contact = readContact(given.contact ?? '')
	if (contact && 'fault' in contact) throw new Refusal('contact_unreadable', { value: contact.fault })
	const person = await addPerson(writer, { name: given.name, language: given.language ?? 'en' }, now)
	if (contact) await addContact(writer, { person }, contact.channel, contact.value, now)
	return person
}

/** What the guest of a code may know and do, whoever asks. */
export interface OwnRsvp {
	id: string
	name: string
	answer: Answer
	partySize: number
	madeAt: Date
	confirmedAt: Date | undefined
	movedUpAt: Date | undefined
	/** Parties before this one in the line, where it waits. */
	ahead: number
	supports: Support[]
	/** Whether they gave an e-mail address, to be told when a seat comes free. */
	hasEmail: boolean
}

/** The code as somebody typed it from paper. */
export const readCode = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The RSVP of a code; undefined where there is none. */
export async function findRsvp(reader: Reader<CoalitionTables>, convening: string, code: string): Promise<OwnRsvp | undefined> {
	const row = await reader.selectFrom('coalition.rsvp').innerJoin('people.person', 'people.person.id', 'coalition.rsvp.person')
		.select(({ exists, selectFrom }) => exists(selectFrom('people.contact_point').select('people.contact_point.id').whereRef('people.contact_point.person', '=', 'people.person.id').where('channel', '=', 'email')).as('hasEmail'))
		.select(['coalition.rsvp.id', 'people.person.name', 'answer', 'party_size', 'coalition.rsvp.made_at', 'confirmed_at', 'moved_up_at', 'place_in_line']).where('convening', '=', convening).where('code', '=', readCode(code)).executeTakeFirst()
	if (!row) return undefined
	const [before, supports] = await Promise.all([
		reader.selectFrom('coalition.rsvp').select(({ fn }) => fn.countAll<string>().as('ahead')).where('convening', '=', convening).where('answer', '=', 'waiting').where('place_in_line', '<', row.place_in_line).executeTakeFirstOrThrow(),
		reader.selectFrom('coalition.support_request').select('kind').where('rsvp', '=', row.id).orderBy('kind').execute(),
	])
	return { id: row.id, name: row.name, answer: row.answer, partySize: row.party_size, madeAt: row.made_at, confirmedAt: row.confirmed_at ?? undefined, movedUpAt: row.moved_up_at ?? undefined, ahead: Number(before.ahead), supports: supports.map(({ kind }) => kind), hasEmail: Boolean(row.hasEmail) }
}

/** Says once more that they come. Errors: `rsvp_not_found`, `rsvp_cancelled`. */
export async function confirmRsvp(writer: Writer<CoalitionTables>, convening: string, code: string, now: Date): Promise<void> {
	const found = await findRsvp(writer, convening, code)
	if (!found) throw new Refusal('rsvp_not_found')
	if (found.answer === 'cancelled') throw new Refusal('rsvp_cancelled')
	await writer.updateTable('coalition.rsvp').set({ confirmed_at: now }).where('id', '=', found.id).where('confirmed_at', 'is', null).execute()
}

/** Gives a seat or a place in the line back; returns the RSVPs that moved up by it. Cancelling twice is once. Errors: `rsvp_not_found`, `rsvp_checked_in`. */
export async function cancelRsvp(writer: Writer<CoalitionTables>, convening: string, code: string, now: Date): Promise<string[]> {
	await lockConvening(writer, convening)
	const found = await findRsvp(writer, convening, code)
	if (!found) throw new Refusal('rsvp_not_found')
	if (found.answer === 'cancelled') return []
	return giveBack(writer, convening, found.id, now)
}

/** Takes an RSVP back for a guest who asked by telephone or at the desk. Errors: `rsvp_not_found`, those of `cancelRsvp` and `requireMay`. */
export async function cancelForGuest(writer: Writer<CoalitionTables>, actor: Actor, convening: string, rsvp: string, now: Date): Promise<string[]> {
	await requireConvening(writer, actor, convening, 'see_guests', now)
	await lockConvening(writer, convening)
	const found = await writer.selectFrom('coalition.rsvp').select('answer').where('id', '=', rsvp).where('convening', '=', convening).executeTakeFirst()
	if (!found) throw new Refusal('rsvp_not_found')
	return found.answer === 'cancelled' ? [] : giveBack(writer, convening, rsvp, now)
}

async function giveBack(writer: Writer<CoalitionTables>, convening: string, rsvp: string, now: Date): Promise<string[]> {
	const came = await writer.selectFrom('coalition.attendance').select('id').where('rsvp', '=', rsvp).where('undone_at', 'is', null).executeTakeFirst()
	if (came) throw new Refusal('rsvp_checked_in')
	await writer.updateTable('coalition.rsvp').set({ answer: 'cancelled', cancelled_at: now }).where('id', '=', rsvp).execute()
	const { ends_at } = await writer.selectFrom('coalition.convening').select('ends_at').where('id', '=', convening).executeTakeFirstOrThrow()
	// After the end nobody is told that a seat came free.
	return ends_at > now ? fillSeats(writer, convening, now) : []
}
