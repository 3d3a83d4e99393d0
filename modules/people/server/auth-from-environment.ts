import { readSecret, type Database } from '#database'
import { createAuth, type Auth } from './create-auth.ts'
import { mailToOutbox, type DeliverMail } from './outgoing-mail.ts'
import type { PeopleTables } from './people-tables.ts'

/**
 * Sign-in for the running server: its secret in the data directory, its address from `start`. In a fictional region mailed links are
 * also printed to the server's output, for there is nobody real. `deliver` sends mail where the administrator set up a mail server.
 */
export function createAuthFromEnvironment(database: Database<PeopleTables>, { fictional, deliver }: { fictional: boolean; deliver?: DeliverMail }, environment: NodeJS.ProcessEnv = process.env): Auth {
	const { THROUGHLINE_DATA_DIR: directory, THROUGHLINE_ORIGIN: origin } = environment
	if (!directory || !origin) throw new RangeError('THROUGHLINE_DATA_DIR and THROUGHLINE_ORIGIN are set by ./throughline start')
	const mail = mailToOutbox(database, () => new Date(), fictional ? console.log : undefined, deliver)
	return createAuth({ database, secret: readSecret(directory), origin, mail })
}
