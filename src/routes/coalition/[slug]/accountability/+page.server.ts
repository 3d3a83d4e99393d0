import { error } from '@sveltejs/kit'
import { addPlank, findAgenda, findBodyAccountability, listPublicBodies, recordAsk } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('see_inside')) error(404)
	const now = new Date()
	const record = can('record_commitment') && !body.closedAt
	const [found, publicBodies, agenda] = await Promise.all([findBodyAccountability(locals.database, body.id, now), listPublicBodies(locals.database, {}, now), record ? findAgenda(locals.database, body.id) : undefined])
	const { waiting, corrections, ...open } = found
	return {
		body: { name: body.name, slug: body.slug }, ...open,
		waiting: can('propose_verdict') ? waiting : [],
		corrections: can('answer_correction') ? corrections : [],
		publicBodies: publicBodies.map(({ slug, name }) => ({ slug, name })),
		offices: publicBodies.flatMap(({ name, offices }) => offices.map(({ id, post }) => ({ id, name: `${post}, ${name}` }))),
		goals: agenda?.goals.filter(({ closedAt }) => !closedAt).map(({ id, title }) => ({ id, title })) ?? [],
		today: now.toISOString().slice(0, 10),
		can: { record, offices: can('set_offices') && !body.closedAt },
	}
}

const here = (slug: string) => `/coalition/${slug}/accountability`

export const actions: Actions = {
	plank: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return addPlank(writer, actor, body.id, { text: given.text ?? '', goal: given.goal }, now)
		}, () => here(event.params.slug)),
	ask: (event) =>
		act(event, (writer, actor, given, now) => recordAsk(writer, actor, { plank: given.plank ?? '', office: given.office ?? '', text: given.text ?? '', sentOn: given.sentOn ?? '', source: given.source ?? '' }, now), () => here(event.params.slug)),
}
