import { z } from 'zod'
import { findCitation, listCitations, type Citation as CitationOfAtlas } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint } from './endpoint.ts'
import { pageAsked, pageLinks } from './paging.ts'
import { cursor, format, geographyKey, geoid, indicatorKey, limitUpTo } from './parameters.ts'
import { Citation, name, paged } from './schemas.ts'

function toCitation({ id, madeAt, frozen }: CitationOfAtlas, url: URL): z.output<typeof Citation> {
	const series = frozen.kind === 'profile' || frozen.kind === 'index' ? undefined : frozen
	const number = frozen.kind === 'number' || frozen.kind === 'rank' ? frozen : undefined
	const indicator = series && { key: series.indicator.key, name: series.indicator.name, unit: series.indicator.unit, decimals: series.indicator.decimals }
	const standing = frozen.kind === 'rank' ? { rank: frozen.standing.rank, of: frozen.standing.of, percentile: Number.isNaN(frozen.standing.percentile) ? null : frozen.standing.percentile } : null
	return {
		id, kind: frozen.kind, made_at: madeAt.toISOString(), indicator: indicator ?? null, place: frozen.kind === 'map' ? null : frozen.place, vintage: series?.vintage ?? null,
		estimate: number?.estimate ?? null, margin: number?.margin ?? null, comparison: number?.comparison ?? null, standing,
		series: series?.series ?? null, source: series?.source ?? null, method_version: frozen.methodVersion, page: new URL(`/citations/${id}`, url).href,
	}
}

const header = [
	'id', 'kind', 'made_at', 'indicator', 'unit', 'geography', 'geoid', 'name', 'county', 'vintage', 'estimate', 'margin_of_error_90',
	'region_estimate', 'region_margin_of_error_90', 'region_how', 'verdict', 'rank', 'rank_of', 'series_version', 'series_sha256', 'publisher', 'source_sha256', 'method_version', 'page',
]

function rowOf({ id, kind, made_at, indicator, place, vintage, estimate, margin, comparison, standing, series, source, method_version, page }: z.output<typeof Citation>): string[] {
	const cells = [
		id, kind, made_at, indicator?.key, indicator?.unit, place?.geography, place?.geoid, place?.name, place?.county, vintage, estimate, margin,
		comparison?.estimate, comparison?.margin, comparison?.how, comparison?.verdict, standing?.rank, standing?.of, series?.version, series?.hash, source?.publisher, source?.sha256, method_version, page,
	]
	return cells.map((cell) => String(cell ?? ''))
}

export const citationsEndpoint = defineEndpoint({
	address: '/api/v1/citations',
	operation: 'listCitations',
	about: 'api_about_citations',
	path: z.object({}),
	query: z.object({ indicator: indicatorKey.optional(), geography: geographyKey.optional(), geoid: geoid.optional(), limit: limitUpTo(500, 100), cursor, format }),
	answer: name('Citations', z.object({ ...paged, items: z.array(Citation) })),
	table: ({ items }) => [header, ...items.map(rowOf)],
	// A citation made a moment ago should be found.
	seconds: 0,
	async respond({ query, locals, url }) {
		const page = pageAsked(query, locals.region!.loadedAt)
		const { total, citations } = await listCitations(locals.database, query, page)
		return { ...pageLinks(page, total, url, locals.region!.loadedAt), items: citations.map((citation) => toCitation(citation, url)) }
	},
})

export const citationEndpoint = defineEndpoint({
	address: '/api/v1/citations/{id}',
	operation: 'getCitation',
	about: 'api_about_citation',
	path: z.object({ id: z.string().describe('api_param_citation') }),
	query: z.object({}),
	answer: name('CitationWithLatest', z.object({
		...Citation.shape,
		intact: z.boolean().describe('api_field_intact'),
		latest: z.object({ vintage: z.string(), estimate: z.number().nullable(), margin: z.number().nullable() }).nullable().describe('api_field_latest'),
	})),
	seconds: 60,
	async respond({ path, locals, url }) {
		const found = await findCitation(locals.database, path.id)
		if (!found) throw new Refusal('api_citation_unknown', { id: path.id.slice(0, 60) })
		return { ...toCitation(found, url), intact: found.intact, latest: found.now ?? null }
	},
})
