import { createHash } from 'node:crypto'
import { newId, Refusal, type Reader, type Writer } from '#database'
import { recordConsent } from '#people/server'
import { readContact } from '../../convenings/paper-sheet.ts'
import { requireOpenBody, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { addGuestPerson, readCode } from '../convenings/rsvps.ts'
import { topicOf } from '../topics.ts'
import { standingSignatures } from './count-signatures.ts'
import { getStatementRef, holdStatement, isPast } from './statements.ts'

type CoalitionWriter = Writer<CoalitionTables>

/** What somebody gives who signs. */
export interface GivenSignature {
	name: string
	/** An e-mail address or a telephone number. */
	contact: string
	zip: string
	/** Whether the name may be shown. */
	shown: boolean
	/** The version that was read. */
	version: string
	/** The words beside the box that was ticked; empty where it was not. */
	mailWording: string
	language: 'en' | 'es'
}

export interface SignatureReceipt {
	code: string
	confirmBy: 'letter' | 'screen'
	/** Where the letter goes, and what makes a second one of the same day none. */
	letter: { recipient: string; contactPoint: string; person: string; once: string; title: string } | undefined
}

const CODE_SIGNS = 12
const hashOf = (code: string) => createHash('sha256').update(`signature ${readCode(code)}`).digest()

/** Refuses to sign what is closed, past its deadline or changed since it was read. Errors: `statement_changed`, `statement_over`, `statement_not_found`, those of `requireOpenBody`. */
export async function requireSigning(writer: CoalitionWriter, actor: Actor, id: string, read: string, now: Date) {
	await holdStatement(writer, id, 'sign')
	const found = await getStatementRef(writer, id)
	await requireOpenBody(writer, found.body, actor, 'see_inside', now)
	if (found.closed || isPast(found.deadline, now)) throw new Refusal('statement_over')
	if (String(found.version) !== read.trim()) throw new Refusal('statement_changed')
	return found
}

/**
 * Signs the version that was read. It counts once it is confirmed: by the link of a letter where `mails`, else by the code on screen.
 * Errors: `statement_not_for_people`, `signature_without_contact`, `signature_zip_unreadable`, `signature_mail_needs_email`, `person_without_name`,
 * `contact_unreadable`, those of `requireSigning`.
 */
export async function signPetition(writer: CoalitionWriter, actor: Actor, id: string, given: GivenSignature, mails: boolean, now: Date): Promise<SignatureReceipt> {
	const { version, title, for_people } = await requireSigning(writer, actor, id, given.version, now)
	if (!for_people) throw new Refusal('statement_not_for_people')
	const contact = readContact(given.contact)
	if (!contact) throw new Refusal('signature_without_contact')
	if ('fault' in contact) throw new Refusal('contact_unreadable', { value: contact.fault })
	const zip = given.zip.trim()
	if (!/^(\d{5})?$/.test(zip)) throw new Refusal('signature_zip_unreadable', { value: zip.slice(0, 20) })
	if (given.mailWording && contact.channel !== 'email') throw new Refusal('signature_mail_needs_email')
	const person = await addGuestPerson(writer, given, now)
	const { id: contactPoint } = await writer.selectFrom('people.contact_point').select('id').where('person', '=', person).executeTakeFirstOrThrow()
	const code = newId('', CODE_SIGNS).slice(1)
	const confirmBy = mails && contact.channel === 'email' ? 'letter' : 'screen'
	await writer.insertInto('coalition.signature').values({
		id: newId('sg'), statement: id, version, person, contact_hash: createHash('sha256').update(`${id} ${version} ${contact.channel} ${contact.normalized}`).digest(), zip, shown: given.shown, confirm_by: confirmBy,
		code_hash: hashOf(code), mail_wording: given.mailWording.slice(0, 500), made_at: now, confirmed_at: null, withdrawn_at: null,
	}).execute()
	const once = `signature:${id}:${version}:${contact.normalized}:${now.toISOString().slice(0, 10)}`
	return { code, confirmBy, letter: confirmBy === 'letter' ? { recipient: contact.value, contactPoint, person, once, title } : undefined }
}

/** The signature of a code; undefined where there is none. */
export async function findSignature(reader: Reader<CoalitionTables>, statement: string, code: string) {
	const row = await reader.selectFrom('coalition.signature').innerJoin('people.person', 'people.person.id', 'person')
		.select(['coalition.signature.id', 'name', 'version', 'shown', 'zip', 'confirm_by', 'confirmed_at', 'withdrawn_at']).where('statement', '=', statement).where('code_hash', '=', hashOf(code)).executeTakeFirst()
	return row && { id: row.id, name: row.name, version: row.version, shown: row.shown, zip: row.zip, confirmBy: row.confirm_by, confirmedAt: row.confirmed_at ?? undefined, withdrawnAt: row.withdrawn_at ?? undefined }
}

/**
 * Confirms a signature. One contact counts once for each version, and a letter outweighs a screen. What was ticked about mail is kept in the
 * consent ledger only where a letter proved the address. Errors: `signature_not_found`, `signature_withdrawn`, `statement_over`.
 */
export async function confirmSignature(writer: CoalitionWriter, statement: string, code: string, now: Date): Promise<void> {
	await holdStatement(writer, statement, 'change')
	const found = await writer.selectFrom('coalition.signature').selectAll().where('statement', '=', statement).where('code_hash', '=', hashOf(code)).executeTakeFirst()
	if (!found) throw new Refusal('signature_not_found')
	if (found.withdrawn_at) throw new Refusal('signature_withdrawn')
	if (found.confirmed_at) return
	const { closed, deadline, body } = await getStatementRef(writer, statement)
	if (closed || isPast(deadline, now)) throw new Refusal('statement_over')
	const other = await standingSignatures(writer, statement, found.version).select(['id', 'confirm_by']).where('contact_hash', '=', found.contact_hash).executeTakeFirst()
	const wins = !other || (other.confirm_by === 'screen' && found.confirm_by === 'letter')
	if (other && wins) await writer.updateTable('coalition.signature').set({ counts: false }).where('id', '=', other.id).execute()
	await writer.updateTable('coalition.signature').set({ confirmed_at: now, counts: wins }).where('id', '=', found.id).execute()
	if (found.mail_wording && found.confirm_by === 'letter') {
		const { id: contactPoint } = await writer.selectFrom('people.contact_point').select('id').where('person', '=', found.person).where('channel', '=', 'email').executeTakeFirstOrThrow()
		await recordConsent(writer, { contactPoint, purpose: topicOf(body), act: 'grant', wording: found.mail_wording, source: 'petition', by: found.person }, now)
	}
}

/** Takes a signature back; twice is once. Errors: `signature_not_found`. */
export async function withdrawSignature(writer: CoalitionWriter, statement: string, code: string, now: Date): Promise<void> {
	const found = await writer.selectFrom('coalition.signature').select('id').where('statement', '=', statement).where('code_hash', '=', hashOf(code)).executeTakeFirst()
	if (!found) throw new Refusal('signature_not_found')
	await writer.updateTable('coalition.signature').set({ withdrawn_at: now }).where('id', '=', found.id).where('withdrawn_at', 'is', null).execute()
}

/** Shows a name that was confirmed on screen, or hides any. Errors: `signature_not_found`, those of `requireOpenBody`. */
export async function settleName(writer: CoalitionWriter, actor: Actor, statement: string, signature: string, shown: boolean, now: Date): Promise<void> {
	const { body } = await getStatementRef(writer, statement)
	await requireOpenBody(writer, body, actor, 'verify_signature', now)
	const done = await writer.updateTable('coalition.signature').set({ name_state: shown ? 'shown' : 'hidden' }).where('id', '=', signature).where('statement', '=', statement).where('shown', '=', true).returning('id').executeTakeFirst()
	if (!done) throw new Refusal('signature_not_found')
}
