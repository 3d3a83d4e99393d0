import { SET_NAMES } from '#coalition'
import { closeSurvey, countAnswers, findPublishedRoom, findRoomProcess, findSurvey, listOwnWords, listTargets, openSurvey, publishRoom } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getConveningPage } from '#lib/server/convening-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { convening, actor, can } = await getConveningPage(locals, params.id)
	const { database } = locals
	const works = can('open_room_survey') || can('enter_room_answer') || can('publish_room')
	const [survey, room, targets] = await Promise.all([findSurvey(database, params.id), findPublishedRoom(database, params.id), listTargets(database, convening.body)])
	const { id, title, hosts, state, startsAt } = convening
	return {
		convening: { id, title, hosts }, survey, room, targets,
		process: state === 'held' ? await findRoomProcess(database, convening) : undefined,
		// How many answered is for who runs it until it is published.
		count: works && survey && !room ? await countAnswers(database, params.id) : undefined,
		words: can('publish_room') && survey?.closedAt ? await listOwnWords(database, actor, params.id, new Date()) : [],
		can: { open: can('open_room_survey') && !survey && state !== 'cancelled', close: can('open_room_survey') && survey !== undefined && !survey.closedAt, enter: can('enter_room_answer') && survey !== undefined && !survey.closedAt, publish: can('publish_room') && survey !== undefined && !room && startsAt <= new Date() },
	}
}

const back = (id: string) => () => `/convenings/${id}/who/results`

export const actions: Actions = {
	open: (event) => act(event, (writer, actor, given, now) => openSurvey(writer, actor, event.params.id, SET_NAMES.filter((set) => given[`ask-${set}`] === 'on'), now), back(event.params.id)),
	close: (event) => act(event, (writer, actor, _, now) => closeSurvey(writer, actor, event.params.id, now), back(event.params.id)),
	publish: (event) => act(event, (writer, actor, _, now) => publishRoom(writer, actor, event.params.id, now), back(event.params.id)),
}
