import { redirect } from '@sveltejs/kit'
import { listBodiesOfPerson, topicOf } from '#coalition/server'
import { chooseCadence, listCadences, stopEverything } from '#mail/server'
import { cadenceName, hearQuestion } from '#lib/mail-words.ts'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { m } from '#lib/paraglide/messages.js'
import { requireToken } from '#lib/server/mail-token.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
	const { person, topic } = await requireToken(event)
	event.setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' })
	const [bodies, cadences] = await Promise.all([listBodiesOfPerson(event.locals.database, person, new Date()), listCadences(event.locals.database, person)])
	const shown = bodies.map(({ id, name }) => ({ id, name, cadence: cadences.get(topicOf(id)) ?? ('none' as const) }))
	return { bodies: shown, about: shown.find(({ id }) => topic === topicOf(id)), saved: event.url.searchParams.has('saved'), stopped: event.url.searchParams.has('stopped') }
}

const back = (token: string, what: string) => redirect(303, localizeHref(`/mail/${token}?${what}`))

export const actions: Actions = {
	save: async (event) => {
		const [{ person }, fields, now] = [await requireToken(event), await event.request.formData(), new Date()]
		try {
			await event.locals.database.transaction().execute(async (writer) => {
				for (const { id, name } of await listBodiesOfPerson(writer, person, now)) {
					const cadence = fields.get(`cadence-${id}`)
					if (typeof cadence === 'string') await chooseCadence(writer, person, topicOf(id), cadence, { wording: `${hearQuestion(name)} ${cadenceName(cadence)}`, source: 'choices page' }, now)
				}
			})
		} catch (cause) {
			return refuse(cause, {})
		}
		back(event.params.token, 'saved')
	},
	stop: async (event) => {
		const { person } = await requireToken(event)
		await event.locals.database.transaction().execute((writer) => stopEverything(writer, person, { wording: m.mail_choices_stop_all(), source: 'choices page' }, new Date()))
		back(event.params.token, 'stopped')
	},
}
