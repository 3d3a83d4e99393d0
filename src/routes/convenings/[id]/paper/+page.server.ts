import { commitPaper, previewPaper } from '#coalition/server'
import { act } from '#lib/server/coalition-actor.ts'
import { getWorkPage } from '#lib/server/convening-page.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { convening } = await getWorkPage({ locals, params, url }, 'check_in')
	return { convening: { id: convening.id, title: convening.title } }
}

/** Which of its doubles each line is: fields `same-<line>`. */
function readSame(given: Record<string, string>): Map<number, string> {
	return new Map(Object.entries(given).flatMap(([name, value]) => (name.startsWith('same-') && value ? [[Number(name.slice('same-'.length)), value] as const] : [])))
}

export const actions: Actions = {
	preview: async ({ locals, params, url, request }) => {
		const { actor } = await getWorkPage({ locals, params, url }, 'check_in')
		const text = String((await request.formData()).get('text') ?? '')
		const given: Record<string, string> = { text }
		try {
			const lines = await locals.database.transaction().execute((writer) => previewPaper(writer, actor, params.id, text, new Date()))
			return { lines, given, fault: undefined }
		} catch (cause) {
			return refuse(cause, { given, lines: undefined })
		}
	},
	commit: (event) => act(event, (writer, actor, given, now) => commitPaper(writer, actor, event.params.id, given.text ?? '', readSame(given), now), () => `/convenings/${event.params.id}/desk`),
}
