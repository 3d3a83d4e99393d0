import { error } from '@sveltejs/kit'
import { bestFit, fitShare, recognizeColumns, type ImportDescription } from '#atlas'
import { describeImport, discardImport, findImport, mayChange, publishImport, withdrawImport } from '#atlas/server'
import { listBoundaries, nameIndicators } from '#lib/server/import-facts.ts'
import { actorOf, answerImport, headOf, requireActor } from '#lib/server/import-page.ts'
import { refusalSentence } from '#lib/server/refusal-sentence.ts'
import { text } from '#lib/server/answer-form.ts'
import type { Actions, PageServerLoad } from './$types'

const SETTLED = ['published', 'withdrawn', 'set_aside']

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const actor = actorOf(locals)
	const view = await findImport(locals.database, params.id, actor)
	if (!view && !actor) requireActor({ locals, url }, `/data/${params.id}`)
	if (!view) error(404)
	const { read, planned, checked, set_aside: aside, published } = view.steps
	const fits = (view.fresh ? checked!.content.fits : read?.content.fits) ?? []
	const boundaries = await listBoundaries(locals.database)
	const years = read && recognizeColumns(read.content.columns.map(({ name }) => name)).columns.find((column) => column.years)?.years
	const guess: ImportDescription = { publisher: '', title: '', url: '', licence: '', years: years ?? '', geography: bestFit(fits)?.geography ?? boundaries[0]?.key ?? '', keyColumn: read?.content.key ?? '' }
	return {
		head: headOf(view),
		mine: mayChange(view, actor),
		settled: SETTLED.includes(view.standing),
		reading: read && { rows: read.content.rows, columns: read.content.columns.map(({ name }) => name) },
		description: planned?.content.description ?? guess,
		boundaries: boundaries.map((one) => ({ ...one, share: fits.length > 0 ? fitShare(fits.find(({ geography }) => geography === one.key) ?? { geography: '', matched: 0, rows: 0 }) : null })),
		fitsAny: bestFit(fits) !== undefined,
		check: checked?.content,
		aside: aside && refusalSentence(aside.content),
		indicators: view.standing === 'published' ? await nameIndicators(locals.database, published!.content.indicators) : [],
	}
}

export const actions: Actions = {
	describe: (event) =>
		answerImport(event, `/data/${event.params.id}/columns`, (writer, actor, fields) => {
			const given = Object.fromEntries(['publisher', 'title', 'url', 'licence', 'years', 'geography', 'keyColumn'].map((name) => [name, text(fields, name)]))
			return describeImport(writer, event.params.id, actor, given as unknown as ImportDescription, new Date())
		}),
	discard: (event) => answerImport(event, '/data', (writer, actor) => discardImport(writer, event.params.id, actor)),
	withdraw: (event) => answerImport(event, `/data/${event.params.id}`, (writer, actor) => withdrawImport(writer, event.params.id, actor, new Date())),
	again: (event) => answerImport(event, `/data/${event.params.id}`, (writer, actor) => publishImport(writer, event.params.id, actor, new Date())),
}
