import { z } from 'zod'
import { findArea, findAreaProfile, listAreas, type Area as AreaOfAtlas, type AreaProfile } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint } from './endpoint.ts'
import { pageAsked, pageLinks } from './paging.ts'
import { cursor, format, limitUpTo } from './parameters.ts'
import { Area, AreaPart, AreaValue, MultiPolygon, name, paged } from './schemas.ts'

const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)

function toArea({ id, name: called, kind, geography, squareMeters, bounds, madeAt }: AreaOfAtlas, url: URL): z.output<typeof Area> {
	return { id, name: called, kind, geography, made_at: madeAt.toISOString(), area_m2: Math.round(squareMeters), bbox: bounds, page: new URL(`/areas/${id}`, url).href }
}

export const areasEndpoint = defineEndpoint({
	address: '/api/v1/areas',
	operation: 'listAreas',
	about: 'api_about_areas',
	path: z.object({}),
	query: z.object({ limit: limitUpTo(500, 100), cursor, format }),
	answer: name('Areas', z.object({ ...paged, items: z.array(Area) })),
	table: ({ items }) => [
		['id', 'name', 'kind', 'geography', 'made_at', 'area_m2', 'west', 'south', 'east', 'north', 'page'],
		...items.map(({ bbox, page, ...rest }) => [...Object.values(rest), ...bbox, page].map(String)),
	],
	// An area made a moment ago should be found.
	seconds: 0,
	async respond({ query, locals, url }) {
		const { loadedAt } = locals.region!
		const page = pageAsked(query, loadedAt)
		const { total, areas } = await listAreas(locals.database, page)
		return { ...pageLinks(page, total, url, loadedAt), items: areas.map((area) => toArea(area, url)) }
	},
})

const header = [
	'area', 'area_name', 'indicator', 'unit', 'vintage', 'estimate', 'margin_of_error_90', 'how', 'divided_by', 'lowest', 'highest', 'places', 'places_known', 'series_sha256',
]

const answer = name('AreaWithValues', z.object({
	...Area.shape,
	outline: MultiPolygon.describe('api_field_outline'),
	divided_by: z.enum(['whole', 'land', 'people']).describe('api_field_divided_by'),
	people_from: z.object({ geography: z.string(), vintage: z.string(), places_by_land: z.number().int() }).nullable().describe('api_field_people_from'),
	parts: z.array(AreaPart).describe('api_field_parts'),
	values: z.array(AreaValue).describe('api_field_area_values'),
}))

export const areaEndpoint = defineEndpoint({
	address: '/api/v1/areas/{id}',
	operation: 'getArea',
	about: 'api_about_area',
	path: z.object({ id: z.string().describe('api_param_area') }),
	query: z.object({ by: z.enum(['people', 'land']).optional().describe('api_param_by'), format }),
	answer,
	table: ({ id, name: called, divided_by, values }) => [header, ...values.map((value) =>
		[id, called, value.indicator, value.unit, value.vintage, value.estimate, value.margin, value.how, divided_by, value.lowest, value.highest, value.places, value.places_known, value.sha256].map((cell) => String(cell ?? '')))],
	seconds: 60,
	async respond({ path, query, locals, url }) {
		const [found, profile] = await Promise.all([findArea(locals.database, path.id), findAreaProfile(locals.database, path.id, query.by)])
		if (!found || !profile) throw new Refusal('api_area_unknown', { id: path.id.slice(0, 60) })
		return { ...toArea(found.area, url), outline: joined(found.outline()), divided_by: profile.by, people_from: peopleOf(profile), parts: partsOf(profile), values: profile.rows.map(toValue) }
	},
})

/** One shape of all the outlines that an area is made of. */
function joined(outlines: ReturnType<NonNullable<Awaited<ReturnType<typeof findArea>>>['outline']>): z.output<typeof MultiPolygon> {
	const coordinates = outlines.flatMap((outline) => (!outline ? [] : outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates))
	return { type: 'MultiPolygon', coordinates }
}

function peopleOf({ byPeople }: AreaProfile): z.output<typeof answer>['people_from'] {
	return byPeople ? { geography: byPeople.geography, vintage: byPeople.vintage, places_by_land: byPeople.byLand } : null
}

function partsOf({ geography, parts, byPeople }: AreaProfile): z.output<typeof AreaPart>[] {
	const people = new Map(byPeople?.parts.map(({ ordinal, placeShare }) => [ordinal, placeShare]))
	return parts.map(({ ordinal, placeShare, areaShare }) => {
		const { geoid, name: called, countyGeoid } = geography.places[ordinal]!
		return { geoid, name: called, county: countyGeoid, share_of_place: placeShare, share_of_area: areaShare, share_of_people: byPeople ? (people.get(ordinal) ?? 0) : null }
	})
}

function toValue({ indicator, series, weighed }: AreaProfile['rows'][number]): z.output<typeof AreaValue> {
	const { estimate, moe, how, lowest, highest, places, present } = weighed
	return {
		indicator: indicator.key, unit: indicator.unit, vintage: series.vintage, estimate: known(estimate), margin: known(moe), how,
		lowest: known(lowest), highest: known(highest), places, places_known: present, sha256: series.hash,
	}
}
