import type { Database } from '#database'
import type { PeopleTables } from './people-tables.ts'

/** A letter before it has words: what it is about, for whom, with which parameters. */
export interface OutgoingMail {
	kind: 'magic_link' | 'magic_link_refused' | 'rsvp_coming' | 'rsvp_waiting'
	/** The language of the letter; both where nothing says which one the recipient reads. */
	language?: 'en' | 'es'
	recipient: string
	parameters: Record<string, string>
}

export type SendMail = (mail: OutgoingMail) => Promise<void>

/** What takes a letter to its recipient, in words. Errors: whatever the mail server said. */
export type DeliverMail = (mail: OutgoingMail) => Promise<void>

/**
 * Puts mail where it waits to be sent and, with `deliver`, sends it: not within the request, whose time would tell a stranger whether
 * somebody has the address. A letter that was not taken stays in the outbox and is told to `fail`. `say` also prints links, so that the sample region and a developer can follow them
 * without a mail server; never give it where real people sign in.
 */
export function mailToOutbox(database: Database<PeopleTables>, now: () => Date, say?: (line: string) => void, deliver?: DeliverMail, fail: (cause: unknown) => void = console.error): SendMail {
	return async (mail) => {
		const { kind, recipient, parameters } = mail
		const { id } = await database.insertInto('people.outgoing_mail').values({ kind, recipient, parameters: JSON.stringify(parameters), made_at: now() }).returning('id').executeTakeFirstOrThrow()
		if (parameters.url) say?.(`Mail to ${recipient}: ${parameters.url}`)
		if (!deliver) return
		const send = async () => {
			await deliver(mail)
			await database.updateTable('people.outgoing_mail').set({ sent_at: now() }).where('id', '=', id).execute()
		}
		void send().catch(fail)
	}
}
