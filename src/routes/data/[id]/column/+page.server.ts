import { error, redirect } from '@sveltejs/kit'
import { DOMAINS } from '#atlas'
import { planColumn } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { COLUMN_UNITS, formOf, readUse } from '#lib/server/column-form.ts'
import { listTargets } from '#lib/server/import-facts.ts'
import { answerImport, getOwnImport, headOf } from '#lib/server/import-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
	const view = await getOwnImport(event)
	const { read, planned } = view.steps
	if (!read || !planned) redirect(303, localizeHref(`/data/${view.id}`))
	const name = event.url.searchParams.get('column') ?? ''
	const facts = read.content.columns.find((column) => column.name === name)
	if (!facts || name === planned.content.description.keyColumn) error(404)
	const use = planned.content.uses.find(({ column }) => column === name)
	const columns = read.content.columns.map((column) => column.name)
	return {
		head: headOf(view),
		column: facts,
		used: use !== undefined,
		values: formOf(use, facts, columns),
		margins: read.content.columns.filter((column) => column.numbers > 0 && column.name !== name).map((column) => column.name),
		targets: await listTargets(event.locals.database),
		units: COLUMN_UNITS,
		domains: [...DOMAINS],
	}
}

export const actions: Actions = {
	use: (event) => {
		const column = event.url.searchParams.get('column') ?? ''
		return answerImport(event, `/data/${event.params.id}/columns`, (writer, actor, fields) => planColumn(writer, event.params.id, actor, column, readUse(fields, column), new Date()))
	},
	skip: (event) => {
		const column = event.url.searchParams.get('column') ?? ''
		return answerImport(event, `/data/${event.params.id}/columns`, (writer, actor) => planColumn(writer, event.params.id, actor, column, undefined, new Date()))
	},
}
