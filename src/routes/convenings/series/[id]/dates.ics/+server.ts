import { listCalendarEntries } from '#coalition/server'
import { writeCalendar } from '#coalition'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { answerCalendar } from '#lib/server/convening-page.ts'
import { getSeriesPage } from '#lib/server/series-page.ts'
import type { RequestHandler } from './$types'

/**
 * The dates of a series for a calendar: an event with a UID of its own for each, as each may move, fill up or be called off alone. A rule of
 * recurrence (RRULE) with exceptions would say the same, and calendars differ in what they make of its exceptions.
 */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { series, actor } = await getSeriesPage(locals, params.id)
	const entries = await listCalendarEntries(locals.database, { series: series.id }, (id) => `${url.origin}${localizeHref(`/convenings/${id}`)}`, new Date(), actor)
	return answerCalendar(writeCalendar({ name: series.dates.at(-1)!.title, entries }), params.id, { own: true })
}
