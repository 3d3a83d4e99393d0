import { csvText } from '#atlas'
import { findProgress } from '#coalition/server'
import { chosenMetric, getCampaignPage, namesOfPlaces } from '#lib/server/campaign-page.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { campaign } = await getCampaignPage(locals, params.id)
	const { metric } = await chosenMetric(locals, campaign, url.searchParams.get('metric'))
	const [{ places }, names] = await Promise.all([findProgress(locals.database, campaign.id, metric), namesOfPlaces(locals, campaign)])
	const cell = (value: number | undefined) => (value === undefined ? '' : String(Math.round(10 * value) / 10))
	const rows = places.map(({ geoid, baseline, latest, goal, short, standing }) => [geoid, names.get(geoid)?.name ?? '', names.get(geoid)?.county ?? '', metric, cell(baseline), cell(latest?.value), latest?.day ?? '', cell(goal), cell(short), standing])
	return new Response(csvText([['geoid', 'place', 'county', 'metric', 'baseline_percent', 'latest_percent', 'latest_day', 'goal_percent', 'points_below_goal', 'standing'], ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="campaign-${campaign.id}.csv"`, 'cache-control': 'private, no-cache' },
	})
}
