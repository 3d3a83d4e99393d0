import { redirect } from '@sveltejs/kit'
import { Refusal } from '#database'
import { yamlOfDraft } from '#atlas'
import { findOwnIndex, newIndexId, saveOwnIndex } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import { getIndexView, getTextView, topPlaces } from '#lib/server/index-view.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	const [id, from] = [url.searchParams.get('id') ?? '', url.searchParams.get('from') ?? '']
	const [begun, version] = id ? [id, undefined] : from.split('/')
	const [view, found] = await Promise.all([getIndexView(locals, url.searchParams), begun ? findOwnIndex(locals.database, begun, version ? Number(version) : undefined) : undefined])
	return { yaml: found?.index.yaml ?? yamlOfDraft(view.draft, view.indicators), id, from, geography: view.table.geography.key, measures: view.indicators.map(({ key, name }) => ({ key, name })) }
}

/** Does the work and gives a refusal back with the text as it was typed. */
async function answer<T>(yaml: string, work: () => Promise<T>) {
	try {
		return await work()
	} catch (cause) {
		return refuse(cause, { yaml, top: undefined })
	}
}

export const actions: Actions = {
	check: async ({ locals, request }) => {
		const yaml = text(await request.formData(), 'yaml')
		return answer(yaml, async () => ({ fault: undefined, yaml, top: topPlaces(await getTextView(locals, yaml), 10) }))
	},
	save: async ({ locals, request }) => {
		const fields = await request.formData()
		const [yaml, id, from] = ['yaml', 'id', 'from'].map((name) => text(fields, name)) as [string, string, string]
		if (!locals.account) return refuse(new Refusal('index_sign_in_first'), { yaml, top: undefined }, 401)
		const { id: actor, name } = locals.account
		const saved = await answer(yaml, async () => {
			const { indicators } = await getTextView(locals, yaml)
			return locals.database.transaction().execute((writer) => saveOwnIndex(writer, actor, { content: { yaml }, indicators, name, ...(id && { id }), ...(/^i-[a-z0-9]+\/\d+$/.test(from) && { forkedFrom: from }) }, newIndexId(), new Date()))
		})
		if ('id' in saved) redirect(303, localizeHref(`/indices/${saved.id}`))
		return saved
	},
}
