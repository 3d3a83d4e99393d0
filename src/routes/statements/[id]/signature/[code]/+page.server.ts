import { error } from '@sveltejs/kit'
import { confirmSignature, findSignature, withdrawSignature } from '#coalition/server'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getStatementPage, takePartTurn } from '#lib/server/taking-part-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
	const [{ statement }, signature] = await Promise.all([getStatementPage(locals, params.id), findSignature(locals.database, params.id, params.code)])
	const version = signature && statement.versions.find((one) => one.version === signature.version)
	if (!signature || !version) error(404)
	return { statement: { id: statement.id, title: statement.title, body: statement.body, open: statement.open }, version, signature, code: params.code }
}

const here = ({ id, code }: { id: string; code: string }) => `/statements/${id}/signature/${code}`

export const actions: Actions = {
	confirm: (event) =>
		actAsAnybody(event, (writer, _, __, now) => {
			takePartTurn(event.getClientAddress())
			return confirmSignature(writer, event.params.id, event.params.code, now)
		}, () => here(event.params)),
	withdraw: (event) => actAsAnybody(event, (writer, _, __, now) => withdrawSignature(writer, event.params.id, event.params.code, now), () => here(event.params)),
}
