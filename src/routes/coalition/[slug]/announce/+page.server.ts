import { error } from '@sveltejs/kit'
import { announce, findAudience, readAnnouncement } from '#coalition/server'
import { act, getBodyPage } from '#lib/server/coalition-actor.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

type Event = { locals: App.Locals; params: { slug: string } }

async function requireAnnouncing({ locals, params }: Event) {
	const page = await getBodyPage(locals, params.slug)
	if (!page.can('announce') || page.body.closedAt) error(404)
	return page
}

export const load: PageServerLoad = async (event) => {
	const { body } = await requireAnnouncing(event)
	return { body: { id: body.id, name: body.name, slug: body.slug, visibility: body.visibility } }
}

export const actions: Actions = {
	look: async (event) => {
		const { body } = await requireAnnouncing(event)
		const fields = await event.request.formData()
		const given: Record<string, string> = { subject: String(fields.get('subject') ?? ''), text: String(fields.get('text') ?? '') }
		try {
			const { subject, text } = readAnnouncement({ subject: given.subject!, text: given.text! })
			const { counts } = await findAudience(event.locals.database, body.id, new Date())
			return { given: { ...given, subject, text }, counts, fault: undefined }
		} catch (cause) {
			return refuse(cause, { given, counts: undefined })
		}
	},
	write: async (event) => {
		await requireAnnouncing(event)
		const fields = await event.request.formData()
		const given: Record<string, string> = { subject: String(fields.get('subject') ?? ''), text: String(fields.get('text') ?? '') }
		return { given, counts: undefined, fault: undefined }
	},
	publish: (event) =>
		act(event, async (writer, actor, given, now) => {
			const { body } = await getBodyPage(event.locals, event.params.slug)
			return announce(writer, actor, body.id, { subject: given.subject ?? '', text: given.text ?? '' }, now)
		}, (id) => `/coalition/${event.params.slug}#${id}`),
}
