import { listHours, listPartners, logHours, strikeHours, sumHours } from '#coalition/server'
import { getCampaignWork } from '#lib/server/campaign-page.ts'
import { act } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
	const { campaign, body, actor, can, open } = await getCampaignWork(event, 'log_hours', 'run_campaign')
	const { database } = event.locals
	const run = can('run_campaign')
	const [lines, years, partners] = await Promise.all([listHours(database, actor, campaign.id, { whose: run ? 'all' : 'own' }), sumHours(database, campaign.id), listPartners(database, campaign.body, new Date())])
	return { campaign, body, run, years, partners, today: new Date().toISOString().slice(0, 10), mayLog: can('log_hours') && open, lines: lines.map((line) => ({ ...line, mayStrike: open && (line.own || run) })) }
}

const here = (id: string) => `/coalition/campaigns/${id}/hours`

export const actions: Actions = {
	log: (event) => act(event, (writer, actor, { organization = '', day = '', hours = '', cost = '', class: legal = '', what = '' }, now) => logHours(writer, actor, event.params.id, { organization, day, hours, cost, class: legal, what }, now), () => here(event.params.id)),
	strike: (event) => act(event, (writer, actor, given, now) => strikeHours(writer, actor, event.params.id, given.line ?? '', now), () => here(event.params.id)),
}
