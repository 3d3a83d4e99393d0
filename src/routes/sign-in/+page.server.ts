import { redirect } from '@sveltejs/kit'
import { canDeliverMail } from '#mail/server'
import { demonstrationAccounts, requestMagicLink, signInForDemonstration, signInWithPassword } from '#people/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { answerForm, callerOf, safeReturn, text } from '#lib/server/answer-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	if (locals.account) redirect(303, localizeHref('/account'))
	// Without a mail server a link reaches only the server's output, and that only in a fictional region.
	return { linksArrive: (locals.region?.fictional ?? false) || (await canDeliverMail(locals.database)), demonstrations: await demonstrationAccounts(locals.auth.database), linkSent: url.searchParams.has('sent'), onward: safeReturn(url.searchParams.get('to')) }
}

export const actions: Actions = {
	password: async (event) => {
		const fields = await event.request.formData()
		const given = { email: text(fields, 'email'), password: text(fields, 'password') }
		return answerForm(event, fields, () => signInWithPassword(event.locals.auth, given, callerOf(event)), safeReturn(event.url.searchParams.get('to')))
	},
	link: async (event) => {
		const fields = await event.request.formData()
		const ask = async () => {
			await requestMagicLink(event.locals.auth, text(fields, 'email'), callerOf(event))
			return { cookies: [] }
		}
		return answerForm(event, fields, ask, '/sign-in?sent')
	},
	demonstration: async (event) => {
		const fields = await event.request.formData()
		return answerForm(event, fields, () => signInForDemonstration(event.locals.auth, text(fields, 'as'), callerOf(event)), safeReturn(event.url.searchParams.get('to')))
	},
}
