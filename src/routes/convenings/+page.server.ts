import { firstOfEach } from '#coalition'
import { listConvenings } from '#coalition/server'
import { readingActor } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

const PAST_SHOWN = 30

export const load: PageServerLoad = async ({ locals, url }) => {
	const now = new Date()
	const counties = Object.entries(locals.region!.counties).map(([geoid, name]) => ({ geoid, name }))
	const county = counties.find(({ geoid }) => geoid === url.searchParams.get('county'))?.geoid
	const actor = await readingActor(locals)
	const [coming, all] = await Promise.all([listConvenings(locals.database, actor, { county, from: now }, now), listConvenings(locals.database, actor, { county }, now)])
	return { counties, county, coming: firstOfEach(coming), past: all.filter(({ endsAt }) => endsAt <= now).slice(0, PAST_SHOWN) }
}
