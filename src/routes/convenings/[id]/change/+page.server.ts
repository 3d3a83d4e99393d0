import { givenTimeOf } from '#coalition'
import { cancelConvening, cancelLater, changeConvening, changeLater, findPlaceInSeries } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getWorkPage, readConveningForm, sendLetters } from '#lib/server/convening-page.ts'
import { listCoHosts } from '#lib/server/co-hosts.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening, actor } = await getWorkPage({ locals, params, url }, 'convene')
	const { id, title, startsAt, endsAt, zone, kind, mode, about, agenda, place, address = '', county = '', onlineUrl, capacity, languages, levelPromised, supports, hosts } = convening
	const series = await findPlaceInSeries(locals.database, id)
	const others = await listCoHosts(locals, actor, convening.body)
	const on = (names: readonly string[], prefix: string) => Object.fromEntries(names.map((name) => [`${prefix}-${name}`, 'on']))
	const now: Record<string, string> = {
		...givenTimeOf(startsAt, endsAt, zone), title, kind, mode, about, agenda, place, address, county, onlineUrl, languages, levelPromised, capacity: capacity === undefined ? '' : String(capacity),
		addressShown: convening.addressShown ? 'on' : '', minors: convening.minors ? 'on' : '', ...on(supports, 'support'), ...on(others.filter(({ slug }) => hosts.some((host) => host.slug === slug)).map((other) => other.id), 'host'),
	}
	return { convening: { id, title, state: convening.state, later: series?.later ?? 0 }, now, hosts: others, counties: Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name })) }
}

export const actions: Actions = {
	change: (event) =>
		act(event, (writer, actor, given, now) => (given.scope === 'later' ? changeLater : changeConvening)(writer, actor, event.params.id, readConveningForm(given), now), async (movedUp) => {
			await sendLetters(event.locals, event.url.origin, movedUp)
			return `/convenings/${event.params.id}`
		}),
	cancel: (event) => act(event, async (writer, actor, given, now) => void (await (given.scope === 'later' ? cancelLater : cancelConvening)(writer, actor, event.params.id, given.reason ?? '', now)), () => `/convenings/${event.params.id}`),
}
