import { error } from '@sveltejs/kit'
import { cancelSeriesRsvp, findSeriesRsvp } from '#coalition/server'
import { canDeliverMail } from '#mail/server'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { sendLetters, seriesRsvpPath } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
	const [rsvp, now] = [await findSeriesRsvp(locals.database, params.id, params.code), new Date()]
	if (!rsvp) error(404)
	const dates = rsvp.dates.map((date) => ({ ...date, open: date.state === 'planned' && date.endsAt > now && date.answer !== 'cancelled' }))
	return { id: params.id, code: params.code, rsvp: { ...rsvp, dates }, mails: await canDeliverMail(locals.database) }
}

export const actions: Actions = {
	cancel: (event) =>
		actAsAnybody(event, (writer, _, given, now) => cancelSeriesRsvp(writer, event.params.id, event.params.code, given.convening || undefined, now), async (movedUp) => {
			await sendLetters(event.locals, event.url.origin, movedUp)
			return seriesRsvpPath(event.params.id, event.params.code)
		}),
}
