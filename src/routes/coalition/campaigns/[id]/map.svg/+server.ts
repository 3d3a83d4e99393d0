import { error } from '@sveltejs/kit'
import { getDrawing } from '#atlas/server'
import { findCampaignPlaces, findProgress } from '#coalition/server'
import { drawCampaign } from '#lib/server/campaign-picture.ts'
import { chosenMetric, getCampaignPage } from '#lib/server/campaign-page.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { campaign } = await getCampaignPage(locals, params.id)
	const { metric } = await chosenMetric(locals, campaign, url.searchParams.get('metric'))
	const places = await findCampaignPlaces(locals.database, campaign)
	if (!places.geography) error(404)
	const [drawing, progress] = await Promise.all([getDrawing(locals.database, places.geography.key), findProgress(locals.database, campaign.id, metric)])
	return new Response(drawCampaign(drawing, places, progress, campaign.title), { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'private, no-cache' } })
}
