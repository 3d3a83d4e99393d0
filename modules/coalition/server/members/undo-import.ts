import { sql } from 'kysely'
import { appendToLedger, Refusal, type Writer } from '#database'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'

/**
 * Takes a list back that was taken in: its memberships end, and people whom it brought and with whom nothing happened since are erased.
 * Returns how many were erased and how many stay in the directory. Errors: `members_list_not_found`, those of `requireOpenBody`.
 */
export async function undoMemberImport(writer: Writer<CoalitionTables>, actor: Actor, body: string, id: string, now: Date): Promise<{ erased: number; kept: number }> {
	await requireOpenBody(writer, body, actor, 'import_members', now)
	const found = await writer.updateTable('coalition.member_import').set({ undone_at: now }).where('id', '=', id).where('body', '=', body).where('taken_in_at', 'is not', null).where('undone_at', 'is', null).returning('id').executeTakeFirst()
	if (!found) throw new Refusal('members_list_not_found', {})
	const taken = await writer.selectFrom('coalition.imported_member').selectAll().where('import', '=', id).execute()
	const outcome = { erased: 0, kept: 0 }
	for (const { membership, person, person_made } of taken) outcome[(await takeBack(writer, membership, person_made ? person : undefined, now)) ? 'erased' : 'kept'] += 1
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'members.import_undone', subject: `coalition:member-import/${id}`, payload: { body, ...outcome } })
	return outcome
}

/** Whether the person could be erased: every row that hangs on them elsewhere forbids it. */
async function takeBack(writer: Writer<CoalitionTables>, membership: string, person: string | undefined, now: Date): Promise<boolean> {
	if (person && (await eraseUnused(writer, membership, person))) return true
	await writer.updateTable('coalition.membership').set({ left_at: now }).where('id', '=', membership).where('left_at', 'is', null).execute()
	return false
}

async function eraseUnused(writer: Writer<CoalitionTables>, membership: string, person: string): Promise<boolean> {
	await sql`savepoint erase_person`.execute(writer)
	try {
		await writer.deleteFrom('coalition.membership').where('id', '=', membership).execute()
		await writer.deleteFrom('people.person').where('id', '=', person).where('account', 'is', null).execute()
		await sql`release savepoint erase_person`.execute(writer)
		return true
	} catch (cause) {
		await sql`rollback to savepoint erase_person`.execute(writer)
		if ((cause as { code?: string }).code === '23503') return false
		throw cause
	}
}
