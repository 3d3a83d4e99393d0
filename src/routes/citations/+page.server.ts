import { redirect } from '@sveltejs/kit'
import type { CitationRequest } from '#atlas'
import { cite, listCitations } from '#atlas/server'
import { text } from '#lib/server/answer-form.ts'
import { getMapView } from '#lib/server/map-view.ts'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

const PAGE_SIZE = 50

export const load: PageServerLoad = async ({ locals, url }) => {
	const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1)
	const { citations, total } = await listCitations(locals.database, {}, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE })
	return { citations, total, page, pages: Math.max(1, Math.ceil(total / PAGE_SIZE)) }
}

/** What a form asks to have frozen. A map is described by its view, which is computed here and never taken from the form. */
async function readRequest(locals: App.Locals, fields: FormData): Promise<CitationRequest> {
	const [kind, indicator, geography, geoid] = ['kind', 'indicator', 'geography', 'geoid'].map((name) => text(fields, name)) as [string, string, string, string]
	if (kind === 'profile') return { kind, geography, geoid }
	if (kind === 'index') {
		const [recipe, version] = text(fields, 'recipe').split('/')
		return { kind, recipe: recipe!, ...(version && { version: Number(version) }), ...(geoid && { geoid }) }
	}
	if (kind !== 'map') return { kind: kind === 'rank' ? 'rank' : 'number', indicator, geography, geoid }
	const view = text(fields, 'view').slice(0, 500)
	const plain = new URLSearchParams(view)
	// What is frozen are the numbers of the map's own series; the view leads back to what stood beside them.
	for (const beside of ['compare', 'with']) plain.delete(beside)
	const { series, choice: { method }, minimum, breaks, counts, summary } = await getMapView(locals, indicator, plain)
	return { kind, indicator, geography: series.geography, vintage: series.vintage, classes: { method, minimum, breaks, counts }, summary, view }
}

export const actions: Actions = {
	cite: async ({ locals, request }) => {
		const fields = await request.formData()
		let id: string
		try {
			const asked = await readRequest(locals, fields)
			id = await locals.database.transaction().execute((writer) => cite(writer, locals.account?.id ?? 'visitor', asked, new Date()))
		} catch (cause) {
			return refuse(cause, {})
		}
		redirect(303, localizeHref(`/citations/${id}`))
	},
}
