import { listEditions, listStandards } from '#communities/server'
import { getStandard, standardView } from '#lib/server/standard-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const found = await getStandard(locals, params, url.searchParams.get('edition'))
	const [editions, all] = await Promise.all([listEditions(locals.database, params.standard, params.version), listStandards(locals.database)])
	return {
		...standardView(found),
		editions: editions.filter((edition) => edition !== found.pack.edition),
		others: all.filter(({ pack }) => pack.standard === params.standard && pack.version !== params.version).map(({ pack }) => pack.version),
	}
}
