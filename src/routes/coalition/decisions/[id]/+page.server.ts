import { error } from '@sveltejs/kit'
import { castBallot, closeDecision, findDecision, listConveningsNaming, listMembers, listStanding, objectAsHub, recordStep, reviewDecision, withdrawDecision } from '#coalition/server'
import { act, readingActor } from '#lib/server/coalition-actor.ts'
import { threadOf } from '#lib/server/thread.ts'
import { readBallotForm, readStep } from '#lib/server/decision-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const now = new Date()
	const actor = await readingActor(locals)
	const decision = await findDecision(locals.database, actor, params.id, now)
	if (!decision) error(404)
	const owners = decision.can.lead ? (await listMembers(locals.database, decision.body.id, now)).filter(({ kind, standing }) => kind === 'person' && standing !== 'observer').map(({ id, name }) => ({ id, name })) : []
	const record = `coalition:decision/${params.id}`
	const [links, uptakes, takenAt] = await Promise.all([threadOf(locals.database, record), listStanding(locals.database, [record]), listConveningsNaming(locals.database, actor, params.id, now)])
	return { links, uptakes, takenAt, decision, owners, now, today: now.toISOString().slice(0, 10), inHalfAYear: new Date(now.getTime() + 183 * 86_400_000).toISOString().slice(0, 10) }
}

const here = (id: string) => `/coalition/decisions/${id}`

export const actions: Actions = {
	step: (event) => act(event, (writer, actor, given, now) => recordStep(writer, actor, event.params.id, readStep(given), now), () => here(event.params.id)),
	ballot: (event) => act(event, (writer, actor, given, now) => castBallot(writer, actor, event.params.id, readBallotForm(given), now), () => here(event.params.id)),
	hub: (event) =>
		act(event, (writer, actor, given, now) => {
			const { elector, aim = '', reason = '', change = '' } = given
			return objectAsHub(writer, actor, event.params.id, { withdraws: given.withdraws === 'yes', elector, aim, reason, change }, now)
		}, () => here(event.params.id)),
	close: (event) => act(event, (writer, actor, given, now) => closeDecision(writer, actor, event.params.id, { reviewOn: given.reviewOn ?? '', owner: given.owner ?? '', outcome: given.outcome ?? '' }, now), () => here(event.params.id)),
	withdraw: (event) => act(event, (writer, actor, given, now) => withdrawDecision(writer, actor, event.params.id, given.text ?? '', now), () => here(event.params.id)),
	review: (event) => act(event, (writer, actor, given, now) => reviewDecision(writer, actor, event.params.id, { text: given.text ?? '', reviewOn: given.reviewOn ?? '' }, now), () => here(event.params.id)),
}
