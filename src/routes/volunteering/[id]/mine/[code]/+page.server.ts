import { confirmShifts, giveShiftBack, takeMore } from '#coalition/server'
import { canDeliverMail } from '#mail/server'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getRolePage, minePath, tickedShifts } from '#lib/server/volunteering-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
	const { role, own } = await getRolePage(locals, params.id, params.code)
	const { person: _, id: __, ...shown } = own!
	const held = new Set(own!.shifts.filter(({ state }) => state !== 'given_back').map(({ shift }) => shift))
	return { role, own: shown, code: params.code, now: new Date(), mails: await canDeliverMail(locals.database), more: role.closed ? [] : role.shifts.filter(({ id, calledOff }) => calledOff === undefined && !held.has(id)) }
}

const back = ({ id, code }: { id: string; code: string }) => minePath(id, code)

export const actions: Actions = {
	confirm: (event) => actAsAnybody(event, (writer, _, __, now) => confirmShifts(writer, event.params.id, event.params.code, now), () => back(event.params)),
	giveBack: (event) => actAsAnybody(event, (writer, _, given, now) => giveShiftBack(writer, event.params.id, event.params.code, given.shift ?? '', now), () => back(event.params)),
	more: (event) => actAsAnybody(event, (writer, _, given, now) => takeMore(writer, event.params.id, event.params.code, tickedShifts(given), now), () => back(event.params)),
}
