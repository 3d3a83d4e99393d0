import { FINDABLE_KINDS } from '#coalition'
import { findByWords, findReach, FOUND_PER_PAGE } from '#coalition/server'
import { readingActor } from '#lib/server/coalition-actor.ts'
import type { PageServerLoad } from './$types'

const PAGES_AT_MOST = 500

export const load: PageServerLoad = async ({ locals, url }) => {
	const [actor, now] = [await readingActor(locals), new Date()]
	const words = (url.searchParams.get('q') ?? '').trim().slice(0, 200)
	const kind = FINDABLE_KINDS.find((one) => one === url.searchParams.get('kind'))
	const body = url.searchParams.get('body') || undefined
	const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page')) || 1), 1), PAGES_AT_MOST)
	const [findings, { inside }] = await Promise.all([findByWords(locals.database, actor, { words, kind, body, page }, now), findReach(locals.database, actor, now)])
	return { words, kind, body, page, pages: Math.ceil(findings.total / FOUND_PER_PAGE), ...findings, bodies: inside.map(({ slug, name }) => ({ slug, name })) }
}
