import { redirect } from '@sveltejs/kit'
import { FILE_MEGABYTES, keepFile } from '#files/server'
import { Refusal } from '#database'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { onwardWithFile } from '#lib/server/onward-with-file.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import { readUploadedFile } from '#lib/server/uploaded-file.ts'
import type { Actions, PageServerLoad } from './$types'

const onwardOf = (url: URL, file?: string): string => onwardWithFile(url.searchParams.get('to') ?? '', file)

export const load: PageServerLoad = ({ locals, url }) => {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(onwardOf(url))}`))
	return { to: onwardOf(url), megabytes: FILE_MEGABYTES }
}

export const actions: Actions = {
	keep: async ({ locals, request, url }) => {
		const { account } = locals
		if (!account) redirect(303, localizeHref('/sign-in'))
		let hash: string
		try {
			const file = await readUploadedFile(request, FILE_MEGABYTES).catch((cause) => {
				throw cause instanceof Refusal ? new Refusal('attachment_too_large', { megabytes: FILE_MEGABYTES }) : cause
			})
			hash = await locals.database.transaction().execute((writer) => keepFile(writer, account.id, file && { name: file.name, content: Buffer.concat(file.pieces) }, new Date()))
		} catch (cause) {
			return refuse(cause, {})
		}
		redirect(303, localizeHref(onwardOf(url, hash)))
	},
}
