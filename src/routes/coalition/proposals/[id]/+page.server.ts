import { error, redirect } from '@sveltejs/kit'
import { findProposalBody } from '#coalition/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import type { PageServerLoad } from './$types'

/** A proposal stands on the agenda of the body that it was raised with. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const slug = await findProposalBody(locals.database, params.id)
	if (!slug) error(404)
	redirect(307, localizeHref(`/coalition/${slug}/agenda#${params.id}`))
}
