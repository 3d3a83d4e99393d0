import { error } from '@sveltejs/kit'
import { findAgenda, startCampaign } from '#coalition/server'
import { readCampaignForm } from '#lib/server/campaign-form.ts'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('run_campaign') || body.closedAt) error(404)
	const { goals } = await findAgenda(locals.database, body.id)
	return {
		body: { slug: body.slug, name: body.name }, today: new Date().toISOString().slice(0, 10), goals: goals.filter(({ closedAt }) => !closedAt).map(({ id, title }) => ({ id, title })),
		counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })),
	}
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return startCampaign(writer, actor, body.id, readCampaignForm(given), now)
		}, (id) => `/coalition/campaigns/${id}`),
}
