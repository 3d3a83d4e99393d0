import { redirect } from '@sveltejs/kit'
import { beginRateImport, findProgress, findRateImport, listRateImports, setRatesAside, setTargets, takeInRates } from '#coalition/server'
import { Refusal } from '#database'
import { personOfAccount } from '#people/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { chosenMetric, getCampaignWork, namesOfPlaces } from '#lib/server/campaign-page.ts'
import { act } from '#lib/server/coalition-actor.ts'
import { RATE_FILE_MEGABYTES, readRateFile } from '#lib/server/rate-file.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

const SHOWN = 20

export const load: PageServerLoad = async (event) => {
	const { campaign, body, open } = await getCampaignWork(event, 'run_campaign')
	const { locals } = event
	const { metric } = await chosenMetric(locals, campaign, null)
	const [waiting, lists, names, progress] = await Promise.all([findRateImport(locals.database, campaign.id), listRateImports(locals.database, campaign.id), namesOfPlaces(locals, campaign), findProgress(locals.database, campaign.id, metric)])
	const days = [...new Set(waiting?.readings.map(({ day }) => day))].sort()
	return {
		campaign, body, open, lists, metric, targets: progress.places.length, megabytes: RATE_FILE_MEGABYTES,
		waiting: waiting && { ...waiting, days, count: waiting.readings.length, places: new Set(waiting.readings.map(({ geoid }) => geoid)).size, faults: waiting.faults.slice(0, SHOWN), faulty: waiting.faults.length, readings: waiting.readings.slice(0, SHOWN).map((reading) => ({ ...reading, name: names.get(reading.geoid)?.name ?? reading.geoid })) },
	}
}

const here = (id: string) => `/coalition/campaigns/${id}/targets`

export const actions: Actions = {
	bring: async (event) => {
		const { locals, params, request } = event
		const { actor } = await getCampaignWork(event, 'run_campaign')
		let given = { pasted: '', source: '', day: '' }
		try {
			if (Number(request.headers.get('content-length') ?? 0) > RATE_FILE_MEGABYTES * 1e6) throw new Refusal('import_file_too_large', { megabytes: RATE_FILE_MEGABYTES })
			const fields = await request.formData()
			const file = fields.get('file')
			given = { pasted: text(fields, 'pasted'), source: text(fields, 'source'), day: text(fields, 'day') }
			const chosen = file instanceof File && file.size > 0
			if (!chosen && !given.pasted.trim()) throw new Refusal('rates_no_file')
			const rates = await readRateFile(chosen ? file.name : 'list.csv', chosen ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(given.pasted))
			const now = new Date()
			await locals.database.transaction().execute(async (writer) => beginRateImport(writer, { ...actor, person: await personOfAccount(writer, locals.account!, now) }, params.id, { ...given, ...rates }, now))
		} catch (cause) {
			return refuse(cause, { given: given as Record<string, string> })
		}
		redirect(303, localizeHref(`${here(params.id)}#waiting`))
	},
	take: (event) => act(event, (writer, actor, given, now) => takeInRates(writer, actor, event.params.id, given.import ?? '', now), () => here(event.params.id)),
	aside: (event) => act(event, (writer, actor, _, now) => setRatesAside(writer, actor, event.params.id, now), () => here(event.params.id)),
	set: (event) => act(event, (writer, actor, { metric = '', how = '', points = '', list = '' }, now) => setTargets(writer, actor, event.params.id, { metric, how, points, list }, now), () => `/coalition/campaigns/${event.params.id}#goals`),
}
