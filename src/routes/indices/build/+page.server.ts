import { redirect } from '@sveltejs/kit'
import { draftQuery, readDraft } from '#atlas'
import { findOwnIndex, getDrawingSize, newIndexId, readIndexTable, saveOwnIndex } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { classesOfScores, draftIndicators, getIndexView, topPlaces } from '#lib/server/index-view.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

const TOP = 10

export const load: PageServerLoad = async ({ locals, url }) => {
	const [id, from] = [url.searchParams.get('id') ?? '', url.searchParams.get('from') ?? '']
	const [view, own, picture] = await Promise.all([
		getIndexView(locals, url.searchParams),
		id ? findOwnIndex(locals.database, id) : undefined,
		getDrawingSize(locals.database, locals.region!.mainGeography),
	])
	const classes = view.scored && classesOfScores(view.scored.scores)
	return {
		draft: view.draft, indicators: view.indicators, picture, geography: view.table.geography.key, places: view.table.keys.length,
		top: topPlaces(view, TOP),
		classes: classes && { breaks: classes.breaks, minimum: classes.minimum, counts: classes.counts },
		missing: view.scored ? view.scored.scores.filter(Number.isNaN).length : 0,
		// A new version of one's own, else a new index that says what it began from.
		own: own && own.index.madeBy === locals.account?.id ? { id, title: own.index.title, version: own.index.version } : undefined,
		from,
	}
}

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const fields = await request.formData()
		const indicators = draftIndicators((await readIndexTable(locals.database, locals.region!.mainGeography)).inputs)
		const draft = { ...readDraft(new URLSearchParams(text(fields, 'draft')), indicators), title: text(fields, 'title').slice(0, 120) }
		const [id, from] = [text(fields, 'id'), text(fields, 'from')]
		const address = `/indices/build?${draftQuery(draft)}${id ? `&id=${id}` : ''}${from ? `&from=${from}` : ''}`.replaceAll('+', '%20')
		if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(address)}`))
		const { id: actor, name } = locals.account
		let saved: { id: string; version: number }
		try {
			const forkedFrom = /^i-[a-z0-9]+\/\d+$/.test(from) ? from : undefined
			saved = await locals.database.transaction().execute((writer) => saveOwnIndex(writer, actor, { content: { draft }, indicators, name, ...(id && { id }), ...(forkedFrom && { forkedFrom }) }, newIndexId(), new Date()))
		} catch (cause) {
			return refuse(cause, {})
		}
		redirect(303, localizeHref(`/indices/${saved.id}`))
	},
}
