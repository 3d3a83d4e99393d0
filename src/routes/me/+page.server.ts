import { redirect } from '@sveltejs/kit'
import { listConvenings, listOwnConvenings, listOwnShifts, listWaiting } from '#coalition/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { readingActor } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

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
		name: locals.account.name, administrator: locals.account.administrator, waiting, coming, shifts, bodies: bodies.map(({ name, slug }) => ({ name, slug })),
		ahead: convenings.filter(({ id, hosts, startsAt, state }) => state === 'planned' && startsAt.getTime() < until && hosts.some(({ slug }) => own.has(slug)) && !coming.some((one) => one.id === id)),
		today: now.toISOString().slice(0, 10),
	}
}
