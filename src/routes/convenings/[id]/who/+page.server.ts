import { answerSurvey, findSurvey } from '#coalition/server'
import { getConveningPage } from '#lib/server/convening-page.ts'
import { takeAnswers } from '#lib/server/room-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening } = await getConveningPage(locals, params.id)
	const survey = await findSurvey(locals.database, params.id)
	const { id, title, hosts } = convening
	return { convening: { id, title, hosts: hosts.map(({ name }) => name).join(', ') }, sets: survey?.sets, closed: survey?.closedAt !== undefined, done: url.searchParams.has('done') }
}

export const actions: Actions = {
	default: (event) => takeAnswers(event, (writer, actor, answers, now) => answerSurvey(writer, actor, event.params.id, answers, now), `/convenings/${event.params.id}/who?done`),
}
