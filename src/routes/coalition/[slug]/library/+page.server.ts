import { error } from '@sveltejs/kit'
import { DOMAINS } from '#atlas'
import { RESOURCE_KINDS } from '#coalition'
import { addResource, askQuestion, listBodiesOfPerson, listQuestions, listResources } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const [kind, topic] = [RESOURCE_KINDS.find((one) => one === url.searchParams.get('kind')), DOMAINS.find((one) => one === url.searchParams.get('topic'))]
	const [resources, questions, bodies] = await Promise.all([
		listResources(locals.database, body.id, { kind, topic }),
		listQuestions(locals.database, actor, body.id, now),
		actor.person && !body.closedAt ? listBodiesOfPerson(locals.database, actor.person, now) : [],
	])
	return {
		body: { id: body.id, name: body.name, slug: body.slug }, kind, topic, resources: resources.map(({ addedBy: _, ...resource }) => resource), questions,
		askers: bodies.map(({ id, name }) => ({ id, name })),
		asking: { exchange: url.searchParams.get('exchange') ?? '', from: url.searchParams.get('from') ?? '' },
		file: url.searchParams.get('file') ?? '',
		can: { add: can('add_resource') && !body.closedAt },
	}
}

export const actions: Actions = {
	add: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			const { kind = '', title = '', summary = '', language = '', topic, address, file, authors, licence, supersedes } = given
			return addResource(writer, actor, body.id, { kind, title, summary, language, topic, address, file, authors, licence, supersedes }, now)
		}, (id) => `/coalition/resources/${id}`),
	ask: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return askQuestion(writer, actor, { from: given.from ?? '', to: body.id, title: given.question ?? '', text: given.text ?? '', exchange: given.exchange }, now)
		}, (id) => `/coalition/questions/${id}`),
}
