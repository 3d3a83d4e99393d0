import { listStandards } from '#communities/server'
import { standardView } from '#lib/server/standard-view.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
	standards: (await listStandards(locals.database)).map(standardView).map(({ pack, language, why }) => ({
		key: pack.standard, version: pack.version, title: pack.title, summary: pack.summary, language, why, areas: pack.areas.length, objectives: pack.objectives.length, actions: pack.actions.length,
	})),
})
