import { Refusal, type Reader, type Writer } from '#database'
import { EVERY_BODY } from '#people'
import { mailAddressOf, recordConsent } from '#people/server'
import { CADENCES, type Cadence } from '../letter.ts'
import type { MailTables } from './mail-tables.ts'

/** How somebody came to choose: the words they were shown, and where. */
export interface ChoiceMade {
	wording: string
	/** E.g. `body page`, `link in a letter`. */
	source: string
}

/**
 * A person chooses how often they hear of a topic; the consent ledger keeps it with the words that they were shown.
 * Errors: `mail_cadence_unknown`, `mail_no_address`.
 */
export async function chooseCadence(writer: Writer<MailTables>, person: string, topic: string, given: string, { wording, source }: ChoiceMade, now: Date): Promise<void> {
	const cadence = CADENCES.find((one) => one === given)
	if (!cadence) throw new Refusal('mail_cadence_unknown', { cadence: given.slice(0, 20) })
	const address = await mailAddressOf(writer, person)
	if (!address && cadence !== 'none') throw new Refusal('mail_no_address')
	const before = (await listCadences(writer, person)).get(topic)
	if (before === cadence) return
	await writer.insertInto('mail.preference').values({ person, topic, cadence, since: now })
		// Somebody who only changes the rhythm misses nothing in between.
		.onConflict((conflict) => conflict.columns(['person', 'topic']).doUpdateSet({ cadence, ...(before === undefined || before === 'none' ? { since: now } : {}) })).execute()
	if (address) await recordConsent(writer, { contactPoint: address.contactPoint, purpose: topic, act: cadence === 'none' ? 'withdraw' : 'grant', wording, source, by: person }, now)
}

/** A person stops everything about every body, at every address that they have. */
export async function stopEverything(writer: Writer<MailTables>, person: string, { wording, source }: ChoiceMade, now: Date): Promise<void> {
	await writer.updateTable('mail.preference').set({ cadence: 'none' }).where('person', '=', person).execute()
	const points = await writer.selectFrom('people.contact_point').select('id').where('person', '=', person).where('channel', '=', 'email').execute()
	for (const { id } of points) await recordConsent(writer, { contactPoint: id, purpose: EVERY_BODY, act: 'withdraw', wording, source, by: person }, now)
}

/** What somebody chose, by topic; a topic they were never asked about is not there. */
export async function listCadences(reader: Reader<MailTables>, person: string): Promise<Map<string, Cadence>> {
	const rows = await reader.selectFrom('mail.preference').select(['topic', 'cadence']).where('person', '=', person).execute()
	return new Map(rows.map(({ topic, cadence }) => [topic, cadence]))
}
