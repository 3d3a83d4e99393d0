import { countAnswers, enterSlip, findSurvey } from '#coalition/server'
import { getWorkPage } from '#lib/server/convening-page.ts'
import { takeAnswers } from '#lib/server/room-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening } = await getWorkPage({ locals, params, url }, 'enter_room_answer')
	const [survey, { answered }] = await Promise.all([findSurvey(locals.database, params.id), countAnswers(locals.database, params.id)])
	return { convening: { id: convening.id, title: convening.title }, sets: survey && !survey.closedAt ? survey.sets : undefined, answered, done: url.searchParams.has('done') }
}

export const actions: Actions = {
	default: (event) => takeAnswers(event, (writer, actor, answers, now) => enterSlip(writer, actor, event.params.id, answers, now), `/convenings/${event.params.id}/who/enter?done`),
}
