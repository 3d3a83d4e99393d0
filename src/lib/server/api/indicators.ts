import { z } from 'zod'
import { DOMAINS } from '#atlas'
import { findIndicator, listIndicators, listSources, type Indicator as IndicatorOfAtlas, type SeriesHead as HeadOfAtlas, type Source as SourceOfAtlas } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint } from './endpoint.ts'
import { pageAsked, pageLinks } from './paging.ts'
import { cursor, format, indicatorKey, limitUpTo } from './parameters.ts'
import { findRecipeText } from './recipe-texts.ts'
import { Index, Indicator, name, paged, Source } from './schemas.ts'

interface Listed {
	indicator: IndicatorOfAtlas
	series: HeadOfAtlas[]
}

function toIndicator({ indicator, series }: Listed): z.output<typeof Indicator> {
	const { key, domain, about, unit, direction, definition } = indicator
	return {
		key, domain: domain as z.output<typeof Indicator>['domain'], name: indicator.name, about, unit, direction, universe: definition.universe,
		series: series.map(({ geography, vintage, version, decimals, source, hash }) => ({ geography, vintage, version, decimals, source, sha256: hash })),
	}
}

const header = ['key', 'domain', 'name_en', 'name_es', 'about_en', 'about_es', 'unit', 'direction', 'universe_en', 'universe_es', 'geography', 'vintage', 'version', 'decimals', 'source', 'series_sha256']

/** A row for each series, so that a table says which years an indicator has. */
function rowsOf({ key, domain, name, about, unit, direction, universe, series }: z.output<typeof Indicator>): string[][] {
	const own = [key, domain, name.en, name.es, about.en, about.es, unit, direction, universe?.en ?? '', universe?.es ?? '']
	return series.map(({ geography, vintage, version, decimals, source, sha256 }) => [...own, geography, vintage, String(version), String(decimals), source, sha256])
}

export const indicatorsEndpoint = defineEndpoint({
	address: '/api/v1/indicators',
	operation: 'listIndicators',
	about: 'api_about_indicators',
	path: z.object({}),
	query: z.object({ domain: z.enum([...DOMAINS, 'index']).optional().describe('api_param_domain'), limit: limitUpTo(1000, 200), cursor, format }),
	answer: name('Indicators', z.object({ ...paged, items: z.array(Indicator) })),
	table: ({ items }) => [header, ...items.flatMap(rowsOf)],
	seconds: 300,
	async respond({ query, locals, url }) {
		const page = pageAsked(query, locals.region!.loadedAt)
		const found = (await listIndicators(locals.database)).filter(({ indicator }) => !query.domain || indicator.domain === query.domain)
		return { ...pageLinks(page, found.length, url, locals.region!.loadedAt), items: found.slice(page.offset, page.offset + page.limit).map(toIndicator) }
	},
})

/** A source as it is given with numbers. */
export function toSource({ key, publisher, title, url, licence, sha256 }: SourceOfAtlas): z.output<typeof Source> {
	return { key, publisher, title, url, licence, sha256 }
}

export const indicatorEndpoint = defineEndpoint({
	address: '/api/v1/indicators/{key}',
	operation: 'getIndicator',
	about: 'api_about_indicator',
	path: z.object({ key: indicatorKey }),
	query: z.object({}),
	answer: name('IndicatorWithSources', z.object({ ...Indicator.shape, sources: z.array(Source) })),
	seconds: 300,
	async respond({ path, locals }) {
		const found = await findIndicator(locals.database, path.key)
		if (!found) throw new Refusal('api_indicator_absent', { indicator: path.key })
		const wanted = new Set(found.series.map(({ source }) => source))
		const sources = (await listSources(locals.database)).filter(({ key }) => wanted.has(key))
		return { ...toIndicator(found), sources: sources.map(toSource) }
	},
})

export const indicesEndpoint = defineEndpoint({
	address: '/api/v1/indices',
	operation: 'listIndices',
	about: 'api_about_indices',
	path: z.object({}),
	query: z.object({ limit: limitUpTo(1000, 200), cursor, format }),
	answer: name('Indices', z.object({ ...paged, items: z.array(Index) })),
	table: ({ items }) => [[...header, 'methodology', 'recipe_sha256', 'reference_set'], ...items.flatMap((index) => rowsOf(index).map((row) => [...row, index.recipe?.methodology ?? '', index.recipe?.sha256 ?? '', index.recipe?.reference_set ?? '']))],
	seconds: 300,
	async respond({ query, locals, url }) {
		const page = pageAsked(query, locals.region!.loadedAt)
		const found = (await listIndicators(locals.database)).filter(({ indicator }) => indicator.domain === 'index')
		const items = found.slice(page.offset, page.offset + page.limit).map((listed) => ({ ...toIndicator(listed), recipe: toRecipe(listed.indicator, url) }))
		return { ...pageLinks(page, found.length, url, locals.region!.loadedAt), items }
	},
})

/** An index from a published column has no recipe of ours. */
function toRecipe({ definition }: IndicatorOfAtlas, url: URL): z.output<typeof Index>['recipe'] {
	if (!definition.recipe) return null
	const { key, hash, referenceSet } = definition.recipe
	return { methodology: new URL(`/methods/${key}`, url).href, sha256: hash, reference_set: referenceSet, yaml: findRecipeText(hash) ?? null }
}
