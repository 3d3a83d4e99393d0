import { error } from '@sveltejs/kit'
import { findCitation } from '#atlas/server'
import { threadOf } from '#lib/server/thread.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const citation = await findCitation(locals.database, params.id)
	if (!citation) error(404)
	return { citation, address: url.origin + url.pathname, origin: url.origin, links: await threadOf(locals.database, `atlas:citation/${citation.id}`) }
}
