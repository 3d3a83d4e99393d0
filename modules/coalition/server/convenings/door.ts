import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { MOST_IN_PARTY, type Support } from '../../convenings/convening.ts'
import { MOST_PAPER_LINES, nameKey, readPaperSheet, type PaperLine } from '../../convenings/paper-sheet.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import type { Answer, AttendanceMethod } from './convening-tables.ts'
import { recordOf, requireConvening, writeState } from './convenings.ts'
import { addGuestPerson, readCode } from './rsvps.ts'

/** A line of the list at the door: somebody who said they come, or who came without saying so. */
export interface DoorLine {
	rsvp: string | undefined
	person: string
	name: string
	partySize: number
	answer: Answer | undefined
	supports: Support[]
	attendance: { id: string; method: AttendanceMethod; at: Date; partySize: number } | undefined
	/** How they are reached and what they noted, for who may see guests. */
	contacts: string[]
	note: string
	details: string[]
}

const DOOR_OPENS_HOURS = 12

/** The list at the door by name, cancelled ones left out; `q` are words of names. Errors: those of `requireConvening`. */
export async function listDoor(reader: Reader<CoalitionTables>, actor: Actor, convening: string, { q = '', seesGuests }: { q?: string; seesGuests: boolean }, now: Date): Promise<DoorLine[]> {
	await requireConvening(reader, actor, convening, 'check_in', now)
	const [guests, came, asked] = await Promise.all([
		reader.selectFrom('coalition.rsvp').innerJoin('people.person', 'people.person.id', 'coalition.rsvp.person').select(['coalition.rsvp.id', 'person', 'name', 'party_size', 'answer', 'note']).where('convening', '=', convening).where('answer', '<>', 'cancelled').execute(),
		reader.selectFrom('coalition.attendance').innerJoin('people.person', 'people.person.id', 'coalition.attendance.person').select(['coalition.attendance.id', 'rsvp', 'person', 'name', 'party_size', 'method', 'at']).where('convening', '=', convening).where('undone_at', 'is', null).execute(),
		reader.selectFrom('coalition.support_request').innerJoin('coalition.rsvp', 'coalition.rsvp.id', 'coalition.support_request.rsvp').select(['rsvp', 'kind', 'detail']).where('convening', '=', convening).orderBy('kind').execute(),
	])
	const cameAs = new Map(came.map((row) => [row.person, { id: row.id, method: row.method, at: row.at, partySize: row.party_size }]))
	const known = new Set(guests.map(({ person }) => person))
	const reach = seesGuests ? await listContacts(reader, [...known, ...cameAs.keys()]) : new Map<string, string[]>()
	const lines: DoorLine[] = [
		...guests.map(({ id, person, name, party_size, answer, note }) => {
			const needs = asked.filter(({ rsvp }) => rsvp === id)
			return { rsvp: id, person, name, partySize: party_size, answer, supports: needs.map(({ kind }) => kind), attendance: cameAs.get(person), contacts: reach.get(person) ?? [], note: seesGuests ? note : '', details: seesGuests ? needs.flatMap(({ detail }) => detail || []) : [] }
		}),
		...came.filter(({ person }) => !known.has(person)).map(({ person, name, party_size }) => ({ rsvp: undefined, person, name, partySize: party_size, answer: undefined, supports: [], attendance: cameAs.get(person), contacts: reach.get(person) ?? [], note: '', details: [] })),
	]
	const words = nameKey(q).split(' ').filter(Boolean)
	return lines.filter(({ name }) => words.every((word) => nameKey(name).includes(word))).sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.person < b.person ? -1 : 1))
}

async function listContacts(reader: Reader<CoalitionTables>, people: string[]): Promise<Map<string, string[]>> {
	const found = new Map<string, string[]>()
	if (people.length === 0) return found
	const rows = await reader.selectFrom('people.contact_point').select(['person', 'value']).where('person', 'in', people).where('channel', 'in', ['email', 'phone', 'sms']).orderBy('made_at').execute()
	for (const { person, value } of rows) found.set(person!, [...(found.get(person!) ?? []), value])
	return found
}

