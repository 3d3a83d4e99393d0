import { error } from '@sveltejs/kit'
import { findTerm } from '#coalition/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const now = new Date()
	const term = await findTerm(locals.database, params.id, now)
	if (!term) error(404)
	const { publicBody: { slug, name, quiet }, ...rest } = term
	return { term: { ...rest, publicBody: { slug, name, quiet } }, today: now.toISOString().slice(0, 10), address: url.origin + url.pathname }
}
