import { error } from '@sveltejs/kit'
import { findReplyCode, replyByCode } from '#coalition/server'
import { actAsAnybody } from '#lib/server/coalition-actor.ts'
import { getCommitmentPage, takeReportTurn } from '#lib/server/commitment-page.ts'
import { refusalSentence } from '#lib/server/refusal-sentence.ts'
import { Refusal } from '#database'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, getClientAddress, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' })
	const { commitment, can } = await getCommitmentPage(locals, params.id)
	const until = await findReplyCode(locals.database, params.id, params.code, new Date())
	if (!until) {
		try {
			takeReportTurn(getClientAddress())
		} catch (cause) {
			if (cause instanceof Refusal) error(429, refusalSentence(cause))
			throw cause
		}
		error(404)
	}
	const { id, quote, term, office, publicBody, body } = commitment
	return { commitment: { id, quote, term, office, publicBody, body }, until, code: params.code, address: url.origin + url.pathname, mayPrint: can('record_commitment') }
}

export const actions: Actions = {
	reply: (event) =>
		actAsAnybody(event, (writer, _, given, now) => {
			takeReportTurn(event.getClientAddress())
			return replyByCode(writer, event.params.id, event.params.code, given.text ?? '', now)
		}, () => `/commitments/${event.params.id}#replies`),
}
