import { z } from 'zod'
import { DOMAINS, UNITS } from '#atlas'

/** Schemas that have a name of their own in the description of the interface. */
export const named = z.registry<{ id: string }>()

/** Gives a schema its name in the description of the interface. */
export function name<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
	named.add(schema, { id })
	return schema
}

const degrees = z.number()
const known = z.number().nullable()

/** What every collection begins with. */
export const paged = {
	total: z.number().int().describe('api_field_total'),
	limit: z.number().int().describe('api_field_limit'),
	next: z.string().nullable().describe('api_field_next'),
	previous: z.string().nullable().describe('api_field_previous'),
}

export const Bilingual = name('Bilingual', z.object({ en: z.string(), es: z.string() }).describe('api_field_bilingual'))

export const Source = name('Source', z.object({
	key: z.string(),
	publisher: z.string(),
	title: Bilingual,
	url: z.string().nullable().describe('api_field_source_url'),
	licence: z.string().describe('api_field_licence'),
	sha256: z.string().describe('api_field_source_sha256'),
}))

export const Geography = name('Geography', z.object({
	key: z.string(),
	kind: z.string(),
	vintage: z.number().int().describe('api_field_geography_vintage'),
	main: z.boolean().describe('api_field_main'),
	name: Bilingual,
	places: z.number().int(),
	places_in_region: z.number().int(),
	bbox: z.array(degrees).describe('api_field_region_bbox'),
}))

export const Place = name('Place', z.object({
	geography: z.string(),
	geoid: z.string(),
	name: z.string(),
	county: z.string().describe('api_field_county'),
	county_name: z.string(),
	in_region: z.boolean(),
	area_m2: z.number().describe('api_field_area'),
	label_point: z.array(degrees).describe('api_field_label_point'),
	bbox: z.array(degrees).nullable().describe('api_field_bbox'),
	page: z.string().describe('api_field_page'),
}))

export const Reliability = name('Reliability', z.enum(['high', 'medium', 'low', 'unknown', 'missing']).describe('api_field_reliability'))

export const PlaceValue = name('PlaceValue', z.object({
	indicator: z.string(),
	unit: z.enum(UNITS),
	vintage: z.string(),
	estimate: known.describe('api_field_estimate'),
	margin: known.describe('api_field_margin'),
	reliability: Reliability,
	sha256: z.string().describe('api_field_series_sha256'),
}))

export const SeriesHead = name('SeriesHead', z.object({
	geography: z.string(),
	vintage: z.string(),
	version: z.number().int().describe('api_field_version'),
	decimals: z.number().int(),
	source: z.string(),
	sha256: z.string().describe('api_field_series_sha256'),
}))

export const Indicator = name('Indicator', z.object({
	key: z.string(),
	domain: z.enum([...DOMAINS, 'index']),
	name: Bilingual,
	about: Bilingual,
	unit: z.enum(UNITS),
	direction: z.enum(['higher_is_better', 'higher_is_worse', 'neither']),
	universe: Bilingual.nullable().describe('api_field_universe'),
	series: z.array(SeriesHead).describe('api_field_series_list'),
}))

export const Recipe = name('Recipe', z.object({
	methodology: z.string().describe('api_field_methodology'),
	sha256: z.string().describe('api_field_recipe_sha256'),
	reference_set: z.string().describe('api_field_reference_set'),
	yaml: z.string().nullable().describe('api_field_recipe_yaml'),
}))

export const Index = name('Index', z.object({ ...Indicator.shape, recipe: Recipe.nullable() }))

export const SeriesValue = name('SeriesValue', z.object({
	geoid: z.string(),
	name: z.string(),
	county: z.string().describe('api_field_county'),
	county_name: z.string(),
	estimate: known.describe('api_field_estimate'),
	margin: known.describe('api_field_margin'),
	reliability: Reliability,
}))

export const Comparison = z.object({
	with: z.literal('region'),
	name: Bilingual,
	how: z.enum(['own', 'rate', 'sum', 'middle', 'apportioned']).describe('api_field_how'),
	estimate: known,
	margin: known,
	verdict: z.enum(['higher', 'lower', 'within_margins', 'unknown']).describe('api_field_verdict'),
})

export const Area = name('Area', z.object({
	id: z.string(),
	name: z.string(),
	kind: z.enum(['picked', 'drawn', 'uploaded']).describe('api_field_area_kind'),
	geography: z.string().describe('api_field_area_geography'),
	made_at: z.string().describe('api_field_area_made_at'),
	area_m2: z.number().describe('api_field_area'),
	bbox: z.array(degrees).describe('api_field_area_bbox'),
	page: z.string().describe('api_field_page'),
}))

/** The geometry of RFC 7946. */
export const MultiPolygon = name('MultiPolygon', z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(z.array(degrees)))) }))

export const AreaPart = name('AreaPart', z.object({
	geoid: z.string(),
	name: z.string(),
	county: z.string().describe('api_field_county'),
	share_of_place: z.number().describe('api_field_share_of_place'),
	share_of_area: z.number().describe('api_field_share_of_area'),
	share_of_people: known.describe('api_field_share_of_people'),
}))

export const AreaValue = name('AreaValue', z.object({
	indicator: z.string(),
	unit: z.enum(UNITS),
	vintage: z.string(),
	estimate: known.describe('api_field_estimate'),
	margin: known.describe('api_field_area_margin'),
	how: z.enum(['sum', 'rate', 'range']).describe('api_field_area_how'),
	lowest: known.describe('api_field_lowest'),
	highest: known.describe('api_field_highest'),
	places: z.number().int().describe('api_field_area_places'),
	places_known: z.number().int().describe('api_field_places_known'),
	sha256: z.string().describe('api_field_series_sha256'),
}))

/** What a kind of citation does not have is null: a map has no place, a profile no single number. */
export const Citation = name('Citation', z.object({
	id: z.string(),
	kind: z.enum(['number', 'rank', 'map', 'profile', 'index']).describe('api_field_citation_kind'),
	made_at: z.string().describe('api_field_made_at'),
	indicator: z.object({ key: z.string(), name: Bilingual, unit: z.enum(UNITS), decimals: z.number().int() }).nullable(),
	place: z.object({ geography: z.string(), geoid: z.string(), name: z.string(), county: z.string() }).nullable(),
	vintage: z.string().nullable(),
	estimate: known.describe('api_field_estimate'),
	margin: known.describe('api_field_margin'),
	comparison: Comparison.nullable(),
	standing: z.object({ rank: z.number().int(), of: z.number().int(), percentile: known }).nullable().describe('api_field_standing'),
	series: z.object({ version: z.number().int(), hash: z.string() }).nullable(),
	source: z.object({ key: z.string(), publisher: z.string(), sha256: z.string() }).nullable(),
	method_version: z.string(),
	page: z.string().describe('api_field_page'),
}))

export const Problem = name('Problem', z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string().describe('api_field_detail'),
	instance: z.string(),
	code: z.string(),
	description: z.string(),
}))
