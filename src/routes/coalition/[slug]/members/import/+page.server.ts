import { error, redirect } from '@sveltejs/kit'
import { beginMemberImport, listMemberImports } from '#coalition/server'
import { Refusal } from '#database'
import { personOfAccount } from '#people/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { getBodyPage } from '#lib/server/coalition-actor.ts'
import { MEMBER_LIST_MEGABYTES, readMemberFile } from '#lib/server/member-file.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
	const { body, can } = await getBodyPage(locals, params.slug)
	if (!can('import_members') || body.closedAt) error(404)
	return { body: { name: body.name, slug: body.slug }, megabytes: MEMBER_LIST_MEGABYTES, lists: await listMemberImports(locals.database, body.id) }
}

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const { body, actor } = await getBodyPage(locals, params.slug)
		let given = { pasted: '', source: '', standing: '' }
		let id: string
		try {
			if (Number(request.headers.get('content-length') ?? 0) > MEMBER_LIST_MEGABYTES * 1e6) throw new Refusal('import_file_too_large', { megabytes: MEMBER_LIST_MEGABYTES })
			const fields = await request.formData()
			const file = fields.get('file')
			given = { pasted: text(fields, 'pasted'), source: text(fields, 'source'), standing: text(fields, 'standing') }
			const chosen = file instanceof File && file.size > 0
			if (!chosen && !given.pasted.trim()) throw new Refusal('members_list_empty', {})
			const list = await readMemberFile(chosen ? file.name : 'list.csv', chosen ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(given.pasted))
			const now = new Date()
			id = await locals.database.transaction().execute(async (writer) =>
				beginMemberImport(writer, { ...actor, person: locals.account && (await personOfAccount(writer, locals.account, now)) }, body.id, { ...given, ...list }, now))
		} catch (cause) {
			return refuse(cause, { given })
		}
		redirect(303, localizeHref(`/coalition/${params.slug}/members/import/${id}`))
	},
}
