import { redirect } from '@sveltejs/kit'
import { findOwnShifts, signUp } from '#coalition/server'
import { Refusal } from '#database'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import { isProgram, takePartTurn } from '#lib/server/taking-part-page.ts'
import { getRolePage, minePath, readVolunteerForm } from '#lib/server/volunteering-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { role, can } = await getRolePage(locals, params.id)
	return { role, own: locals.account?.name ?? '', formKey: crypto.randomUUID(), can: { offer: can('offer_role'), coordinate: can('coordinate_volunteers') } }
}

export const actions: Actions = {
	take: (event) =>
		actAsAnybody(event, async (writer, actor, given, now) => {
			takePartTurn(event.getClientAddress())
			return isProgram(given) ? undefined : signUp(writer, actor, event.params.id, readVolunteerForm(given), now)
		}, (taken) => (taken ? minePath(event.params.id, taken.code) : `/volunteering/${event.params.id}`)),
	find: async ({ locals, params, request, getClientAddress }) => {
		const typed = String((await request.formData()).get('code') ?? '').slice(0, 40)
		const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '')
		try {
			takePartTurn(getClientAddress())
			if (!(await findOwnShifts(locals.database, params.id, code))) throw new Refusal('sign_up_not_found')
		} catch (cause) {
			return refuse(cause, { given: { code: typed } as Record<string, string> })
		}
		redirect(303, localizeHref(minePath(params.id, code)))
	},
}
