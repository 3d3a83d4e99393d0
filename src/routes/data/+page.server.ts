import { redirect } from '@sveltejs/kit'
import { isDiskFull, Refusal } from '#database'
import { beginImport, listImports, mayChange, uploadMegabytes } from '#atlas/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { actorOf, refused, requireActor } from '#lib/server/import-page.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import { readUploadedFile } from '#lib/server/uploaded-file.ts'
import type { Actions, PageServerLoad } from './$types'

const SETTLED = ['published', 'withdrawn', 'set_aside']

export const load: PageServerLoad = async ({ locals }) => {
	const actor = actorOf(locals)
	const lines = (await listImports(locals.database, actor)).map(({ id, fileName, title, begunBy, begunByName, begunAt, standing, settledAt }) => ({
		id, fileName, title, begunByName, begunAt, standing, settledAt, mine: mayChange({ begunBy }, actor),
	}))
	return {
		signedIn: actor !== undefined,
		megabytes: uploadMegabytes(),
		preparing: lines.filter(({ standing }) => !SETTLED.includes(standing)),
		added: lines.filter(({ standing }) => SETTLED.includes(standing)),
	}
}

export const actions: Actions = {
	upload: async (event) => {
		const actor = requireActor(event, '/data')
		let id: string
		try {
			const file = await readUploadedFile(event.request, uploadMegabytes())
			id = await beginImport(event.locals.database, actor, file, new Date())
		} catch (cause) {
			return isDiskFull(cause) ? refuse(new Refusal('disk_full'), { given: {} as Record<string, string> }, 507) : refused(cause)
		}
		redirect(303, localizeHref(`/data/${id}`))
	},
}
