import { error } from '@sveltejs/kit'
import { listPublicBodies } from '#coalition/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const [publicBody] = await listPublicBodies(locals.database, { slug: params.slug }, new Date())
	if (!publicBody) error(404)
	return { publicBody }
}
