import { error } from '@sveltejs/kit'
import { comparePacks } from '#communities'
import { getStandard, readIn } from '#lib/server/standard-view.ts'
import { packLines } from '#lib/server/pack-lines.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const from = url.searchParams.get('from') ?? error(404)
	const [after, before] = await Promise.all([getStandard(locals, params), getStandard(locals, { standard: params.standard, version: from })])
	const { pack, language } = readIn(after.pack)
	const changes = comparePacks(before.pack, after.pack).map(({ list, key, word, before: was, after: is }) => ({ list, key, word, was: packLines(was, language), is: packLines(is, language) }))
	return { title: pack.title, standard: params.standard, from, to: params.version, language, changes }
}
