import { redirect } from '@sveltejs/kit'
import { signOut } from '#people/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { applyCookies } from '#lib/server/apply-cookies.ts'
import { callerOf } from '#lib/server/answer-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = () => redirect(303, localizeHref('/account'))

export const actions: Actions = {
	default: async (event) => {
		const { cookies } = await signOut(event.locals.auth, callerOf(event))
		applyCookies(event.cookies, cookies)
		event.setHeaders({ 'clear-site-data': '"cache"' })
		redirect(303, localizeHref('/'))
	},
}
