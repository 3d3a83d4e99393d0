import { requireFile, useFilePublicly } from '#files/server'
import { appendToLedger, linkRecords, newId, Refusal, type Reader, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import { readPastDay, readSource, readText } from '../accountability/read-given.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { listUptakable } from './find-uptake.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** What somebody gives who says that others took over what a body says. */
export interface GivenUptake {
	/** What was taken over, as `listUptakable` names it. */
	record: string
	/** Who took it over, in which document, and where in it. */
	adopter: string
	document: string
	part: string
	/** The words of the document. */
	quote: string
	/** As 2027-03-01. */
	adoptedOn: string
	source: string
	/** SHA-256 of the archived copy, in hexadecimal. */
	file: string
	/** The uptake that this one puts right; empty for none. */
	corrects?: string | undefined
}

/**
 * Records that somebody else took over a position, decision or statement of a body; it counts once a second person has confirmed it. Errors:
 * `uptake_person_unnamed`, `uptake_record_unknown`, `uptake_without_adopter`, `uptake_without_document`, `uptake_without_quote`,
 * `uptake_without_copy`, `uptake_not_found`, `uptake_corrected`, those of `readPastDay`, `readSource`, `requireFile`, `requireOpenBody`.
 */
export async function recordUptake(writer: CoalitionWriter, actor: Actor, body: string, given: GivenUptake, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'record_uptake', now)
	const person = requirePerson(actor)
	const corrects = given.corrects?.trim() || null
	if (corrects) await holdUncorrected(writer, corrects, body)
	if (!(await listUptakable(writer, body)).some(({ record }) => record === given.record)) throw new Refusal('uptake_record_unknown')
	if (!given.file.trim()) throw new Refusal('uptake_without_copy')
	const id = newId('up')
	const row = {
		id, body, record: given.record, adopter: readText(given.adopter, new Refusal('uptake_without_adopter'), 200), document: readText(given.document, new Refusal('uptake_without_document'), 300), part: given.part.trim().slice(0, 200),
		quote: readText(given.quote, new Refusal('uptake_without_quote')), adopted_on: readPastDay(given.adoptedOn, now), source: readSource(given.source), source_file: await requireFile(writer, nameOf(actor), given.file),
		recorded_by: person, recorded_at: now, corrects,
	}
	await writer.insertInto('coalition.uptake').values(row).execute()
	// Whoever confirms it reads the copy first; what it is a copy of is public.
	await useFilePublicly(writer, row.source_file, `coalition:uptake/${id}`, now)
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'uptake.recorded', subject: `coalition:uptake/${id}`, payload: { body, record: row.record, sourceSha256: row.source_file.toString('hex') } })
	return id
}

function requirePerson({ person }: Actor): string {
	if (!person) throw new Refusal('uptake_person_unnamed')
	return person
}

/** Holds an uptake that no other one puts right, or only one that was refused. Errors: `uptake_not_found`, `uptake_corrected`. */
async function holdUncorrected(writer: CoalitionWriter, id: string, body?: string) {
	const found = await writer.selectFrom('coalition.uptake').select(['id', 'body', 'record', 'recorded_by', 'corrects']).where('id', '=', id).forUpdate().executeTakeFirst()
	if (!found || (body && found.body !== body)) throw new Refusal('uptake_not_found')
	if (await findCorrection(writer, id)) throw new Refusal('uptake_corrected')
	return found
}

/** The uptake that puts this one right and was not refused. */
const findCorrection = (reader: Reader<CoalitionTables>, id: string) =>
	reader.selectFrom('coalition.uptake').leftJoin('coalition.uptake_confirmation', 'uptake', 'id').select('id').where('corrects', '=', id).where((where) => where.or([where('agrees', 'is', null), where('agrees', '=', true)])).executeTakeFirst()

/**
 * A second person confirms what was recorded, or refuses it, once. Confirmed, it joins the thread of what was taken over. Errors:
 * `uptake_same_person`, `uptake_answered`, `uptake_without_note`, `uptake_not_found`, `uptake_corrected`, `uptake_person_unnamed`, those of `requireOpenBody`.
 */
export async function answerUptake(writer: CoalitionWriter, actor: Actor, id: string, given: { agrees: boolean; note: string }, now: Date): Promise<void> {
	const found = await holdUncorrected(writer, id)
	await requireOpenBody(writer, found.body, actor, 'confirm_uptake', now)
	const person = requirePerson(actor)
	if (person === found.recorded_by) throw new Refusal('uptake_same_person')
	const note = readText(given.note, new Refusal('uptake_without_note'), 2000)
	const written = await writer.insertInto('coalition.uptake_confirmation').values({ uptake: id, recorded_by: found.recorded_by, confirmed_by: person, agrees: given.agrees, note, at: now }).onConflict((conflict) => conflict.column('uptake').doNothing()).returning('uptake').executeTakeFirst()
	if (!written) throw new Refusal('uptake_answered')
	const record = `coalition:uptake/${id}`
	if (given.agrees) {
		await linkRecords(writer, { from: record, relation: 'takes up', to: found.record, at: now, by: nameOf(actor) })
		if (found.corrects) await linkRecords(writer, { from: record, relation: 'corrects', to: `coalition:uptake/${found.corrects}`, at: now, by: nameOf(actor) })
	}
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: given.agrees ? 'uptake.confirmed' : 'uptake.refused', subject: record, payload: null })
}
