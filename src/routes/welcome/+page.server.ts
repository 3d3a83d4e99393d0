import { isAdministratorLinkOpen, registerFirstAdministrator } from '#people/server'
import { answerForm, callerOf, text } from '#lib/server/answer-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
	const token = url.searchParams.get('token') ?? ''
	return { token, open: await isAdministratorLinkOpen(locals.auth.database, token, new Date()) }
}

export const actions: Actions = {
	default: async (event) => {
		const fields = await event.request.formData()
		const given = { token: text(fields, 'token'), name: text(fields, 'name'), email: text(fields, 'email'), password: text(fields, 'password') }
		return answerForm(event, fields, () => registerFirstAdministrator(event.locals.auth, given, callerOf(event)), '/account')
	},
}
