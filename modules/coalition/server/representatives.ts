import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { currentMemberships, nameOf, requireOpenBody, type Actor } from './actor.ts'
import type { CoalitionTables } from './coalition-tables.ts'

/**
 * Says who speaks for a member organization in a body: one primary, any number of alternates; a new primary takes the place of the one before.
 * Errors: `representation_needs_member`, `representation_role_unknown`, those of `requireOpenBody`.
 */
export async function nameRepresentative(writer: Writer<CoalitionTables>, actor: Actor, body: string, given: { organization: string; person: string; role: string; mandate: string }, now: Date): Promise<string> {
	await requireOpenBody(writer, body, actor, 'add_member', now)
	const { organization, person, role } = given
	if (role !== 'primary' && role !== 'alternate') throw new Refusal('representation_role_unknown', {})
	const members = await currentMemberships(writer, now).select(['person', 'organization']).where('body', '=', body).where((where) => where.or([where('person', '=', person), where('organization', '=', organization)])).execute()
	if (!members.some((one) => one.person === person) || !members.some((one) => one.organization === organization)) throw new Refusal('representation_needs_member', {})
	const open = writer.updateTable('coalition.representation').set({ ended_at: now }).where('body', '=', body).where('organization', '=', organization).where('ended_at', 'is', null)
	await open.where((where) => where.or([where('person', '=', person), ...(role === 'primary' ? [where('role', '=', 'primary')] : [])])).execute()
	const id = newId('s')
	await writer.insertInto('coalition.representation').values({ id, body, organization, person, role, mandate: given.mandate.trim().slice(0, 400), began_at: now, ended_at: null }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'representative.named', subject: `coalition:representation/${id}`, payload: { body, organization, role } })
	return id
}

/** Who speaks for the organizations of a body today. */
export async function listRepresentatives(reader: Reader<CoalitionTables>, body: string): Promise<{ organization: string; name: string; role: 'primary' | 'alternate' }[]> {
	return reader.selectFrom('coalition.representation').innerJoin('people.person', 'people.person.id', 'coalition.representation.person')
		.select(['organization', 'people.person.name', 'role']).where('body', '=', body).where('ended_at', 'is', null).orderBy('role', 'desc').orderBy('people.person.name').execute()
}
