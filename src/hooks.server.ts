import { error, redirect } from '@sveltejs/kit'
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks'
import { connectFromEnvironment, Refusal, type OpenDatabase } from '#database'
import { findRegion } from '#atlas/server'
import type { CommunitiesTables } from '#communities/server'
import { mailToOutbox } from '#mail/server'
import { createAuthFromEnvironment, findSession, type Auth } from '#people/server'
import { deLocalizeUrl, localizeHref } from '#lib/paraglide/runtime.js'
import { languageOf } from '#lib/server/api/language.ts'
import { problemResponse } from '#lib/server/api/problem.ts'
import { applyCookies } from '#lib/server/apply-cookies.ts'
import { paraglideMiddleware } from '#lib/paraglide/server.js'

let open: Promise<OpenDatabase<CommunitiesTables>> | undefined
const auths = new Map<boolean, Auth>()

const withLanguage: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ locale }) => resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale), preload: isNeededFirst }))

/** What a page asks for with its first line: the text face too; that of tables and buttons comes after it. */
const isNeededFirst = ({ type, path }: { type: string; path: string }) => type === 'js' || type === 'css' || (type === 'font' && path.includes('/serif.'))

/** Pages that exist before the region does. */
const EARLY = /^\/(loading|sign-in|sign-out|welcome|account|api\/auth|health)(\/|$)/

/** Data for programs: they follow no redirect to a page, and nobody is signed in there. */
const OPEN_DATA = /^\/(api\/v1|ogc|tiles)(\/|$)/

const withRegion: Handle = async ({ event, resolve }) => {
	// PostgreSQL takes no NUL in a text, and no address of ours has one.
	if (event.url.pathname.includes('%00')) error(404)
	open ??= connectFromEnvironment<CommunitiesTables>()
	event.locals.database = (await open).database
	event.locals.region = await findRegion(event.locals.database)
	const { pathname } = deLocalizeUrl(event.url)
	if (!event.locals.region && OPEN_DATA.test(pathname)) return problemResponse(new Refusal('api_not_ready'), event.url, languageOf(event.url, event.request.headers), { 'retry-after': '5' })
	if (!event.locals.region && !EARLY.test(pathname)) redirect(303, localizeHref('/loading'))
	return resolve(event)
}

/** Bytes that a form may have; forms that take a file have their own limits, which their actions state. */
const FORM_BYTES = 512 * 1024
const TAKES_FILE: Record<string, readonly string[]> = { '/data': ['/upload'], '/areas/new': ['/make', '/show'], '/files/new': ['/keep'] }

const withFormLimit: Handle = ({ event, resolve }) => {
	const { headers } = event.request
	const actions = TAKES_FILE[deLocalizeUrl(event.url).pathname] ?? []
	if (!actions.some((action) => event.url.searchParams.has(action)) && Number(headers.get('content-length') ?? 0) > FORM_BYTES) error(413)
	// A body of unknown length could grow without end.
	if (headers.has('transfer-encoding') && !headers.has('content-length')) error(411)
	return resolve(event)
}

/** Where a telephone reads the pictures of RSVPs with its camera. */
const READS_CODES = /^\/convenings\/[^/]+\/desk\/phone$/
const EMBEDDED = /^\/embed\//

const withHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event)
	response.headers.set('x-content-type-options', 'nosniff')
	response.headers.set('referrer-policy', 'same-origin')
	const camera = READS_CODES.test(deLocalizeUrl(event.url).pathname) ? '(self)' : '()'
	response.headers.set('permissions-policy', `geolocation=(self), camera=${camera}, microphone=()`)
	// What is made to stand in other people's pages may be framed by them; nothing else may.
	const policy = response.headers.get('content-security-policy')
	if (policy && EMBEDDED.test(deLocalizeUrl(event.url).pathname)) response.headers.set('content-security-policy', policy.replace("frame-ancestors 'self'", 'frame-ancestors *'))
	return response
}

const withAccount: Handle = async ({ event, resolve }) => {
	if (OPEN_DATA.test(deLocalizeUrl(event.url).pathname)) return resolve(event)
	const fictional = event.locals.region?.fictional ?? false
	let auth = auths.get(fictional)
	if (!auth) auths.set(fictional, (auth = createAuthFromEnvironment(event.locals.database, mailToOutbox(event.locals.database, () => new Date(), fictional ? console.log : undefined))))
	event.locals.auth = auth
	const session = await findSession(auth, event.request.headers)
	if (session) {
		const { id, name, email, role, demonstration } = session.person
		event.locals.account = { id, name, email, administrator: role === 'administrator', demonstration }
		applyCookies(event.cookies, session.cookies)
	}
	return resolve(event)
}

export const handle: Handle = sequence(withHeaders, withFormLimit, withLanguage, withRegion, withAccount)

/** An address without what opens something to whoever has it. */
const withoutTokens = (pathname: string): string => pathname.replace(/(\/calendars\/)[^/]+/, '$1…')

export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (kind === 'unknown') console.error(`${event.request.method} ${withoutTokens(event.url.pathname)}`, error)
}
