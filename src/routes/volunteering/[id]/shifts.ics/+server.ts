import { writeCalendar } from '#coalition'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { answerCalendar } from '#lib/server/convening-page.ts'
import { getRolePage, minePath } from '#lib/server/volunteering-page.ts'
import type { RequestHandler } from './$types'

/** The shifts of a code for a calendar, those that were called off marked so; without a code the shifts of the role. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const code = url.searchParams.get('code')
	const { role, own } = await getRolePage(locals, params.id, code)
	const shifts = own ? own.shifts.filter(({ state }) => state === 'seat').map((one) => ({ ...one, id: one.shift })) : role.shifts
	const address = `${url.origin}${localizeHref(code ? minePath(params.id, code) : `/volunteering/${params.id}`)}`
	const now = new Date()
	const entries = shifts.map(({ id, startsAt, endsAt, calledOff }) => ({ id, sequence: calledOff === undefined ? 0 : 1, changedAt: now, startsAt, endsAt, zone: role.zone, title: role.title, description: `${role.coordinator}: ${role.contact}`, location: role.place, url: address, cancelled: calledOff !== undefined }))
	return answerCalendar(writeCalendar({ name: role.title, entries }), params.id, { own: own !== undefined })
}
