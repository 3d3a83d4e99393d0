import { error } from '@sveltejs/kit'
import { callOffWave, findWaveResults, listWaves, openWave, takeCode } from '#coalition/server'
import { canDeliverMail } from '#mail/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import { givePaperCodes } from '#lib/server/survey-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' })
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_capacity')) error(404)
	const now = new Date()
	const [waves, results, mails] = await Promise.all([listWaves(locals.database, actor, body, now), findWaveResults(locals.database, actor, body, now), canDeliverMail(locals.database)])
	const result = results.find(({ id }) => id === url.searchParams.get('wave')) ?? results[0]
	const mayOpen = can('open_survey_wave') && !body.closedAt
	return {
		body: { name: body.name, slug: body.slug }, result, results: results.map(({ id, closesOn }) => ({ id, closesOn })), mails, mayOpen, today: now.toISOString().slice(0, 10),
		// How far the codes are out, only whoever gives them out reads.
		running: waves.filter(({ state }) => state === 'open' || state === 'coming').map(({ withoutCode, ...wave }) => ({ ...wave, withoutCode: mayOpen ? withoutCode : 0 })),
		calledOff: waves.filter(({ state }) => state === 'called_off').map(({ id, opensOn, closesOn, reason }) => ({ id, opensOn, closesOn, reason })),
	}
}

const here = (slug: string) => `/coalition/${slug}/capacity/survey`

export const actions: Actions = {
	open: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return openWave(writer, actor, body.id, { opensOn: given.opensOn ?? '', closesOn: given.closesOn ?? '' }, await canDeliverMail(event.locals.database), now)
		}, () => here(event.params.slug)),
	off: (event) => act(event, (writer, actor, given, now) => callOffWave(writer, actor, given.wave ?? '', given.reason ?? '', now), () => here(event.params.slug)),
	code: (event) => act(event, (writer, actor, given, now) => takeCode(writer, actor, given.wave ?? '', now), (code) => `/survey?code=${code}`),
	paper: (event) => givePaperCodes(event),
}
