import { error } from '@sveltejs/kit'
import { findMethod } from '#lib/server/methods.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ params }) => {
	const method = findMethod(params.page)
	if (!method) error(404)
	return method
}
