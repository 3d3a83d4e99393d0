import { draftQuery, startingDrafts } from '#atlas'
import { listIndicators, listOwnIndices } from '#atlas/server'
import { draftIndicators } from '#lib/server/index-view.ts'
import { indexStartName } from '#lib/index-start-names.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
	const [listed, own] = await Promise.all([listIndicators(locals.database), listOwnIndices(locals.database)])
	const measures = listed.filter(({ indicator, series }) => indicator.domain !== 'index' && series.some(({ geography }) => geography === locals.region!.mainGeography))
	const indicators = draftIndicators(measures.map(({ indicator, series }) => ({ indicator, series: series[0]! })))
	return {
		published: listed.filter(({ indicator }) => indicator.domain === 'index').map(({ indicator }) => ({ key: indicator.key, name: indicator.name, about: indicator.about })),
		own: own.map(({ id, title, version, madeByName, madeAt }) => ({ id, title, version, madeByName, madeAt })),
		starts: startingDrafts(indicators, indexStartName).map(({ key, draft }) => ({ key, count: draft.members.length, query: draftQuery(draft) })),
	}
}
