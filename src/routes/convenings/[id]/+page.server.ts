import { redirect } from '@sveltejs/kit'
import { listActionItems, findMinutes, findPlaceInSeries, findSurvey, listRoles, listSupports, readableAmong, sayComing, type Actor, type Minutes } from '#coalition/server'
import { publicSupports } from '#coalition'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { inLanguage } from '#lib/localized.ts'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getConveningPage, findByCode, readRsvpForm, rsvpPath, sendLetters, takeTurn } from '#lib/server/convening-page.ts'
import { eventJsonLd } from '#lib/server/event-json-ld.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening, can, actor } = await getConveningPage(locals, params.id)
	const [actions, minutes, supports, survey, place] = await Promise.all([listActionItems(locals.database, { convening: params.id }, new Date()), findMinutes(locals.database, params.id), listSupports(locals.database, params.id), findSurvey(locals.database, params.id), findPlaceInSeries(locals.database, params.id)])
	const now = new Date()
	const { onlineUrl: _, body: __, ...shown } = convening
	return {
		convening: shown, roles: await listRoles(locals.database, actor, { helps: `coalition:convening/${params.id}`, open: true }, now), place, minutes: minutes && { ...minutes, decisions: undefined }, decided: await decidedThere(locals, actor, minutes), actions: actions.map(({ owner: _, ...item }) => item), survey: survey && (survey.closedAt ? 'closed' as const : 'open' as const),
		// How many asked for what is told when it is over, to everybody only where nobody can be found by it.
		supports: convening.state !== 'held' ? { shown: [], hidden: [] } : can('see_guests') ? { shown: supports, hidden: [] } : publicSupports(supports),
		open: convening.state === 'planned' && convening.endsAt > now,
		county: convening.county ? locals.region!.counties[convening.county] : undefined,
		formKey: crypto.randomUUID(), own: locals.account?.name ?? '',
		jsonLd: can('see_inside') ? eventJsonLd(convening, `${url.origin}${localizeHref(`/convenings/${params.id}`)}`, inLanguage(locals.region!.name)) : '',
		can: { act: can('set_action_item'), convene: can('convene') && convening.state === 'planned', checkIn: can('check_in'), room: can('open_room_survey') && convening.state !== 'cancelled', minutes: can('write_minutes') && convening.state !== 'cancelled' },
	}
}

/** Decisions that the minutes name, those left out that the reader may not read. */
async function decidedThere(locals: App.Locals, actor: Actor, minutes: Minutes | undefined) {
	const readable = await readableAmong(locals.database, actor, minutes?.decisions.map(({ body }) => body) ?? [], new Date())
	return (minutes?.decisions ?? []).filter(({ body }) => readable.includes(body)).map(({ id, title }) => ({ id, title }))
}

export const actions: Actions = {
	come: (event) =>
		actAsAnybody(event, async (writer, actor, given, now) => {
			takeTurn(event.getClientAddress())
			return sayComing(writer, actor, event.params.id, readRsvpForm(given), now)
		}, async ({ id, code, repeated }) => {
			if (!repeated) await sendLetters(event.locals, event.url.origin, [id])
			return rsvpPath(event.params.id, code)
		}),
	find: async ({ locals, params, request, getClientAddress }) => {
		const typed = String((await request.formData()).get('code') ?? '').slice(0, 40)
		let path: string
		try {
			takeTurn(getClientAddress())
			path = await findByCode(locals, params.id, typed)
		} catch (cause) {
			return refuse(cause, { given: { code: typed } as Record<string, string> })
		}
		redirect(303, localizeHref(path))
	},
}
