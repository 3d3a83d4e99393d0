import { error } from '@sveltejs/kit'
import { writeCalendar } from '#coalition'
import { findBody, listCalendarEntries, VISITOR } from '#coalition/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { answerCalendar } from '#lib/server/convening-page.ts'
import type { RequestHandler } from './$types'

/** Public convenings of a body, to be followed by a calendar, which signs in nowhere. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const now = new Date()
	const body = await findBody(locals.database, params.slug, VISITOR, now)
	if (!body) error(404)
	const entries = await listCalendarEntries(locals.database, { body: body.id }, (id) => `${url.origin}${localizeHref(`/convenings/${id}`)}`, now)
	return answerCalendar(writeCalendar({ name: body.name, entries }), body.slug)
}
