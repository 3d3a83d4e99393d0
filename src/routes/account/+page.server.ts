import { redirect } from '@sveltejs/kit'
import { localizeHref } from '#lib/paraglide/runtime.js'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, setHeaders }) => {
	if (!locals.account) redirect(303, localizeHref('/sign-in?to=/account'))
	setHeaders({ 'cache-control': 'no-store' })
	return { person: locals.account }
}
