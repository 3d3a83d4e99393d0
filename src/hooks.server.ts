import { redirect } from '@sveltejs/kit'
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks'
import { connectFromEnvironment, type CoreTables, type OpenDatabase } from '#database'
import { findRegion, type AtlasTables } from '#atlas/server'
import { deLocalizeUrl, localizeHref } from '#lib/paraglide/runtime.js'
import { paraglideMiddleware } from '#lib/paraglide/server.js'

let open: Promise<OpenDatabase<AtlasTables & CoreTables>> | undefined

const withLanguage: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ locale }) => resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) }))

/** Pages that exist before the region does. */
const EARLY = /^\/(loading|sign-in|sign-out|welcome|health)(\/|$)/

const withRegion: Handle = async ({ event, resolve }) => {
	open ??= connectFromEnvironment<AtlasTables & CoreTables>()
	event.locals.database = (await open).database
	event.locals.region = await findRegion(event.locals.database)
	if (!event.locals.region && !EARLY.test(deLocalizeUrl(event.url).pathname)) redirect(303, localizeHref('/loading'))
	return resolve(event)
}

const withHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event)
	response.headers.set('x-content-type-options', 'nosniff')
	response.headers.set('referrer-policy', 'same-origin')
	response.headers.set('permissions-policy', 'geolocation=(self), camera=(), microphone=()')
	return response
}

export const handle: Handle = sequence(withHeaders, withLanguage, withRegion)

export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (kind === 'unknown') console.error(`${event.request.method} ${event.url.pathname}`, error)
}
