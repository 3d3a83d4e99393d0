import { readSecret, type Database } from '#database'
import { createAuth, type Auth } from './create-auth.ts'
import type { SendMail } from './outgoing-mail.ts'
import type { PeopleTables } from './people-tables.ts'

/** Sign-in for the running server: its secret in the data directory, its address from `start`. */
export function createAuthFromEnvironment(database: Database<PeopleTables>, mail: SendMail, environment: NodeJS.ProcessEnv = process.env): Auth {
	const { THROUGHLINE_DATA_DIR: directory, THROUGHLINE_ORIGIN: origin } = environment
	if (!directory || !origin) throw new RangeError('THROUGHLINE_DATA_DIR and THROUGHLINE_ORIGIN are set by ./throughline start')
	return createAuth({ database, secret: readSecret(directory), origin, mail })
}
