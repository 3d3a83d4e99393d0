import { SUPPORTS } from '#coalition'
import { getConvening, sayComingToSeries } from '#coalition/server'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { readRsvpForm, sendSeriesLetter, seriesRsvpPath, takeTurn } from '#lib/server/convening-page.ts'
import { getSeriesPage } from '#lib/server/series-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const [{ series, actor }, now] = [await getSeriesPage(locals, params.id), new Date()]
	const dates = series.dates.map((date) => ({ ...date, open: date.state === 'planned' && date.endsAt > now, over: date.endsAt <= now }))
	// What is said of the series as a whole is what its next date says.
	const next = dates.find(({ open }) => open) ?? dates.at(-1)!
	const { about, minors, supports, languages, levelPromised } = await getConvening(locals.database, actor, next.id, {}, now)
	return {
		id: series.id, rhythm: series.rhythm, dates, next, about, minors, supports: SUPPORTS.filter((one) => supports.includes(one)), languages, levelPromised,
		county: next.county ? locals.region!.counties[next.county] : undefined, formKey: crypto.randomUUID(), own: locals.account?.name ?? '',
	}
}

export const actions: Actions = {
	come: (event) =>
		actAsAnybody(event, async (writer, actor, given, now) => {
			takeTurn(event.getClientAddress())
			const chosen = Object.keys(given).flatMap((name) => (name.startsWith('date-') ? [name.slice('date-'.length)] : []))
			return sayComingToSeries(writer, actor, event.params.id, readRsvpForm(given), chosen, now)
		}, async (receipt) => {
			if (!receipt.repeated) await sendSeriesLetter(event.locals, event.url.origin, event.params.id, receipt)
			return seriesRsvpPath(event.params.id, receipt.code)
		}),
}
