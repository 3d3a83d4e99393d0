import { error } from '@sveltejs/kit'
import { isPerson } from '#people/server'
import { RateLimit } from './api/rate-limit.ts'
import { mailKey, readToken, writeToken, type TokenScope } from '#mail/server'

const key = () => mailKey(process.env.THROUGHLINE_DATA_DIR!, 'tokens')

const WRONG_A_MINUTE = 20
const wrong = new RateLimit(WRONG_A_MINUTE)

/**
 * Whom the token of an address is for; a page that does not exist for any other. After twenty wrong ones from one network within a minute nothing more is
 * tried for it; letters that are opened in one office at once are not counted.
 */
export async function requireToken({ locals, params, getClientAddress }: { locals: App.Locals; params: { token: string }; getClientAddress(): string }): Promise<TokenScope> {
	const network = getClientAddress()
	if (wrong.isSpent(network, Date.now())) error(429)
	const scope = readToken(key(), params.token)
	// The token of somebody who was deleted is dead.
	if (scope && (await isPerson(locals.database, scope.person))) return scope
	wrong.take(network, Date.now())
	error(404)
}

/** The path on which a person chooses what they hear. */
export const choicesPath = (person: string): string => `/mail/${writeToken(key(), { person })}`
