import { appendToLedger, newId, Refusal, type Reader, type Writer } from '#database'
import { readContact } from '../../convenings/paper-sheet.ts'
import { nameOf, requireOpenBody, type Actor } from '../actor.ts'
import { dayOf } from '../../decisions/day.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { dayColumn } from './day-column.ts'
import { readSource } from './read-given.ts'

export interface OfficeContact {
	email: string
	telephone: string
	address: string
	source: string
	madeAt: Date
}

export interface OfficeToWrite {
	id: string
	post: string
	publicBody: { slug: string; name: string }
	/** Whoever holds it today. */
	holder: string | undefined
	contact: OfficeContact | undefined
	/** What bodies asked of it, newest first: what one may speak to. */
	asks: { id: string; text: string; sentOn: string }[]
}

/**
 * Records how an office is reached, by its own public page. Errors: `office_not_found`, `office_contact_empty`, `office_email_unreadable`,
 * `accountability_source_unreadable`, those of `requireOpenBody`.
 */
export async function recordOfficeContact(writer: Writer<CoalitionTables>, actor: Actor, office: string, given: { email: string; telephone: string; address: string; source: string }, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.office').innerJoin('coalition.public_body', 'coalition.public_body.id', 'public_body').select('kept_by').where('coalition.office.id', '=', office).executeTakeFirst()
	if (!found) throw new Refusal('office_not_found')
	await requireOpenBody(writer, found.kept_by, actor, 'set_offices', now)
	const [email, telephone, address] = [given.email.trim(), given.telephone.trim().slice(0, 60), given.address.trim().slice(0, 400)]
	if (!email && !telephone && !address) throw new Refusal('office_contact_empty')
	const read = email ? readContact(email) : undefined
	if (email && !(read && 'channel' in read && read.channel === 'email')) throw new Refusal('office_email_unreadable', { value: email.slice(0, 60) })
	await writer.insertInto('coalition.office_contact').values({ id: newId('oc'), office, email, telephone, address, source: readSource(given.source), made_at: now, made_by: nameOf(actor) }).execute()
	await appendToLedger(writer, { at: now, actor: nameOf(actor), kind: 'office.contact_recorded', subject: `coalition:office/${office}`, payload: null })
}

/** An office as somebody who writes to it needs it; undefined where there is none. */
export async function findOfficeToWrite(reader: Reader<CoalitionTables>, id: string, now: Date): Promise<OfficeToWrite | undefined> {
	const office = await reader.selectFrom('coalition.office').innerJoin('coalition.public_body', 'coalition.public_body.id', 'public_body').select(['post', 'slug', 'name']).where('coalition.office.id', '=', id).executeTakeFirst()
	if (!office) return undefined
	const today = dayOf(now)
	const [terms, contact, asks] = await Promise.all([
		reader.selectFrom('coalition.office_term').select(['holder', dayColumn('begins_on'), dayColumn('ends_on')]).where('office', '=', id).execute(),
		reader.selectFrom('coalition.office_contact').select(['email', 'telephone', 'address', 'source', 'made_at as madeAt']).where('office', '=', id).orderBy('made_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst(),
		reader.selectFrom('coalition.ask').select(['id', 'text', dayColumn('sent_on')]).where('office', '=', id).orderBy('coalition.ask.sent_on', 'desc').orderBy('id').limit(10).execute(),
	])
	return {
		id, post: office.post, publicBody: { slug: office.slug, name: office.name }, contact,
		holder: terms.find(({ begins_on, ends_on }) => begins_on <= today && today <= ends_on)?.holder,
		asks: asks.map((ask) => ({ id: ask.id, text: ask.text, sentOn: ask.sent_on })),
	}
}