/** The guest whose code a person at the door scanned; undefined where the code is of nobody who comes here. */
export async function findGuestByCode(reader: Reader<CoalitionTables>, actor: Actor, convening: string, code: string, now: Date): Promise<{ rsvp: string; name: string; partySize: number; answer: Answer; checkedIn: boolean } | undefined> {
	await requireConvening(reader, actor, convening, 'check_in', now)
	const row = await reader.selectFrom('coalition.rsvp').innerJoin('people.person', 'people.person.id', 'coalition.rsvp.person').leftJoin('coalition.attendance', (join) => join.onRef('coalition.attendance.person', '=', 'coalition.rsvp.person').onRef('coalition.attendance.convening', '=', 'coalition.rsvp.convening').on('undone_at', 'is', null))
		.select(['coalition.rsvp.id', 'name', 'coalition.rsvp.party_size', 'answer', 'coalition.attendance.id as attendance']).where('coalition.rsvp.convening', '=', convening).where('code', '=', readCode(code)).executeTakeFirst()
	return row && { rsvp: row.id, name: row.name, partySize: row.party_size, answer: row.answer, checkedIn: row.attendance !== null }
}

/** The convening for work at its door. Errors: `convening_door_closed` when it was called off or is more than 12 hours away, those of `requireConvening`. */
export async function requireDoor(writer: Writer<CoalitionTables>, actor: Actor, id: string, now: Date) {
	const convening = await requireConvening(writer, actor, id, 'check_in', now)
	if (convening.state === 'cancelled' || convening.starts_at.getTime() - now.getTime() > DOOR_OPENS_HOURS * 3_600_000) throw new Refusal('convening_door_closed', { hours: DOOR_OPENS_HOURS })
	return convening
}

/** Writes down that a guest came, once. `partySize` as they stand there, else as they said. Errors: `rsvp_not_found`, `rsvp_cancelled`, `rsvp_party_size`, those of `requireDoor`. */
export async function checkIn(writer: Writer<CoalitionTables>, actor: Actor, convening: string, rsvp: string, { method, partySize }: { method: 'qr' | 'desk' | 'paper'; partySize?: string }, now: Date): Promise<void> {
	await requireDoor(writer, actor, convening, now)
	const guest = await writer.selectFrom('coalition.rsvp').select(['person', 'party_size', 'answer']).where('id', '=', rsvp).where('convening', '=', convening).executeTakeFirst()
	if (!guest) throw new Refusal('rsvp_not_found')
	if (guest.answer === 'cancelled') throw new Refusal('rsvp_cancelled')
	await writeAttendance(writer, actor, { convening, rsvp, person: guest.person, party_size: readParty(partySize, guest.party_size), method }, now)
}

export function readParty(text: string | undefined, usual: number): number {
	const size = text?.trim() ? Number(text) : usual
	if (!Number.isInteger(size) || size < 1 || size > MOST_IN_PARTY) throw new Refusal('rsvp_party_size', { size: text!.slice(0, 20), most: MOST_IN_PARTY })
	return size
}

