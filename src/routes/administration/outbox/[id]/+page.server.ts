import { error, redirect } from '@sveltejs/kit'
import { Refusal } from '#database'
import { findMailServer, getLetter, tryAgain, wordsOf } from '#mail/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { requireAdministrator } from '#lib/server/administration.ts'
import { refusalSentence, refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, params, setHeaders }) => {
	requireAdministrator({ locals, url })
	setHeaders({ 'cache-control': 'private, no-store' })
	const letter = await getLetter(locals.database, params.id).catch((cause) => (cause instanceof Refusal ? error(404) : Promise.reject(cause)))
	// Whoever reads the link of a sign-in could sign in as somebody else, and the token of a letter opens somebody's choices.
	const secret = letter.kind === 'magic_link'
	const server = await findMailServer(locals.database)
	const { written } = await wordsOf(locals.database, secret ? { ...letter, parameters: { url: '…' } } : letter, server?.postal ?? '')
	const hide = (text: string) => text.replace(/\/mail\/[\w.~-]+/g, '/mail/…')
	return {
		letter: { id: letter.id, kind: letter.kind, recipient: letter.recipient, state: letter.state, calendar: letter.parameters.calendar !== undefined }, secret,
		written: { subject: written.subject, text: hide(written.text), html: hide(written.html) }, states: letter.states.map(({ state, at, reason }) => ({ state, at, reason: reason ? refusalSentence(reason) : '' })),
	}
}

export const actions: Actions = {
	again: async (event) => {
		requireAdministrator(event)
		try {
			await event.locals.database.transaction().execute((writer) => tryAgain(writer, event.params.id, new Date()))
		} catch (cause) {
			return refuse(cause, {})
		}
		redirect(303, localizeHref(`/administration/outbox/${event.params.id}`))
	},
}
