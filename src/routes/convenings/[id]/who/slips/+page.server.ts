import { error } from '@sveltejs/kit'
import { findSurvey } from '#coalition/server'
import { getWorkPage } from '#lib/server/convening-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening } = await getWorkPage({ locals, params, url }, 'enter_room_answer')
	const survey = await findSurvey(locals.database, params.id)
	if (!survey) error(404)
	const { id, title, hosts } = convening
	return { convening: { id, title, hosts: hosts.map(({ name }) => name).join(', ') }, sets: survey.sets }
}
