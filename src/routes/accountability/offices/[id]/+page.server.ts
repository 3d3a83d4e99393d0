import { error } from '@sveltejs/kit'
import { mailtoOf } from '#coalition'
import { findOfficeToWrite } from '#coalition/server'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const office = await findOfficeToWrite(locals.database, params.id, new Date())
	if (!office) error(404)
	return { office, ask: url.searchParams.get('ask') ?? '' }
}

const LONGEST = 4000

export const actions: Actions = {
	// Composes only: nothing of what was typed is kept or sent.
	write: async ({ locals, params, request }) => {
		const [office, form] = [await findOfficeToWrite(locals.database, params.id, new Date()), await request.formData()]
		if (!office) error(404)
		const read = (name: string, limit: number) => String(form.get(name) ?? '').trim().slice(0, limit)
		const letter = { subject: read('subject', 200), text: read('text', LONGEST), name: read('name', 120) }
		const signed = letter.name ? `${letter.text}\n\n${letter.name}` : letter.text
		return { letter: { ...letter, text: letter.text, signed, mailto: mailtoOf({ email: office.contact?.email ?? '', subject: letter.subject, text: signed }) } }
	},
}
