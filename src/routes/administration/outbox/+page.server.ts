import { findMailServer, findSurges, LETTERS_ON_PAGE, listLetters } from '#mail/server'
import { requireAdministrator } from '#lib/server/administration.ts'
import { refusalSentence } from '#lib/server/refusal-sentence.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	requireAdministrator({ locals, url })
	setHeaders({ 'cache-control': 'private, no-store' })
	const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1)
	const state = url.searchParams.get('state') ?? ''
	const [{ letters, count }, server, surges] = await Promise.all([listLetters(locals.database, { state, page }), findMailServer(locals.database), findSurges(locals.database, new Date())])
	return { surges, letters: letters.map((letter) => ({ ...letter, reason: letter.reason ? refusalSentence(letter.reason) : '' })), count, page, state, pages: Math.max(1, Math.ceil(count / LETTERS_ON_PAGE)), sends: server !== undefined }
}
