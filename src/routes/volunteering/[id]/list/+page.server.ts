import { giveBackFor, hoursOfRole, listVolunteers, markAttendance } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getRoleWork } from '#lib/server/volunteering-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { role, actor, can } = await getRoleWork({ locals, params, url }, 'coordinate_volunteers')
	setHeaders({ 'cache-control': 'no-store' })
	const now = new Date()
	const [shifts, hours] = await Promise.all([listVolunteers(locals.database, actor, params.id, now), hoursOfRole(locals.database, params.id, role.zone)])
	return { role: { id: role.id, title: role.title, zone: role.zone, place: role.place, body: role.body }, coming: shifts.filter(({ startsAt }) => startsAt > now), past: shifts.filter(({ startsAt }) => startsAt <= now).reverse(), hours, can: { offer: can('offer_role') } }
}

const MARKS: Record<string, boolean | undefined> = { came: true, away: false, undo: undefined }
const back = (id: string, { line }: Record<string, string>) => `/volunteering/${id}/list${line ? `#${encodeURIComponent(line)}` : ''}`

export const actions: Actions = {
	mark: (event) => act(event, (writer, actor, given, now) => markAttendance(writer, actor, event.params.id, given.signUp ?? '', MARKS[given.mark ?? ''], now), (_, given) => back(event.params.id, given)),
	giveBack: (event) => act(event, (writer, actor, given, now) => giveBackFor(writer, actor, event.params.id, given.signUp ?? '', now), (_, given) => back(event.params.id, given)),
}
