import { csvText } from '#atlas'
import { givenTimeOf } from '#coalition'
import { listVolunteers } from '#coalition/server'
import { getRoleWork } from '#lib/server/volunteering-page.ts'
import type { RequestHandler } from './$types'

/** The list of volunteers as a table, times by the clock of the place. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { role, actor } = await getRoleWork({ locals, params, url }, 'coordinate_volunteers')
	const shifts = await listVolunteers(locals.database, actor, params.id, new Date())
	const rows = shifts.flatMap(({ startsAt, endsAt, calledOff, volunteers }) => {
		const { date, begins, ends } = givenTimeOf(startsAt, endsAt, role.zone)
		return volunteers.map(({ name, contacts, state, confirmedAt, came, guardian, language, note }) => [date, begins, ends, calledOff === undefined ? '' : 'yes', name, contacts.join('; '), state, confirmedAt ? 'yes' : '', came === undefined ? '' : came ? 'yes' : 'no', guardian, language, note])
	})
	return new Response(csvText([['date', 'begins', 'ends', 'called_off', 'name', 'contact', 'state', 'confirmed', 'came', 'guardian', 'language', 'note'], ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${params.id}-volunteers.csv"`, 'cache-control': 'no-store' },
	})
}
