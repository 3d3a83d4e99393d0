import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { readGeoid } from '../../campaigns/index.ts'
import { dayColumn } from '../accountability/day-column.ts'
import { nameOf, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { requirePlaces } from './campaign-places.ts'
import { readDayDone, recordOfCampaign, requireCampaign } from './campaigns.ts'

export interface CanvassNote {
	id: string
	geoid: string | undefined
	day: string
	doors: number
	contacts: number
	answers: number
	heard: string
	/** Whether the reader wrote it. */
	own: boolean
}
export interface CanvassTotals {
	notes: number
	doors: number
	contacts: number
	answers: number
}

const DIGITS = /\d{3}[-.\s)]*\d{3}[-.\s]*\d{4}|\S+@\S+\.\S+/

/**
 * Writes what happened at doors on a day, in a tract or a coarser place, as counts and in words; never who lives there. Errors:
 * `note_count_unreadable`, `note_counts_turned`, `note_names_somebody` for an address or telephone number in the words, `campaign_places_unreadable`,
 * those of `readDayDone`, `requirePlaces` and `requireCampaign`.
 */
export async function writeCanvassNote(writer: Writer<CoalitionTables>, actor: Actor, id: string, given: { place: string; day: string; doors: string; contacts: string; answers: string; heard: string }, now: Date): Promise<string> {
	const campaign = await requireCampaign(writer, actor, id, 'write_canvass_note', now)
	const geoid = given.place.trim() ? readGeoid(given.place) : null
	if (geoid === undefined) throw new Refusal('campaign_places_unreadable', { places: given.place.trim().slice(0, 40) })
	if (geoid) await requirePlaces(writer, campaign, [geoid])
	const [doors, contacts, answers] = [given.doors, given.contacts, given.answers].map(readCount) as [number, number, number]
	if (contacts > doors || answers > contacts) throw new Refusal('note_counts_turned', { doors, contacts, answers })
	const heard = given.heard.trim().slice(0, 2000)
	if (DIGITS.test(heard)) throw new Refusal('note_names_somebody')
	const note = newId('cn')
	await writer.insertInto('coalition.canvass_note').values({ id: note, campaign: id, geoid, day: readDayDone(given.day, now), doors, contacts, answers, heard, at: now, by: writerOf(actor), struck_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.note_written', subject: recordOfCampaign(id), payload: { note } })
	return note
}

const writerOf = (actor: Actor): string => actor.person ?? nameOf(actor)

function readCount(text: string): number {
	const count = Number(text.trim() || '0')
	if (!/^\d*$/.test(text.trim()) || count > 100_000) throw new Refusal('note_count_unreadable', { count: text.trim().slice(0, 20) })
	return count
}

/** Strikes a note; only whoever wrote it may, or who runs the campaign. Errors: `note_not_found`, those of `requireCampaign`. */
export async function strikeNote(writer: Writer<CoalitionTables>, actor: Actor, campaign: string, note: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.canvass_note').select('by').where('id', '=', note).where('campaign', '=', campaign).where('struck_at', 'is', null).executeTakeFirst()
	await requireCampaign(writer, actor, campaign, found?.by === writerOf(actor) ? 'write_canvass_note' : 'run_campaign', now)
	if (!found) throw new Refusal('note_not_found')
	await writer.updateTable('coalition.canvass_note').set({ struck_at: now }).where('id', '=', note).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'campaign.note_struck', subject: recordOfCampaign(campaign), payload: { note } })
}

/** Notes of a campaign, newest day first, at most 200. */
export async function listNotes(reader: Reader<CoalitionTables>, actor: Actor, campaign: string): Promise<CanvassNote[]> {
	const rows = await reader.selectFrom('coalition.canvass_note').select(['id', 'geoid', dayColumn('day'), 'doors', 'contacts', 'answers', 'heard', 'by']).where('campaign', '=', campaign).where('struck_at', 'is', null).orderBy('coalition.canvass_note.day', 'desc').orderBy('at', 'desc').orderBy('id').limit(200).execute()
	return rows.map(({ geoid, by, ...note }) => ({ ...note, geoid: geoid ?? undefined, own: by === writerOf(actor) }))
}

/** What all notes of a campaign come to. */
export async function countCanvass(reader: Reader<CoalitionTables>, campaign: string): Promise<CanvassTotals> {
	const row = await reader.selectFrom('coalition.canvass_note').select(({ fn }) => [fn.countAll<number>().as('notes'), fn.sum<number | null>('doors').as('doors'), fn.sum<number | null>('contacts').as('contacts'), fn.sum<number | null>('answers').as('answers')]).where('campaign', '=', campaign).where('struck_at', 'is', null).executeTakeFirstOrThrow()
	return { notes: Number(row.notes), doors: Number(row.doors ?? 0), contacts: Number(row.contacts ?? 0), answers: Number(row.answers ?? 0) }
}
