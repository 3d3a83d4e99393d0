import { newId, Refusal, type Reader, type Writer } from '#database'
import { normalizeContact, type Channel } from '../../directory.ts'
import type { PeopleTables } from '../people-tables.ts'

export interface GivenPerson {
	name: string
	pronouns?: string
	language?: 'en' | 'es'
	email?: string
	phone?: string
}

/** The person behind an account; undefined for somebody who never did anything as a person. */
export async function findPersonOfAccount(reader: Reader<PeopleTables>, account: string): Promise<string | undefined> {
	return (await reader.selectFrom('people.person').select('id').where('account', '=', account).executeTakeFirst())?.id
}

/** Whether there is such a person, deleted ones not counted. */
export async function isPerson(reader: Reader<PeopleTables>, id: string): Promise<boolean> {
	return (await reader.selectFrom('people.person').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

/** The person behind an account, made with its name and address where there is none. */
export async function personOfAccount(writer: Writer<PeopleTables>, account: { id: string; name: string; email: string }, now: Date): Promise<string> {
	const known = await findPersonOfAccount(writer, account.id)
	if (known) return known
	const id = newId('p')
	await writer.insertInto('people.person').values({ id, name: account.name, account: account.id, made_at: now }).onConflict((conflict) => conflict.column('account').doNothing()).execute()
	const person = (await findPersonOfAccount(writer, account.id))!
	if (person === id) await addContact(writer, { person }, 'email', account.email, now)
	return person
}

/** Adds somebody to the directory, subscribed to nothing. Errors: `person_without_name`, `contact_unreadable`. */
export async function addPerson(writer: Writer<PeopleTables>, given: GivenPerson, now: Date): Promise<string> {
	const name = given.name.trim().slice(0, 120)
	if (!name) throw new Refusal('person_without_name', {})
	const id = newId('p')
	await writer.insertInto('people.person').values({ id, name, pronouns: given.pronouns?.trim().slice(0, 40) ?? '', language: given.language ?? 'en', account: null, made_at: now }).execute()
	if (given.email?.trim()) await addContact(writer, { person: id }, 'email', given.email, now)
	if (given.phone?.trim()) await addContact(writer, { person: id }, 'phone', given.phone, now)
	return id
}

/** Adds a way to reach somebody. Errors: `contact_unreadable`. */
export async function addContact(writer: Writer<PeopleTables>, owner: { person: string } | { organization: string }, channel: Channel, value: string, now: Date): Promise<string> {
	const normalized = normalizeContact(channel, value)
	if (!normalized) throw new Refusal('contact_unreadable', { value: value.trim().slice(0, 80) })
	const id = newId('k')
	const whose = 'person' in owner ? { person: owner.person, organization: null } : { person: null, organization: owner.organization }
	await writer.insertInto('people.contact_point').values({ id, ...whose, channel, value: value.trim(), normalized, verified_at: null, made_at: now }).execute()
	return id
}

/** Who else in the directory has this address or number: shown to the person who adds somebody, never merged by itself. */
export async function findByContact(reader: Reader<PeopleTables>, channel: Channel, value: string): Promise<{ id: string; name: string }[]> {
	const normalized = normalizeContact(channel, value)
	if (!normalized) return []
	return reader.selectFrom('people.contact_point').innerJoin('people.person', 'people.person.id', 'people.contact_point.person')
		.select(['people.person.id', 'people.person.name']).where('channel', '=', channel).where('normalized', '=', normalized).orderBy('people.person.id').execute()
}
