import { error } from '@sveltejs/kit'
import { writeCalendar } from '#coalition'
import { listCalendarEntries } from '#coalition/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { answerCalendar } from '#lib/server/convening-page.ts'
import type { RequestHandler } from './$types'

/** Public convenings in a county, to be followed by a calendar. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const name = locals.region!.counties[params.county]
	if (!name) error(404)
	const entries = await listCalendarEntries(locals.database, { county: params.county }, (id) => `${url.origin}${localizeHref(`/convenings/${id}`)}`, new Date())
	return answerCalendar(writeCalendar({ name, entries }), params.county)
}
