import { DOMAINS } from '#atlas'
import { listIndicators } from '#atlas/server'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
	const listed = await listIndicators(locals.database)
	const lines = listed.map(({ indicator, series }) => ({
		key: indicator.key, domain: indicator.domain, name: indicator.name, about: indicator.about,
		vintages: [...new Set(series.map(({ vintage }) => vintage))],
	}))
	return { domains: [...DOMAINS, 'index'].map((domain) => ({ domain, indicators: lines.filter((line) => line.domain === domain) })) }
}
