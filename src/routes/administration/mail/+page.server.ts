import { redirect } from '@sveltejs/kit'
import { Refusal } from '#database'
import { domainOf } from '#mail'
import { checkSenderDomain, findMailServer, findSurges, keepServer, listLetters, readKeptServer, sendTest } from '#mail/server'
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js'
import { requireAdministrator } from '#lib/server/administration.ts'
import { refuse } from '#lib/server/refusal-sentence.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	const account = requireAdministrator({ locals, url })
	setHeaders({ 'cache-control': 'private, no-store' })
	const [kept, server, { count }, surges] = await Promise.all([readKeptServer(locals.database), findMailServer(locals.database), listLetters(locals.database, { state: 'waiting', page: 1 }), findSurges(locals.database, new Date())])
	const { sealedPassword = '', sealedDkimKey = '', ...shown } = kept ?? {}
	return {
		source: server?.source, sender: server?.sender, waiting: count, surges, domain: domainOf(server?.sender ?? kept?.sender ?? ''), own: account.email, demonstration: account.demonstration, saved: url.searchParams.has('saved'),
		kept: Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, String(value)])) as Record<string, string>, has: { password: sealedPassword !== '', dkimKey: sealedDkimKey !== '' },
	}
}

const SECRETS = ['password', 'dkimKey']
const fieldsOf = async (request: Request) => Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]))

export const actions: Actions = {
	save: async (event) => {
		const { demonstration } = requireAdministrator(event)
		const given = await fieldsOf(event.request)
		try {
			if (demonstration) throw new Refusal('mail_demonstration')
			await event.locals.database.transaction().execute((writer) => keepServer(writer, given, process.env.THROUGHLINE_DATA_DIR!))
		} catch (cause) {
			// What is secret is never sent back.
			return refuse(cause, { given: Object.fromEntries(Object.entries(given).filter(([name]) => !SECRETS.includes(name))), answer: undefined, check: undefined })
		}
		redirect(303, localizeHref('/administration/mail?saved'))
	},
	test: async (event) => {
		const { demonstration } = requireAdministrator(event)
		const { to = '' } = await fieldsOf(event.request)
		const given: Record<string, string> = { to }
		try {
			if (demonstration) throw new Refusal('mail_demonstration')
			return { answer: await sendTest(event.locals.database, to.trim(), getLocale(), new Date()), given, fault: undefined, check: undefined }
		} catch (cause) {
			return refuse(cause, { given, answer: undefined, check: undefined })
		}
	},
	domain: async (event) => {
		const { demonstration } = requireAdministrator(event)
		const given: Record<string, string> = {}
		try {
			if (demonstration) throw new Refusal('mail_demonstration')
			const domain = domainOf((await findMailServer(event.locals.database))?.sender ?? '')
			if (!domain) throw new Refusal('mail_no_server')
			return { check: await checkSenderDomain(domain), given, answer: undefined, fault: undefined }
		} catch (cause) {
			return refuse(cause, { given, answer: undefined, check: undefined })
		}
	},
}
