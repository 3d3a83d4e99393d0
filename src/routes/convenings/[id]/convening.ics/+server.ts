import { writeCalendar } from '#coalition'
import { locationOf } from '#coalition/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { answerCalendar, getConveningPage, rsvpPath } from '#lib/server/convening-page.ts'
import type { RequestHandler } from './$types'

/** A convening for a calendar; with the code of an RSVP, the place's address and the address online as its guest knows them. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const code = url.searchParams.get('code')
	const { convening, rsvp } = await getConveningPage(locals, params.id, code)
	const address = convening.addressShown || rsvp ? convening.address : undefined
	const entry = {
		...convening, description: [convening.about, rsvp ? convening.onlineUrl : ''].filter(Boolean).join('\n\n'), location: locationOf(convening.place, address),
		url: `${url.origin}${localizeHref(rsvp ? rsvpPath(params.id, code!) : `/convenings/${params.id}`)}`, cancelled: convening.state === 'cancelled',
	}
	return answerCalendar(writeCalendar({ name: convening.title, entries: [entry] }), params.id, { own: true })
}
