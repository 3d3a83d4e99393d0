import { z } from 'zod'
import { UNITS } from '#atlas'
import { findGeography, findIndicator, listSources, readSeries, type SeriesHead } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint } from './endpoint.ts'
import { toSource } from './indicators.ts'
import { pageAsked, pageLinks } from './paging.ts'
import { countyGeoid, cursor, format, geographyKey, geoid, indicatorKey, limitUpTo, ordinalsAsked, scope } from './parameters.ts'
import { valueAt } from './places.ts'
import { Bilingual, name, paged, SeriesValue, Source } from './schemas.ts'

const answer = name('Series', z.object({
	indicator: z.object({ key: z.string(), name: Bilingual, unit: z.enum(UNITS), universe: Bilingual.nullable() }),
	geography: z.string(),
	vintage: z.string(),
	version: z.number().int().describe('api_field_version'),
	decimals: z.number().int(),
	sha256: z.string().describe('api_field_series_sha256'),
	source: Source,
	...paged,
	items: z.array(SeriesValue),
}))

const header = [
	'geoid', 'name', 'county', 'county_name', 'indicator', 'unit', 'geography', 'vintage', 'estimate', 'margin_of_error_90', 'reliability',
	'publisher', 'licence', 'source_sha256', 'version', 'series_sha256',
]

/** Every row says what it is and where it comes from, because rows are copied alone. */
function table({ indicator, geography, vintage, version, sha256, source, items }: z.output<typeof answer>): string[][] {
	const cell = (value: number | null) => (value === null ? '' : String(value))
	return [header, ...items.map((item) => [
		item.geoid, item.name, item.county, item.county_name, indicator.key, indicator.unit, geography, vintage, cell(item.estimate), cell(item.margin), item.reliability,
		source.publisher, source.licence, source.sha256, String(version), sha256,
	])]
}

export const seriesEndpoint = defineEndpoint({
	address: '/api/v1/series',
	operation: 'getSeries',
	about: 'api_about_series',
	path: z.object({}),
	query: z.object({
		indicator: indicatorKey, geography: geographyKey.optional(), vintage: z.string().min(4).max(40).optional().describe('api_param_vintage'),
		county: countyGeoid.optional(), geoid: geoid.optional(), scope, limit: limitUpTo(5000, 1000), cursor, format,
	}),
	answer,
	table,
	seconds: 300,
	async respond({ query, locals, url }) {
		const { loadedAt } = locals.region!
		const page = pageAsked(query, loadedAt)
		const found = await findIndicator(locals.database, query.indicator)
		if (!found) throw new Refusal('api_indicator_unknown', { indicator: query.indicator })
		const head = chooseSeries(found.series, query)
		const [geography, [series], sources] = await Promise.all([findGeography(locals.database, head.geography), readSeries(locals.database, [head]), listSources(locals.database)])
		const ordinals = ordinalsAsked(geography!, query).filter((ordinal) => !query.geoid || geography!.places[ordinal]!.geoid === query.geoid)
		const items = ordinals.slice(page.offset, page.offset + page.limit).map((ordinal) => {
			const place = geography!.places[ordinal]!
			return { geoid: place.geoid, name: place.name, county: place.countyGeoid, county_name: place.countyName, ...valueAt(series!, ordinal) }
		})
		const { key, name, unit, definition } = found.indicator
		return {
			indicator: { key, name, unit, universe: definition.universe },
			geography: head.geography, vintage: head.vintage, version: head.version, decimals: head.decimals, sha256: head.hash,
			source: toSource(sources.find((source) => source.key === head.source)!),
			...pageLinks(page, ordinals.length, url, loadedAt),
			items,
		}
	},
})

/** The newest series that fits; years may be written with a hyphen. Errors: `api_series_unknown`. */
function chooseSeries(series: SeriesHead[], { indicator, geography, vintage }: { indicator: string; geography?: string; vintage?: string }): SeriesHead {
	const years = vintage?.replace('-', '–')
	const head = series.find((candidate) => (!years || candidate.vintage === years) && (!geography || candidate.geography === geography))
	if (head) return head
	const known = series.map((candidate) => `${candidate.vintage} (${candidate.geography})`).join(', ')
	throw new Refusal('api_series_unknown', { indicator, known })
}
