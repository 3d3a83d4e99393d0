import { getCampaignPage } from '#lib/server/campaign-page.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params }) => {
	const { campaign, body, can } = await getCampaignPage(locals, params.id)
	const run = can('run_campaign')
	const shown = ['', ...(campaign.kind === 'development_plan' ? ['/comments'] : []), ...(run ? ['/targets', '/turf'] : []), ...(run || can('write_canvass_note') ? ['/notes'] : []), ...(run || can('log_hours') ? ['/hours'] : [])]
	return { nav: { id: campaign.id, title: campaign.title, body: body.name, slug: body.slug, shown } }
}