/** Writes that somebody came, once; false where it was written before. */
export async function writeAttendance(writer: Writer<CoalitionTables>, actor: Actor, row: { convening: string; rsvp: string | null; person: string; party_size: number; method: AttendanceMethod }, now: Date): Promise<boolean> {
	const written = await writer.insertInto('coalition.attendance').values({ id: newId('t'), ...row, at: now, by: nameOf(actor) }).onConflict((conflict) => conflict.columns(['convening', 'person']).where('undone_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
	return written !== undefined
}

/** Takes a check-in back; it stays in the table as undone. Errors: `attendance_not_found`, those of `requireConvening`. */
export async function undoCheckIn(writer: Writer<CoalitionTables>, actor: Actor, convening: string, attendance: string, now: Date): Promise<void> {
	await requireConvening(writer, actor, convening, 'check_in', now)
	const { numUpdatedRows } = await writer.updateTable('coalition.attendance').set({ undone_at: now }).where('id', '=', attendance).where('convening', '=', convening).where('undone_at', 'is', null).executeTakeFirst()
	if (!numUpdatedRows) throw new Refusal('attendance_not_found')
}

/** Somebody who came without saying so before. Errors: `person_without_name`, `contact_unreadable`, `rsvp_party_size`, those of `requireDoor`. */
export async function walkIn(writer: Writer<CoalitionTables>, actor: Actor, convening: string, given: { name: string; contact?: string; partySize?: string }, now: Date): Promise<void> {
	await requireDoor(writer, actor, convening, now)
	const person = await addGuestPerson(writer, given, now)
	await writeAttendance(writer, actor, { convening, rsvp: null, person, party_size: readParty(given.partySize, 1), method: 'walk_in' }, now)
}

/** A line of a typed-up sheet with those who may be the same person. */
export interface PaperPreview extends PaperLine {
	doubles: { person: string; rsvp: string | undefined; name: string; here: boolean; checkedIn: boolean }[]
}

/**
 * What a typed-up sheet would become: each line with guests of this convening of the same name, and people of the directory with the same
 * contact. Nothing is written. Errors: `paper_too_long`, `paper_empty`, those of `requireDoor`.
 */
export async function previewPaper(writer: Writer<CoalitionTables>, actor: Actor, convening: string, text: string, now: Date): Promise<PaperPreview[]> {
	await requireDoor(writer, actor, convening, now)
	const lines = readPaperSheet(text)
	if (lines.length === 0) throw new Refusal('paper_empty')
	if (lines.length > MOST_PAPER_LINES) throw new Refusal('paper_too_long', { count: lines.length, most: MOST_PAPER_LINES })
	const guests = await listDoor(writer, actor, convening, { seesGuests: false }, now)
	const contacts = [...new Set(lines.flatMap(({ contact }) => contact?.normalized ?? []))]
	const reached = contacts.length === 0 ? [] : await writer.selectFrom('people.contact_point').innerJoin('people.person', 'people.person.id', 'people.contact_point.person').select(['person', 'name', 'normalized']).where('normalized', 'in', contacts).execute()
	return lines.map((line) => {
		const here = guests.filter(({ person, name }) => nameKey(name) === nameKey(line.name) || reached.some((one) => one.person === person && one.normalized === line.contact?.normalized))
		const elsewhere = reached.filter(({ person, normalized }) => normalized === line.contact?.normalized && !here.some((one) => one.person === person))
		return {
			...line,
			doubles: [
				...here.map(({ person, rsvp, name, attendance }) => ({ person, rsvp, name, here: true, checkedIn: attendance !== undefined })),
				...elsewhere.map(({ person, name }) => ({ person: person!, rsvp: undefined, name, here: false, checkedIn: false })),
			].filter((one, n, all) => all.findIndex(({ person }) => person === one.person) === n),
		}
	})
}

/**
 * Writes the sheet down. `same` says for a line which of its doubles it is; every other line is somebody new. Lines without a name are
 * refused, contacts that cannot be read are left out. Returns how many were written. Errors: `paper_line_without_name`, those of `previewPaper`.
 */
export async function commitPaper(writer: Writer<CoalitionTables>, actor: Actor, convening: string, text: string, same: ReadonlyMap<number, string>, now: Date): Promise<number> {
	const lines = await previewPaper(writer, actor, convening, text, now)
	for (const { line, name, contact, doubles } of lines) {
		if (!name) throw new Refusal('paper_line_without_name', { line })
		const known = doubles.find(({ person }) => person === same.get(line))
		const person = known?.person ?? (await addGuestPerson(writer, { name, contact: contact?.value }, now))
		const size = known?.rsvp ? (await writer.selectFrom('coalition.rsvp').select('party_size').where('id', '=', known.rsvp).executeTakeFirstOrThrow()).party_size : 1
		await writeAttendance(writer, actor, { convening, rsvp: known?.rsvp ?? null, person, party_size: size, method: 'paper' }, now)
	}
	return lines.length
}

/** Writes the number of heads that somebody counted, perhaps a while ago (`at`); the first count says that the convening was held. Errors: `head_count_unreadable`, those of `requireDoor`. */
export async function countHeads(writer: Writer<CoalitionTables>, actor: Actor, convening: string, heads: string, now: Date, at: Date = now): Promise<void> {
	const { state, starts_at } = await requireDoor(writer, actor, convening, now)
	const count = Number(heads)
	if (!heads.trim() || !Number.isInteger(count) || count < 0 || count > 100_000) throw new Refusal('head_count_unreadable', { heads: heads.slice(0, 20) })
	await writer.insertInto('coalition.head_count').values({ convening, heads: count, at, by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'convening.heads_counted', subject: recordOf(convening), payload: { heads: count } })
	if (state === 'planned' && starts_at <= now) await writeState(writer, actor, convening, 'held', '', now)
}
