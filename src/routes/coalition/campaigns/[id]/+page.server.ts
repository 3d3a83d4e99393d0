import { changeCampaign, countCanvass, endCampaign, findProgress, listAnswers, listDates, listRoles, listTurfs, recordOfCampaign } from '#coalition/server'
import { readCampaignForm } from '#lib/server/campaign-form.ts'
import { chosenMetric, getCampaignPage, namesOfPlaces } from '#lib/server/campaign-page.ts'
import { act } from '#lib/server/coalition-actor.ts'
import { threadOf } from '#lib/server/thread.ts'
import type { Actions, PageServerLoad } from './$types'

/** Rows of the table on the page; the file has all. */
const PLACES_SHOWN = 30

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { campaign, body, actor, can, open } = await getCampaignPage(locals, params.id)
	const { metric, metrics } = await chosenMetric(locals, campaign, url.searchParams.get('metric'))
	const [progress, dates, turfs, canvass, answers, links, names, roles] = await Promise.all([
		findProgress(locals.database, campaign.id, metric), listDates(locals.database, campaign.id, metric), listTurfs(locals.database, campaign.id), countCanvass(locals.database, campaign.id),
		listAnswers(locals.database, campaign.id), threadOf(locals.database, recordOfCampaign(campaign.id)), namesOfPlaces(locals, campaign),
		listRoles(locals.database, actor, { helps: recordOfCampaign(campaign.id), open: true }, new Date()),
	])
	const { places, ...rest } = progress
	return {
		campaign, body, metric, metrics, dates, turfs, canvass, answers, roles,
		progress: { ...rest, all: places.length, places: places.slice(0, PLACES_SHOWN).map((place) => ({ ...place, ...(names.get(place.geoid) ?? { name: place.geoid, county: '' }) })) },
		links, mayRun: can('run_campaign') && open, mayOffer: can('offer_role') && open,
	}
}

const here = (id: string) => `/coalition/campaigns/${id}`

export const actions: Actions = {
	change: (event) => act(event, (writer, actor, given, now) => changeCampaign(writer, actor, event.params.id, readCampaignForm(given), now), () => here(event.params.id)),
	end: (event) => act(event, (writer, actor, given, now) => endCampaign(writer, actor, event.params.id, given.outcome ?? '', now), () => here(event.params.id)),
}
