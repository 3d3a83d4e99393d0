import { error } from '@sveltejs/kit'
import { appealComment, decideAppeal, editComment, findComment, getBodyRef, moderateComment, reportComment, withdrawComment } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const pageOf = async (id: string) => getBodyPage(locals, (await getBodyRef(locals.database, id)).slug)
	const found = await findComment(locals.database, params.id, async (id) => {
		const { actor, can } = await pageOf(id)
		return { actor, seesPeople: can('see_members'), moderates: can('moderate') }
	}, new Date())
	if (!found) error(404)
	const { body, actor, can } = await pageOf(found.body)
	if (!can('see_inside')) error(404)
	const { comment } = found
	return {
		body: { name: body.name, slug: body.slug }, comment,
		stands: found.goal ? `/coalition/goals/${found.goal}#${comment.id}` : `/coalition/${body.slug}/agenda#${comment.id}`,
		can: {
			edit: comment.editable && can('comment') && !body.closedAt, withdraw: comment.own, report: Boolean(actor.account) && !comment.own && comment.hidden === undefined,
			moderate: can('moderate') && !comment.own && comment.hidden === undefined, hide: comment.ruling === undefined,
			decide: can('decide_appeal') && comment.appeal !== undefined && !comment.own && !comment.hidByReader,
		},
	}
}

const here = (id: string) => `/coalition/comments/${id}`

export const actions: Actions = {
	edit: (event) => act(event, (writer, actor, given, now) => editComment(writer, actor, event.params.id, given.text ?? '', now), () => here(event.params.id)),
	withdraw: (event) => act(event, (writer, actor, _, now) => withdrawComment(writer, actor, event.params.id, now), (_, given) => (/^\/coalition\/[\w/-]+$/.test(given.back ?? '') ? given.back! : '/coalition')),
	report: (event) => act(event, (writer, actor, given, now) => reportComment(writer, actor, event.params.id, given.reason ?? '', now), () => `${here(event.params.id)}?reported`),
	hide: (event) => act(event, (writer, actor, given, now) => moderateComment(writer, actor, event.params.id, { hides: true, reason: given.reason ?? '' }, now), () => here(event.params.id)),
	keep: (event) => act(event, (writer, actor, given, now) => moderateComment(writer, actor, event.params.id, { hides: false, reason: given.reason ?? '' }, now), () => here(event.params.id)),
	appeal: (event) => act(event, (writer, actor, given, now) => appealComment(writer, actor, event.params.id, given.reason ?? '', now), () => here(event.params.id)),
	decide: (event) => act(event, (writer, actor, given, now) => decideAppeal(writer, actor, event.params.id, { restores: given.ruling === 'restore', reason: given.reason ?? '' }, now), () => here(event.params.id)),
}
