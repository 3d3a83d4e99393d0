import { followMagicLink } from '#people/server'
import { answerForm, callerOf, text } from '#lib/server/answer-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
	return { token: url.searchParams.get('token') ?? '' }
}

export const actions: Actions = {
	default: async (event) => {
		const fields = await event.request.formData()
		return answerForm(event, fields, () => followMagicLink(event.locals.auth, text(fields, 'token'), callerOf(event)))
	},
}
