import { appendToLedger, newId, Refusal, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { appendEvent, getCommitmentRef } from './findings.ts'
import { readText } from './read-given.ts'

/** Anybody reports that something is wrong; name and contact may be left out. Errors: `commitment_not_found`, `correction_without_text`. */
export async function reportMistake(writer: Writer<CoalitionTables>, commitment: string, given: { text: string; name: string; contact: string }, now: Date): Promise<string> {
	await getCommitmentRef(writer, commitment)
	const id = newId('cr')
	await writer.insertInto('coalition.correction_request').values({ id, commitment, text: readText(given.text, new Refusal('correction_without_text')), name: given.name.trim().slice(0, 120), contact: given.contact.trim().slice(0, 200), made_at: now }).execute()
	await appendToLedger(writer, { at: now, actor: 'visitor', kind: 'correction.asked', subject: `coalition:commitment/${commitment}`, payload: { request: id } })
	return id
}

/** Answers such a report; where something was changed, the answer joins the history as a correction. Errors: `correction_not_found`, `correction_answered`, `correction_without_answer`, those of `requireOpenBody`. */
export async function answerCorrection(writer: Writer<CoalitionTables>, actor: Actor, request: string, given: { answer: string; changed: boolean }, now: Date): Promise<string> {
	const found = await writer.selectFrom('coalition.correction_request').innerJoin('coalition.commitment', 'coalition.commitment.id', 'commitment').select(['body', 'commitment']).where('coalition.correction_request.id', '=', request).executeTakeFirst()
	if (!found) throw new Refusal('correction_not_found')
	await requireOpenBody(writer, found.body, actor, 'answer_correction', now)
	const answer = readText(given.answer, new Refusal('correction_without_answer'))
	const written = await writer.insertInto('coalition.correction_answer').values({ request, answer, changed: given.changed, at: now, by: nameOf(actor) }).onConflict((conflict) => conflict.column('request').doNothing()).returning('request').executeTakeFirst()
	if (!written) throw new Refusal('correction_answered')
	if (given.changed) await appendEvent(writer, actor, { commitment: found.commitment, kind: 'correction', value: '', text: answer, source: '', source_file: null, on_day: now.toISOString().slice(0, 10) }, now)
	else await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'correction.answered', subject: `coalition:commitment/${found.commitment}`, payload: { request } })
	return found.commitment
}
