import { listIndicators, listSources } from '#atlas/server'
import { endpoints } from '#lib/server/api/endpoints.ts'
import { sentenceOf } from '#lib/server/api/language.ts'
import { PROBLEMS } from '#lib/server/api/problem.ts'
import { limitFromEnvironment } from '#lib/server/api/rate-limit.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { PageServerLoad } from './$types'

/** Stands where a refusal names what was asked. */
const ANYTHING = new Proxy({}, { get: () => '[…]' }) as Record<string, string>

export const load: PageServerLoad = async ({ locals, url }) => {
	const [sources, listed] = await Promise.all([listSources(locals.database), listIndicators(locals.database)])
	return {
		origin: url.origin,
		indicator: (listed.find(({ indicator }) => indicator.key === 'low-income') ?? listed[0]!).indicator.key,
		geography: locals.region!.mainGeography,
		county: Object.keys(locals.region!.counties)[0]!,
		limit: limitFromEnvironment(),
		endpoints: endpoints.map(({ address, about, table }) => ({ address, about: sentenceOf(about, getLocale()), csv: table !== undefined, link: address.includes('{') ? undefined : address })),
		licences: sources.map(({ key, title, publisher, licence }) => ({ key, title, publisher, licence })),
		problems: Object.entries(PROBLEMS).map(([code, status]) => ({ code, anchor: code.replaceAll('_', '-'), status, sentence: sentenceOf(`error_${code}`, getLocale(), ANYTHING) })),
	}
}
