import { addShifts, callOffShift, changeRole, closeRole, listHelpable, setSeats } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getRoleWork, readRoleForm } from '#lib/server/volunteering-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { role } = await getRoleWork({ locals, params, url }, 'offer_role')
	const { title, about, skills, languages, place, zone, coordinator, contact, helps, minors, leastAge } = role
	const stands: Record<string, string> = { title, about, skills, languages, place, zone, coordinator, contact, helps: helps?.record ?? '', minors: minors ? 'on' : '', leastAge: leastAge === undefined ? '' : String(leastAge) }
	const helpable = await listHelpable(locals.database, role.body.id, new Date())
	// What it helps may be over by now; the form still shows it.
	return { role: { id: role.id, title, zone, closed: role.closed, shifts: role.shifts }, stands, helpable: helps && !helpable.some(({ record }) => record === helps.record) ? [...helpable, helps] : helpable }
}

const here = (id: string) => `/volunteering/${id}/change`

export const actions: Actions = {
	change: (event) => act(event, (writer, actor, given, now) => changeRole(writer, actor, event.params.id, readRoleForm(given), now), () => `/volunteering/${event.params.id}`),
	add: (event) => act(event, (writer, actor, given, now) => addShifts(writer, actor, event.params.id, { date: given.date ?? '', begins: given.begins ?? '', ends: given.ends ?? '', seats: given.places ?? '', weeks: given.weeks ?? '' }, now), () => `${here(event.params.id)}#shifts`),
	seats: (event) => act(event, (writer, actor, given, now) => setSeats(writer, actor, given.shift ?? '', given.seats ?? '', now), () => `${here(event.params.id)}#shifts`),
	callOff: (event) => act(event, (writer, actor, given, now) => callOffShift(writer, actor, given.shift ?? '', given.reason ?? '', now), () => `${here(event.params.id)}#shifts`),
	close: (event) => act(event, (writer, actor, given, now) => closeRole(writer, actor, event.params.id, given.close === 'on', now), () => here(event.params.id)),
}
