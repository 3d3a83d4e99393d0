import { redirect } from '@sveltejs/kit'
import { chooseCadence, stopEverything } from '#mail/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { requireToken } from '#lib/server/mail-token.ts'
import type { RequestHandler } from './$types'

const HOW = { wording: 'List-Unsubscribe=One-Click', source: 'button of the mailbox' }

/** One-click unsubscribing (RFC 8058): from the body that the letter was about, else from all. */
export const POST: RequestHandler = async (event) => {
	const { person, topic } = await requireToken(event)
	await event.locals.database.transaction().execute((writer) => (topic ? chooseCadence(writer, person, topic, 'none', HOW, new Date()) : stopEverything(writer, person, HOW, new Date())))
	return new Response('', { status: 200 })
}

/** Scanners open links, so opening this one changes nothing; it leads to the page with the buttons. */
export const GET: RequestHandler = ({ params }) => redirect(303, localizeHref(`/mail/${params.token}`))
