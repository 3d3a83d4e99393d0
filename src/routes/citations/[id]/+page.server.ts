import { error } from '@sveltejs/kit'
import { listThread } from '#database'
import { findCitation } from '#atlas/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const citation = await findCitation(locals.database, params.id)
	if (!citation) error(404)
	const links = await listThread(locals.database, `atlas:citation/${citation.id}`)
	return { citation, address: url.origin + url.pathname, origin: url.origin, links: links.map(({ from_record, relation, to_record, at }) => ({ from: from_record, relation, to: to_record, at })) }
}
