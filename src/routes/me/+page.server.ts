import { redirect } from '@sveltejs/kit'
import { firstOfEach } from '#coalition'
import { changeFeed, findFeed, listConvenings, listOwnConvenings, listOwnShifts, listWaiting, makeFeed, withdrawFeed } from '#coalition/server'
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js'
import { act, readingActor } from '#lib/server/coalition-actor.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import { personOfAccount } from '#people/server'
import type { Actions, PageServerLoad } from './$types'

/** How far the page looks ahead. */
const DAYS_AHEAD = 60

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	if (!locals.account) redirect(303, localizeHref('/sign-in?to=/me'))
	setHeaders({ 'cache-control': 'no-store' })
	const [actor, now] = [await readingActor(locals), new Date()]
	const [{ bodies, waiting }, coming, convenings, shifts] = await Promise.all([
		listWaiting(locals.database, actor, now), actor.person ? listOwnConvenings(locals.database, actor.person, now) : [], listConvenings(locals.database, actor, { from: now }, now),
		actor.person ? listOwnShifts(locals.database, actor.person, now) : [],
	])
	const own = new Set(bodies.map(({ slug }) => slug))
	const until = now.getTime() + DAYS_AHEAD * 86_400_000
	return {
		name: locals.account.name, administrator: locals.account.administrator, waiting, coming: firstOfEach(coming), shifts, bodies: bodies.map(({ name, slug }) => ({ name, slug })),
		ahead: firstOfEach(convenings.filter(({ id, hosts, startsAt, state }) => state === 'planned' && startsAt.getTime() < until && hosts.some(({ slug }) => own.has(slug)) && !coming.some((one) => one.id === id))),
		feed: actor.person ? await findFeed(locals.database, actor.person) : undefined,
		today: now.toISOString().slice(0, 10),
	}
}

const choiceOf = ({ answered, bodies }: Record<string, string>) => ({ answered: answered === 'on', bodies: bodies === 'on' })

export const actions: Actions = {
	// Answered by the page itself and not by leading on: the address is told this once and stored nowhere.
	makeFeed: async ({ locals, request, url }) => {
		if (!locals.account) redirect(303, localizeHref('/sign-in?to=/me'))
		const given: Record<string, string> = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]))
		const [account, now] = [locals.account, new Date()]
		try {
			const token = await locals.database.transaction().execute(async (writer) => makeFeed(writer, { account: account.id, person: await personOfAccount(writer, account, now), administrator: false }, { ...choiceOf(given), language: getLocale() }, now))
			return { feed: `${url.origin}/calendars/${token}.ics`, fault: undefined }
		} catch (cause) {
			return refuse(cause, { feed: undefined })
		}
	},
	changeFeed: (event) => act(event, (writer, actor, given) => changeFeed(writer, actor, choiceOf(given)), () => '/me#calendar'),
	withdrawFeed: (event) => act(event, (writer, actor, _, now) => withdrawFeed(writer, actor, now), () => '/me#calendar'),
}
