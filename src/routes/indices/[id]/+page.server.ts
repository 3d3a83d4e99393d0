import { error } from '@sveltejs/kit'
import { findOwnIndex, getDrawingSize } from '#atlas/server'
import { getSavedView, topPlaces } from '#lib/server/index-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const asked = url.searchParams.get('version')
	const found = await findOwnIndex(locals.database, params.id, asked === null ? undefined : Number(asked))
	if (!found) error(404)
	const { index, versions } = found
	const view = await getSavedView(locals, index)
	const members = view.recipe?.indicators.map(({ column, label, weight, direction }) => ({ indicator: column, name: view.indicators.find(({ key }) => key === column)?.name ?? label, weight, direction })) ?? []
	return {
		index: { id: index.id, version: index.version, title: index.title, draft: index.draft, hash: index.hash, forkedFrom: index.forkedFrom, madeByName: index.madeByName, madeAt: index.madeAt },
		versions, mine: locals.account?.id === index.madeBy, settings: index.draft ? view.draft : undefined,
		members, yaml: index.draft ? undefined : index.yaml,
		top: topPlaces(view, 15), geography: view.table.geography.key, places: view.table.keys.length,
		missing: view.scored ? view.scored.scores.filter(Number.isNaN).length : view.table.keys.length,
		picture: await getDrawingSize(locals.database, view.table.geography.key),
	}
}
