import { error } from '@sveltejs/kit'
import { addComment, answerProposal, findAgenda, listComments, listForModerators, listLinks, readCommented, raiseProposal, setGoal } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { body, actor, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const [agenda, links, waiting] = await Promise.all([findAgenda(locals.database, body.id), can('raise_proposal') ? listLinks(locals.database, body.id, now) : [], can('moderate') ? listForModerators(locals.database, body.id, actor, now) : []])
	const own = agenda.proposals.filter(({ to }) => to.id === body.id).map(({ id }) => id)
	const looks = { actor, seesPeople: can('see_members'), moderates: false }
	return {
		body: { id: body.id, name: body.name, slug: body.slug },
		agenda, moderation: waiting, comments: await listComments(locals.database, { proposals: own }, looks, now), signedIn: Boolean(locals.account),
		partners: links.filter(({ agreedAt, endedAt }) => agreedAt && !endedAt).map(({ a, b }) => (a.id === body.id ? b : a)).map(({ id, name }) => ({ id, name })),
		citation: url.searchParams.get('citation') ?? '',
		can: { raise: can('raise_proposal') && !body.closedAt, answer: can('answer_proposal') && !body.closedAt, set: can('set_goal') && !body.closedAt, comment: can('comment') && !body.closedAt },
	}
}

const here = (slug: string) => `/coalition/${slug}/agenda`

export const actions: Actions = {
	raise: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return raiseProposal(writer, actor, { from: body.id, to: given.to ?? '', citation: given.citation ?? '', title: given.title ?? '', text: given.text ?? '' }, now)
		}, (id) => `${here(event.params.slug)}#${id}`),
	take: (event) => act(event, (writer, actor, given, now) => answerProposal(writer, actor, given.proposal ?? '', { takesUp: true }, now), (goal) => `/coalition/goals/${goal}`),
	decline: (event) => act(event, (writer, actor, given, now) => answerProposal(writer, actor, given.proposal ?? '', { takesUp: false, reason: given.reason ?? '' }, now), () => here(event.params.slug)),
	comment: (event) => act(event, (writer, actor, given, now) => addComment(writer, actor, readCommented(given.kind, given.about), given.text ?? '', now), (id) => `${here(event.params.slug)}#${id}`),
	goal: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return setGoal(writer, actor, body.id, { title: given.title ?? '', story: given.story ?? '', citation: given.citation, target: given.target, dueOn: given.dueOn, weight: given.weight }, now)
		}, (id) => `/coalition/goals/${id}`),
}
