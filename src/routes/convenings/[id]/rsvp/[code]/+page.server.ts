import QRCode from 'qrcode'
import { cancelRsvp, confirmRsvp } from '#coalition/server'
import { canDeliverMail } from '#mail/server'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getConveningPage, rsvpPath, sendLetters } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
	const { convening, rsvp } = await getConveningPage(locals, params.id, params.code)
	const open = convening.state === 'planned' && convening.endsAt > new Date()
	const door = `${url.origin}/convenings/${params.id}/desk?guest=${params.code}`
	const picture = open && rsvp!.answer !== 'cancelled' && convening.mode !== 'online' ? await QRCode.toString(door, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }) : ''
	return {
		convening, rsvp: rsvp!, open, code: params.code, mails: await canDeliverMail(locals.database),
		// A picture in the address of an image, because the page's policy lets no markup in that is not its own.
		qr: picture && `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`,
	}
}

export const actions: Actions = {
	confirm: (event) => actAsAnybody(event, (writer, _, __, now) => confirmRsvp(writer, event.params.id, event.params.code, now), () => rsvpPath(event.params.id, event.params.code)),
	cancel: (event) =>
		actAsAnybody(event, (writer, _, __, now) => cancelRsvp(writer, event.params.id, event.params.code, now), async (movedUp) => {
			await sendLetters(event.locals, event.url.origin, movedUp)
			return rsvpPath(event.params.id, event.params.code)
		}),
}
