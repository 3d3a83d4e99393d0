import { redirect } from '@sveltejs/kit'
import { readPack } from '#communities'
import { listStandards, publishStandard } from '#communities/server'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { text } from '#lib/server/answer-form.ts'
import { refuse, refusalSentence } from '#lib/server/refusal-sentence.ts'
import { readIn } from '#lib/server/standard-view.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
	const standards = await listStandards(locals.database)
	const begin = url.searchParams.get('begin') ?? ''
	return {
		begin,
		starts: standards.map(({ pack }) => ({ key: `${pack.standard}/${pack.version}`, title: readIn(pack).pack.title, version: pack.version })),
		text: standards.find(({ pack }) => `${pack.standard}/${pack.version}` === begin)?.text ?? '',
		mayPublish: locals.account?.administrator ?? false,
	}
}

export const actions: Actions = {
	check: async ({ request }) => {
		const given = text(await request.formData(), 'pack').replaceAll('\r\n', '\n')
		const { pack, problems } = readPack(given)
		const read = pack && readIn(pack).pack
		return { fault: undefined, given, problems: problems.map((problem) => ({ line: problem.parameters.line, sentence: refusalSentence(problem) })), good: read && { title: read.title, version: read.version, edition: read.edition } }
	},
	publish: async ({ locals, request }) => {
		const given = text(await request.formData(), 'pack').replaceAll('\r\n', '\n')
		const actor = { account: locals.account?.id, administrator: locals.account?.administrator ?? false }
		let to: string
		try {
			const pack = await locals.database.transaction().execute((writer) => publishStandard(writer, actor, given, new Date()))
			to = `/standards/${pack.standard}/${pack.version}`
		} catch (cause) {
			return refuse(cause, { given, problems: [], good: undefined }, actor.administrator ? 400 : 403)
		}
		redirect(303, localizeHref(to))
	},
}
