import { redirect } from '@sveltejs/kit'
import { recognizeColumns } from '#atlas'
import { listTargets } from '#lib/server/import-facts.ts'
import { getOwnImport, headOf } from '#lib/server/import-page.ts'
import { localizeHref } from '#lib/paraglide/runtime.js'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
	const view = await getOwnImport(event)
	const { read, planned, checked } = view.steps
	if (!read || !planned || ['published', 'withdrawn', 'set_aside'].includes(view.standing)) redirect(303, localizeHref(`/data/${view.id}`))
	const { columns, leftOut } = recognizeColumns(read.content.columns.map(({ name }) => name))
	const facts = new Map(read.content.columns.map((column) => [column.name, column]))
	const { uses, description } = planned.content
	const targets = uses.length > 0 ? await listTargets(event.locals.database) : []
	const lines = columns.map((column) => ({ ...column, facts: facts.get(column.estimate)! })).filter(({ estimate }) => estimate !== description.keyColumn)
	const used = new Set(uses.map(({ column }) => column))
	const free = lines.filter(({ estimate }) => !used.has(estimate))
	return {
		head: headOf(view),
		used: uses.map(({ column, margin, unit, becomes }) => ({
			column, margin, unit,
			name: 'new' in becomes ? { en: becomes.new.name.en || becomes.new.name.es, es: becomes.new.name.es || becomes.new.name.en } : (targets.find(({ key }) => key === becomes.indicator)?.name ?? { en: becomes.indicator, es: becomes.indicator }),
			isNew: 'new' in becomes,
		})),
		recognized: free.filter(({ convention, facts }) => convention !== 'none' && facts.numbers > 0),
		others: free.filter(({ convention, facts }) => convention === 'none' && facts.numbers > 0),
		left: [...leftOut].map(([name, why]) => ({ name, why: why as typeof why | 'text' })).concat(free.filter(({ facts }) => facts.numbers === 0).map(({ estimate }) => ({ name: estimate, why: 'text' as const }))),
		check: view.fresh ? checked!.content : undefined,
	}
}
