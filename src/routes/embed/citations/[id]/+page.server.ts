import { error } from '@sveltejs/kit'
import { findCitation } from '#atlas/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	const citation = await findCitation(locals.database, params.id)
	if (!citation) error(404)
	setHeaders({ 'cache-control': 'public, max-age=300' })
	return { citation }
}
