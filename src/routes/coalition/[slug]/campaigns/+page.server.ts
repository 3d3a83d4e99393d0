import { error } from '@sveltejs/kit'
import { listCampaigns } from '#coalition/server'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const all = await listCampaigns(locals.database, body.id)
	return { body: { name: body.name, slug: body.slug }, open: all.filter(({ ended }) => !ended), ended: all.filter(({ ended }) => ended), mayRun: can('run_campaign') && !body.closedAt }
}
