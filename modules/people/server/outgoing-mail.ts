import type { Database } from '#database'
import type { PeopleTables } from './people-tables.ts'

/** A letter before it has words: what it is about, for whom, with which parameters. */
export interface OutgoingMail {
	kind: 'magic_link' | 'magic_link_refused'
	recipient: string
	parameters: Record<string, string>
}

export type SendMail = (mail: OutgoingMail) => Promise<void>

/**
 * Puts mail where it waits to be sent. `say` also prints links, so that the sample region and a developer can follow them
 * without a mail server; never give it where real people sign in.
 */
export function mailToOutbox(database: Database<PeopleTables>, now: () => Date, say?: (line: string) => void): SendMail {
	return async ({ kind, recipient, parameters }) => {
		await database.insertInto('people.outgoing_mail').values({ kind, recipient, parameters: JSON.stringify(parameters), made_at: now() }).execute()
		if (parameters.url) say?.(`Mail to ${recipient}: ${parameters.url}`)
	}
}
