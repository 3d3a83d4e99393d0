import { listImports, listSources } from '#atlas/server'
import { listMethods } from '#lib/server/methods.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
	brought: Object.fromEntries((await listImports(locals.database, undefined)).map(({ id, begunByName }) => [id, begunByName])),
	sources: (await listSources(locals.database)).map(({ loaded_at: _, ordinal: __, ...source }) => source),
	methods: listMethods(),
	loadedAt: locals.region!.loadedAt,
})
