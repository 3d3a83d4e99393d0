import { endTurf, giveTurf, listPartners, listTurfs } from '#coalition/server'
import { getCampaignWork, namesOfPlaces } from '#lib/server/campaign-page.ts'
import { act } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
	const { campaign, body, open } = await getCampaignWork(event, 'run_campaign')
	const { database } = event.locals
	const [turfs, partners, names] = await Promise.all([listTurfs(database, campaign.id), listPartners(database, campaign.body, new Date()), namesOfPlaces(event.locals, campaign)])
	return { campaign, body, open, partners, turfs: turfs.map((turf) => ({ ...turf, names: turf.places.map((geoid) => names.get(geoid)?.name ?? geoid) })) }
}

const here = (id: string) => `/coalition/campaigns/${id}/turf`

export const actions: Actions = {
	give: (event) => act(event, (writer, actor, { organization = '', places = '', beginsOn = '', endsOn = '' }, now) => giveTurf(writer, actor, event.params.id, { organization, places, beginsOn, endsOn }, now), () => here(event.params.id)),
	end: (event) => act(event, (writer, actor, given, now) => endTurf(writer, actor, event.params.id, given.turf ?? '', now), () => here(event.params.id)),
}
