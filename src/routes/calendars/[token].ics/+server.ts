import { createHash } from 'node:crypto'
import { error } from '@sveltejs/kit'
import { writeCalendar } from '#coalition'
import { readFeed } from '#coalition/server'
import { m } from '#lib/paraglide/messages.js'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { RateLimit, rateHeaders } from '#lib/server/api/rate-limit.ts'
import { rsvpPath } from '#lib/server/convening-page.ts'
import type { RequestHandler } from './$types'

const FETCHES_A_MINUTE = 60
const limit = new RateLimit(FETCHES_A_MINUTE)

/** Somebody's own calendar, for whoever has its private address. HEAD is answered alike, without the text. */
export const GET: RequestHandler = async ({ locals, params, url, request, getClientAddress }) => {
	const allowance = limit.take(getClientAddress(), Date.now())
	if (!allowance.allowed) return new Response('', { status: 429, headers: { ...rateHeaders(allowance), 'retry-after': String(allowance.resetSeconds) } })
	const feed = await readFeed(locals.database, params.token, (id, code, locale) => `${url.origin}${localizeHref(code ? rsvpPath(id, code) : `/convenings/${id}`, { locale })}`, new Date())
	if (!feed) error(404)
	const text = writeCalendar({ name: m.feed_name({}, { locale: feed.language }), entries: feed.entries })
	const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
	const headers = { etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' }
	if (request.headers.get('if-none-match')?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)) return new Response(null, { status: 304, headers })
	return new Response(text, { headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="calendar.ics"' } })
}
