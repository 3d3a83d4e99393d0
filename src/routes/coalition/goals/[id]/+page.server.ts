import { error } from '@sveltejs/kit'
import { addArgument, addComment, addMeasure, addPartner, changeGoal, closeGoal, endMeasure, endPartner, findGoal, findGoalCompany, getBodyRef, listComments, listDecisionsAbout, listStanding, proposePosition, readCommented, readMeasure, settlePosition, withdrawArgument } from '#coalition/server'
import { curveOf } from '#lib/server/goal-curve.ts'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import { threadOf } from '#lib/server/thread.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const found = await findGoal(locals.database, params.id)
	if (!found) error(404)
	const { slug } = await getBodyRef(locals.database, found.body)
	const { body, actor, can } = await getBodyPage(locals, slug)
	if (!can('see_inside')) error(404)
	const open = !found.goal.closedAt && !body.closedAt
	const looks = { actor, seesPeople: can('see_members'), moderates: false }
	const [comments, links, company, curve, decisions, uptakes] = await Promise.all([listComments(locals.database, { goal: params.id, positions: found.positions.map(({ id }) => id) }, looks, new Date()), threadOf(locals.database, `coalition:goal/${params.id}`), findGoalCompany(locals.database, params.id), curveOf(locals.database, found.goal), listDecisionsAbout(locals.database, params.id, new Date()), listStanding(locals.database, found.positions.map(({ id }) => `coalition:position/${id}`))])
	return {
		body: { name: body.name, slug }, goal: found.goal, proposal: found.proposal, company, curve, decisions, comments, signedIn: Boolean(locals.account),
		links, uptakes,
		// Who argued is not shown, only whether one may take it back.
		positions: found.positions.map((position) => ({ ...position, arguments: position.arguments.map(({ person, ...argument }) => ({ ...argument, own: person === actor.person })) })),
		can: { set: can('set_goal') && open, argue: can('argue') && open, settle: can('settle_position') && open, decide: can('open_decision') && open, comment: can('comment') && !body.closedAt },
	}
}

const here = (id: string) => `/coalition/goals/${id}`

export const actions: Actions = {
	change: (event) => act(event, (writer, actor, given, now) => changeGoal(writer, actor, event.params.id, { story: given.story ?? '', whatWorks: given.whatWorks, target: given.target, dueOn: given.dueOn, weight: given.weight }, now), () => here(event.params.id)),
	close: (event) => act(event, (writer, actor, given, now) => closeGoal(writer, actor, event.params.id, given.outcome ?? '', now), () => here(event.params.id)),
	partner: (event) => act(event, (writer, actor, given, now) => addPartner(writer, actor, event.params.id, { name: given.name ?? '', does: given.does ?? '' }, now), () => `${here(event.params.id)}#partners`),
	endPartner: (event) => act(event, (writer, actor, given, now) => endPartner(writer, actor, given.partner ?? '', now), () => `${here(event.params.id)}#partners`),
	measure: (event) => act(event, (writer, actor, given, now) => addMeasure(writer, actor, event.params.id, { kind: given.kind ?? '', programme: given.programme ?? '', title: given.title ?? '', unit: given.unit ?? '' }, now), () => `${here(event.params.id)}#measures`),
	read: (event) => act(event, (writer, actor, given, now) => readMeasure(writer, actor, given.measure ?? '', { day: given.day ?? '', value: given.value ?? '', source: given.source ?? '' }, now), () => `${here(event.params.id)}#measures`),
	endMeasure: (event) => act(event, (writer, actor, given, now) => endMeasure(writer, actor, given.measure ?? '', now), () => `${here(event.params.id)}#measures`),
	position: (event) => act(event, (writer, actor, given, now) => proposePosition(writer, actor, event.params.id, given.statement ?? '', now), (id) => `${here(event.params.id)}#${id}`),
	settle: (event) => act(event, (writer, actor, given, now) => settlePosition(writer, actor, given.position ?? '', given.status === 'retired' ? 'retired' : 'adopted', given.reason ?? '', now), (_, given) => `${here(event.params.id)}#${given.position}`),
	argue: (event) => act(event, (writer, actor, given, now) => addArgument(writer, actor, given.position ?? '', given.side ?? '', given.text ?? '', now), (_, given) => `${here(event.params.id)}#${given.position}`),
	comment: (event) => act(event, (writer, actor, given, now) => addComment(writer, actor, readCommented(given.kind, given.about), given.text ?? '', now), (id) => `${here(event.params.id)}#${id}`),
	withdraw: (event) => act(event, (writer, actor, given, now) => withdrawArgument(writer, actor, given.argument ?? '', now), () => here(event.params.id)),
}
