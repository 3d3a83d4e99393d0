import { createHash } from 'node:crypto'
import { Refusal, type Reader, type Writer } from '#database'
import type { Support } from '../../convenings/convening.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { MarkOutcome } from './convening-tables.ts'
import { countHeads, listDoor, readParty, requireDoor, writeAttendance } from './door.ts'
import { addGuestPerson, readCode } from './rsvps.ts'

/** A guest as a telephone at the door keeps them: no contact, no note, and of the code only a hash by which a scanned one is found. */
export interface PhoneGuest {
	rsvp: string
	name: string
	partySize: number
	waits: boolean
	supports: Support[]
	there: boolean
	codeHash: string
}

/** The list at the door for a telephone that may lose its network. Errors: those of `requireConvening`. */
export async function listForPhone(reader: Reader<CoalitionTables>, actor: Actor, convening: string, now: Date): Promise<PhoneGuest[]> {
	const lines = await listDoor(reader, actor, convening, { seesGuests: false }, now)
	const codes = new Map((await reader.selectFrom('coalition.rsvp').select(['id', 'code']).where('convening', '=', convening).execute()).map(({ id, code }) => [id, code]))
	return lines.flatMap(({ rsvp, name, partySize, answer, supports, attendance }) => (rsvp ? [{ rsvp, name, partySize: attendance?.partySize ?? partySize, waits: answer === 'waiting', supports, there: attendance !== undefined, codeHash: hashOf(convening, codes.get(rsvp)!) }] : []))
}

/** SHA-256 of `<convening>:<code>` in hexadecimal; the telephone makes the same of a code that it reads. */
const hashOf = (convening: string, code: string): string => createHash('sha256').update(`${convening}:${code}`).digest('hex')

/** What a telephone noted at the door. `key` makes taking it twice the same as once; `at` is by the telephone's clock. */
export interface GivenMark {
	key: string
	kind: 'guest' | 'code' | 'walk_in' | 'heads'
	at: string
	rsvp?: string
	code?: string
	name?: string
	partySize?: string
	heads?: string
	/** Somebody came whose RSVP was cancelled: they count as one who came without saying so. */
	anyway?: boolean
}

export interface MarkAnswer {
	outcome: MarkOutcome
	/** When and how somebody else had checked them in, where the outcome is `there_already`. */
	before?: { at: Date; method: string }
}

/**
 * Takes one note from the door, once for each key: sending it again gives the same outcome and writes nothing. Errors: `mark_unreadable`, those of
 * `walkIn` and `countHeads`; a refused note is not taken and may be sent again.
 */
export async function takeMark(writer: Writer<CoalitionTables>, actor: Actor, convening: string, mark: GivenMark, now: Date): Promise<MarkAnswer> {
	const { starts_at } = await requireDoor(writer, actor, convening, now)
	const at = momentOf(mark, starts_at, now)
	if (!/^[0-9a-f-]{36}$/.test(mark.key)) throw new Refusal('mark_unreadable')
	// A second telephone or window that sends the same note waits here until the first one is done.
	const fresh = await writer.insertInto('coalition.door_mark').values({ key: mark.key, convening, outcome: null, taken_at: now, by: nameOf(actor) }).onConflict((conflict) => conflict.doNothing()).returning('key').executeTakeFirst()
	if (!fresh) {
		const known = await writer.selectFrom('coalition.door_mark').select('outcome').where('key', '=', mark.key).where('convening', '=', convening).executeTakeFirst()
		if (!known) throw new Refusal('mark_unreadable')
		return { outcome: known.outcome! }
	}
	const answer = await writeMark(writer, actor, convening, mark, at, now)
	await writer.updateTable('coalition.door_mark').set({ outcome: answer.outcome }).where('key', '=', mark.key).execute()
	return answer
}

const EARLIEST_HOURS = 12

/** The moment of a note: the telephone's, unless its clock is wrong by what cannot be. */
function momentOf({ at }: GivenMark, startsAt: Date, now: Date): Date {
	const given = new Date(at)
	return given <= now && given.getTime() >= startsAt.getTime() - EARLIEST_HOURS * 3_600_000 ? given : now
}

async function writeMark(writer: Writer<CoalitionTables>, actor: Actor, convening: string, mark: GivenMark, at: Date, now: Date): Promise<MarkAnswer> {
	if (mark.kind === 'walk_in') {
		const person = await addGuestPerson(writer, { name: mark.name ?? '' }, now)
		await writeAttendance(writer, actor, { convening, rsvp: null, person, party_size: readParty(mark.partySize, 1), method: 'walk_in' }, at)
		return { outcome: 'written' }
	}
	if (mark.kind === 'heads') {
		const newer = await writer.selectFrom('coalition.head_count').select('id').where('convening', '=', convening).where('at', '>', at).limit(1).executeTakeFirst()
		if (newer) return { outcome: 'newer_count' }
		await countHeads(writer, actor, convening, mark.heads ?? '', now, at)
		return { outcome: 'written' }
	}
	if (mark.kind !== 'guest' && mark.kind !== 'code') throw new Refusal('mark_unreadable')
	return checkInMarked(writer, actor, convening, mark, at)
}

async function checkInMarked(writer: Writer<CoalitionTables>, actor: Actor, convening: string, mark: GivenMark, at: Date): Promise<MarkAnswer> {
	const guest = await writer.selectFrom('coalition.rsvp').select(['id', 'person', 'party_size', 'answer']).where('convening', '=', convening)
		.$if(mark.kind === 'guest', (query) => query.where('id', '=', mark.rsvp ?? '')).$if(mark.kind === 'code', (query) => query.where('code', '=', readCode(mark.code ?? ''))).forUpdate().executeTakeFirst()
	if (!guest) return { outcome: 'not_found' }
	const cancelled = guest.answer === 'cancelled'
	const before = await writer.selectFrom('coalition.attendance').select(['at', 'method']).where('convening', '=', convening).where('person', '=', guest.person).where('undone_at', 'is', null).executeTakeFirst()
	if (before) return { outcome: 'there_already', before }
	if (cancelled && !mark.anyway) return { outcome: 'cancelled' }
	const method = cancelled ? 'walk_in' : mark.kind === 'code' ? 'qr' : 'desk'
	const written = await writeAttendance(writer, actor, { convening, rsvp: cancelled ? null : guest.id, person: guest.person, party_size: readParty(mark.partySize, guest.party_size), method }, at)
	return { outcome: written ? 'written' : 'there_already' }
}
