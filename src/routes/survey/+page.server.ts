import { findByCode, takeWaveAnswers } from '#lib/server/survey-page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, getClientAddress, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' })
	const code = (url.searchParams.get('code') ?? '').trim().slice(0, 40)
	if (!code) return { code, wave: undefined, refused: undefined, done: url.searchParams.has('done') }
	const { wave, fault } = await findByCode({ locals, getClientAddress }, code)
	return { code, wave: wave && { items: wave.items, name: wave.name, closesOn: wave.closesOn }, refused: fault, done: false }
}

export const actions: Actions = {
	default: (event) => takeWaveAnswers(event),
}
