import { error } from '@sveltejs/kit'
import { csvText } from '#atlas'
import { listHours, sumHours } from '#coalition/server'
import { getCampaignPage } from '#lib/server/campaign-page.ts'
import type { RequestHandler } from './$types'

/** Sums by year and class first, as they are reported, then every line of them. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { campaign, actor, can } = await getCampaignPage(locals, params.id)
	if (!can('run_campaign')) error(404)
	const [years, lines] = await Promise.all([sumHours(locals.database, campaign.id), listHours(locals.database, actor, campaign.id, { whose: 'all' })])
	const dollars = (cents: number) => (cents / 100).toFixed(2)
	const rows = [
		...years.map(({ year, class: legal, hours, costCents }) => ['sum', String(year), '', legal, '', '', String(hours), dollars(costCents), '']),
		...lines.map(({ day, class: legal, kind, name, hours, costCents, what }) => ['line', day.slice(0, 4), day, legal, kind, name, String(hours), dollars(costCents), what]),
	]
	return new Response(csvText([['row', 'year', 'day', 'class', 'who', 'name', 'hours', 'cost_dollars', 'what'], ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="hours-${campaign.id}.csv"`, 'cache-control': 'no-store' },
	})
}
