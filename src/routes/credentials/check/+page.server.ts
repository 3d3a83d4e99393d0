import { checkCredential } from '#communities/server'
import { text } from '#lib/server/answer-form.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions } from './$types'

/** Of a file no more is read than a credential may have. */
const MOST_BYTES = 300_000

export const actions: Actions = {
	default: async ({ request }) => {
		const fields = await request.formData()
		const file = fields.get('file')
		const brought = file instanceof File && file.size > 0 ? await file.slice(0, MOST_BYTES).text() : text(fields, 'credential')
		const given = { credential: brought, document: text(fields, 'document'), list: text(fields, 'list') }
		try {
			return { given, fault: undefined, checked: await checkCredential(given, new Date()) }
		} catch (cause) {
			return refuse(cause, { given, checked: undefined })
		}
	},
}
