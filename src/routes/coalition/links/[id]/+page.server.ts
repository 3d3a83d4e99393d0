import { error } from '@sveltejs/kit'
import { may } from '#coalition'
import { answerExchange, answerLink, endLink, endLinkPerson, findLink, listLinkDecisions, listMembers, listNameable, listQuestions, nameLinkDecision, nameLinkPerson, positionsOf, recordExchange } from '#coalition/server'
import { act, readingActor } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const now = new Date()
	const [actor, link] = [await readingActor(locals), await findLink(locals.database, params.id, now)]
	if (!link) error(404)
	const [a, b] = await Promise.all([link.a, link.b].map(async (side) => {
		const positions = await positionsOf(locals.database, side.id, actor, now)
		return { side, can: (action: Parameters<typeof may>[1]) => may(positions, action, side.visibility) }
	})) as [Side, Side]
	// Read by whoever may read inside one of the two, and know of the other.
	if (!(a.can('see_inside') || b.can('see_inside')) || !a.can('see_page') || !b.can('see_page')) error(404)
	const sides = [a, b]
	const waiting = !link.agreedAt && !link.endedAt
	const asked = link.askedBy === a.side.id ? b : a
	const open = Boolean(link.agreedAt) && !link.endedAt
	const naming = open ? sides.filter(({ can }) => can('name_link_person')) : []
	const seesPeople = sides.some(({ can }) => can('see_members'))
	const decided = await listLinkDecisions(locals.database, params.id)
	return {
		// What was decided inside a body is read by whoever may read there.
		decided: await Promise.all(sides.map(async ({ side, can }) => ({
			side: side.id, named: decided.some((one) => one.side === side.id), decision: can('see_inside') ? decided.find((one) => one.side === side.id) : undefined,
			nameable: !link.endedAt && can('answer_link') ? await listNameable(locals.database, side.id) : [],
		}))),
		link: { ...link, people: link.people.map((one) => ({ ...one, name: seesPeople ? one.name : '' })) },
		seesPeople, signedIn: Boolean(locals.account),
		questions: Object.fromEntries((await listQuestions(locals.database, actor, link.a.id, now)).flatMap(({ id, exchange }) => (exchange ? [[exchange, id]] : []))) as Record<string, string>,
		can: {
			answer: waiting && asked.can('answer_link'),
			end: !link.endedAt ? sides.filter(({ can }) => can('end_link')).map(({ side }) => side.id) : [],
			record: open ? sides.filter(({ can }) => can('record_exchange')).map(({ side }) => side.id) : [],
			answerFrom: open ? sides.filter(({ can }) => can('answer_exchange')).map(({ side }) => side.id) : [],
		},
		candidates: await Promise.all(naming.map(async ({ side }) => ({ side: side.id, people: (await listMembers(locals.database, side.id, now)).filter(({ kind, standing, id }) => kind === 'person' && standing !== 'observer' && !link.people.some(({ person }) => person === id)).map(({ id, name }) => ({ id, name })) }))),
	}
}

interface Side {
	side: NonNullable<Awaited<ReturnType<typeof findLink>>>['a']
	can: (action: Parameters<typeof may>[1]) => boolean
}

const here = (id: string) => `/coalition/links/${id}`

export const actions: Actions = {
	agree: (event) => act(event, (writer, actor, _, now) => answerLink(writer, actor, event.params.id, { agrees: true }, now), () => here(event.params.id)),
	decline: (event) => act(event, (writer, actor, given, now) => answerLink(writer, actor, event.params.id, { agrees: false, reason: given.reason ?? '' }, now), () => here(event.params.id)),
	decide: (event) => act(event, (writer, actor, given, now) => nameLinkDecision(writer, actor, event.params.id, given.side ?? '', given.decision ?? '', now), () => `${here(event.params.id)}#decided`),
	end: (event) => act(event, (writer, actor, given, now) => endLink(writer, actor, event.params.id, given.side ?? '', given.reason ?? '', now), () => here(event.params.id)),
	name: (event) => act(event, (writer, actor, given, now) => nameLinkPerson(writer, actor, event.params.id, given.side ?? '', given.person ?? '', now), () => here(event.params.id)),
	endPerson: (event) => act(event, (writer, actor, given, now) => endLinkPerson(writer, actor, given.naming ?? '', now), () => here(event.params.id)),
	record: (event) => act(event, (writer, actor, given, now) => recordExchange(writer, actor, event.params.id, { from: given.from ?? '', kind: given.kind ?? '', text: given.text ?? '', citation: given.citation }, now), () => here(event.params.id)),
	answer: (event) => act(event, (writer, actor, given, now) => answerExchange(writer, actor, given.exchange ?? '', given.answer ?? '', now), () => here(event.params.id)),
}
