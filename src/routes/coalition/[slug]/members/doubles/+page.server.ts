import { error } from '@sveltejs/kit'
import { keepApart, listDoubles, listMerges, mergeMembers, unmergeMembers } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('merge_people') || body.closedAt) error(404)
	const [doubles, merges] = await Promise.all([listDoubles(locals.database, body.id, new Date()), listMerges(locals.database, body.id)])
	return { body: { name: body.name, slug: body.slug }, doubles, merges }
}

const back = (slug: string) => `/coalition/${slug}/members/doubles`

export const actions: Actions = {
	merge: (event) => act(event, async (writer, actor, given, now) => mergeMembers(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, { kept: given.kept ?? '', merged: given.merged ?? '' }, now), () => back(event.params.slug)),
	apart: (event) => act(event, async (writer, actor, given, now) => keepApart(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, { a: given.a ?? '', b: given.b ?? '' }, now), () => back(event.params.slug)),
	undo: (event) => act(event, async (writer, actor, given, now) => unmergeMembers(writer, actor, (await getBodyPage(event.locals, event.params.slug)).body.id, given.merge ?? '', now), () => back(event.params.slug)),
}
