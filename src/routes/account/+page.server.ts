import { redirect } from '@sveltejs/kit'
import { findPersonOfAccount } from '#people/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { choicesPath } from '#lib/server/mail-token.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	if (!locals.account) redirect(303, localizeHref('/sign-in?to=/account'))
	setHeaders({ 'cache-control': 'no-store' })
	const person = await findPersonOfAccount(locals.database, locals.account.id)
	return { person: locals.account, choices: person && choicesPath(person) }
}
