import { error, redirect } from '@sveltejs/kit'
import { mainMetric, METRICS, type BodyAction, type Metric } from '#coalition'
import { findCampaignPlaces, getBodyRef, getCampaign, listMetrics, type Actor, type Campaign } from '#coalition/server'
import { Refusal } from '#database'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'
import { RateLimit } from './api/rate-limit.ts'
import { getBodyPage, readingActor } from './coalition-actor.ts'
import { ofThisRequest } from './of-this-request.ts'

export interface CampaignPage {
	campaign: Campaign
	body: { id: string; name: string; slug: string }
	actor: Actor
	can: (action: BodyAction) => boolean
	/** Whether it may still be changed. */
	open: boolean
}

/** The campaign of an address for somebody who may read it; a page that does not exist for anybody else. */
export function getCampaignPage(locals: App.Locals, id: string): Promise<CampaignPage> {
	return ofThisRequest(locals, `campaign ${id}`, () => askForCampaign(locals, id))
}

async function askForCampaign(locals: App.Locals, id: string): Promise<CampaignPage> {
	let campaign: Campaign
	try {
		campaign = await getCampaign(locals.database, await readingActor(locals), id, new Date())
	} catch (cause) {
		if (cause instanceof Refusal) error(404)
		throw cause
	}
	const { slug } = await getBodyRef(locals.database, campaign.body)
	const { body, actor, can } = await getBodyPage(locals, slug)
	return { campaign, body: { id: body.id, name: body.name, slug }, actor, can, open: !campaign.ended && !body.closedAt }
}

/** The same for somebody whose roles allow one of these actions; others are led to the sign-in, or the page does not exist. */
export async function getCampaignWork({ locals, url, params }: { locals: App.Locals; url: URL; params: { id: string } }, ...actions: BodyAction[]): Promise<CampaignPage> {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	const page = await getCampaignPage(locals, params.id)
	if (!actions.some(page.can)) error(404)
	return page
}

/** What a page of a campaign counts: what its address asks for, else the main metric of its kind, and the others that have numbers. */
export async function chosenMetric(locals: App.Locals, campaign: Campaign, asked: string | null): Promise<{ metric: Metric; metrics: Metric[] }> {
	const metrics = await listMetrics(locals.database, campaign.id)
	const main = mainMetric(campaign.kind)
	const metric = METRICS.find((one) => one === asked) ?? (metrics.includes(main) ? main : (metrics[0] ?? main))
	return { metric, metrics }
}

/** Names of a campaign's tracts and counties by GEOID. */
export async function namesOfPlaces(locals: App.Locals, campaign: Campaign): Promise<Map<string, { name: string; county: string }>> {
	const { places } = await findCampaignPlaces(locals.database, campaign)
	return new Map([...places.map(({ countyGeoid, countyName }) => [countyGeoid, { name: countyName, county: '' }] as const), ...places.map(({ geoid, name, countyName }) => [geoid, { name, county: countyName }] as const)])
}

const COMMENTS_A_MINUTE = 20
const commentLimit = new RateLimit(COMMENTS_A_MINUTE)

/** Counts a comment of one network. Errors: `comment_too_many`. */
export function takeCommentTurn(address: string): void {
	if (!commentLimit.take(address, Date.now()).allowed) throw new Refusal('comment_too_many')
}
