import { error } from '@sveltejs/kit'
import { convene, conveneSeries } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import { listCoHosts } from '#lib/server/co-hosts.ts'
import { readConveningForm, readSeriesForm } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('convene') || body.closedAt) error(404)
	return { body: { slug: body.slug, name: body.name }, hosts: await listCoHosts(locals, actor, body.id), counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })) }
}

export const actions: Actions = {
	default: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const series = readSeriesForm(given)
			if (series) return `/convenings/series/${(await conveneSeries(writer, actor, body.id, readConveningForm(given), series, now)).series}`
			return `/convenings/${await convene(writer, actor, body.id, readConveningForm(given), now)}`
		}, (path) => path),
}
