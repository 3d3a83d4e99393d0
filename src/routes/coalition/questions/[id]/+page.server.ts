import { error } from '@sveltejs/kit'
import { may, type BodyAction } from '#coalition'
import { answerQuestion, findQuestion, getBodyRef, positionsOf, sayWhatHelped, withdrawAnswer } from '#coalition/server'
import { act, readingActor } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const [actor, now] = [await readingActor(locals), new Date()]
	const found = await findQuestion(locals.database, actor, params.id, now)
	if (!found) error(404)
	const body = await getBodyRef(locals.database, found.to.id)
	const positions = await positionsOf(locals.database, body.id, actor, now)
	const can = (action: BodyAction) => may(positions, action, body.visibility)
	const own = actor.person !== undefined && found.person === actor.person
	const { person: _, name, said, ...question } = found
	// Names are told to the members of the body that was asked.
	const seesPeople = can('see_members')
	return {
		question, own, asker: seesPeople || own ? name : '', closed: body.closed,
		answers: said.map(({ person, name: answerer, ...answer }) => ({ ...answer, name: seesPeople ? answerer : '', own: person === actor.person })),
		mayAnswer: can('answer_question') && !body.closed,
	}
}

const here = (id: string) => `/coalition/questions/${id}`

export const actions: Actions = {
	answer: (event) => act(event, (writer, actor, given, now) => answerQuestion(writer, actor, event.params.id, given.text ?? '', now), (id) => `${here(event.params.id)}#${id}`),
	withdraw: (event) => act(event, (writer, actor, given, now) => withdrawAnswer(writer, actor, given.answer ?? '', now), () => here(event.params.id)),
	helped: (event) => act(event, (writer, actor, given, now) => sayWhatHelped(writer, actor, event.params.id, given.answer ?? '', now), () => here(event.params.id)),
}
