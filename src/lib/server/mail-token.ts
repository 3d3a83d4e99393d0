import { error } from '@sveltejs/kit'
import { isPerson } from '#people/server'
import { mailKey, readToken, writeToken, type TokenScope } from '#mail/server'

const key = () => mailKey(process.env.THROUGHLINE_DATA_DIR!, 'tokens')

/** Whom the token of an address is for; a page that does not exist for any other. */
export async function requireToken({ locals, params }: { locals: App.Locals; params: { token: string } }): Promise<TokenScope> {
	const scope = readToken(key(), params.token)
	// The token of somebody who was deleted is dead.
	if (!scope || !(await isPerson(locals.database, scope.person))) error(404)
	return scope
}

/** The path on which a person chooses what they hear. */
export const choicesPath = (person: string): string => `/mail/${writeToken(key(), { person })}`
