import type { Reader, Writer } from '#database'
import { consentNow, type ConsentAct, type ConsentFact, type ConsentState } from '../consent.ts'
import type { PeopleTables } from './people-tables.ts'

export interface GivenConsent {
	contactPoint: string
	purpose: string
	act: ConsentAct
	/** The words that the person was shown. */
	wording?: string
	/** Where it came from, e.g. `body page`. */
	source: string
	/** Id of the person who did it; `system` for what a mail server said. */
	by: string
}

/** Adds a line to the consent ledger, which is never changed. */
export async function recordConsent(writer: Writer<PeopleTables>, { contactPoint, purpose, act, wording = '', source, by }: GivenConsent, now: Date): Promise<void> {
	await writer.insertInto('people.consent_event').values({ contact_point: contactPoint, purpose, act, wording, source, at: now, by }).execute()
}

/**
 * What stands for a purpose at an address, worked out from all that was ever said about it: contact points of the same address share their
 * history, so that a second entry of somebody, or a merge, undoes no withdrawal.
 */
export async function consentAt(reader: Reader<PeopleTables>, contactPoint: string, purpose: string): Promise<ConsentState> {
	return consentNow(await factsAt(reader, contactPoint), purpose)
}

async function factsAt(reader: Reader<PeopleTables>, contactPoint: string): Promise<ConsentFact[]> {
	const points = await reader.selectFrom('people.contact_point as given')
		.innerJoin('people.contact_point as same', (on) => on.onRef('same.channel', '=', 'given.channel').onRef('same.normalized', '=', 'given.normalized'))
		.select(['same.id', 'same.person']).where('given.id', '=', contactPoint).execute()
	const holders = new Set(points.map(({ person }) => person))
	const events = await reader.selectFrom('people.consent_event').select(['act', 'purpose', 'by']).where('contact_point', 'in', [contactPoint, ...points.map(({ id }) => id)]).orderBy('id').execute()
	return events.map(({ act, purpose, by }) => ({ act, purpose, own: holders.has(by) }))
}

/** The e-mail address at which a person is written to: the first one that was verified, else the first. */
export async function mailAddressOf(reader: Reader<PeopleTables>, person: string): Promise<{ contactPoint: string; address: string; language: 'en' | 'es' } | undefined> {
	const found = await reader.selectFrom('people.contact_point').innerJoin('people.person', 'people.person.id', 'people.contact_point.person')
		.select(['people.contact_point.id', 'value', 'language']).where('people.person.id', '=', person).where('channel', '=', 'email')
		.orderBy('verified_at', (order) => order.asc().nullsLast()).orderBy('people.contact_point.made_at').limit(1).executeTakeFirst()
	return found && { contactPoint: found.id, address: found.value, language: found.language }
}
