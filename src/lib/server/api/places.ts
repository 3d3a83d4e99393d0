import { z } from 'zod'
import { gradeOf } from '#atlas'
import { boxOf, findGeography, findPlaceShapes, findPlacesInBox, listPlaceColumns, searchPlaces, type Geography, type Place as PlaceOfAtlas, type PlaceShapes } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint } from './endpoint.ts'
import { pageAsked, pageLinks } from './paging.ts'
import { bbox, countyGeoid, cursor, flat, format, geographyAsked, geographyKey, geoid, limitUpTo, ordinalsAsked, scope } from './parameters.ts'
import { name, paged, Place, PlaceValue } from './schemas.ts'

type PlaceAnswer = z.output<typeof Place>

function toPlace(place: PlaceOfAtlas, geography: Geography, shapes: PlaceShapes, url: URL): PlaceAnswer {
	const { ordinal } = place
	return {
		geography: geography.key, geoid: place.geoid, name: place.name, county: place.countyGeoid, county_name: place.countyName, in_region: place.inRegion,
		area_m2: Math.round(shapes.areasSquareMeters[ordinal]!),
		label_point: [...shapes.labelPoints.subarray(2 * ordinal, 2 * ordinal + 2)],
		bbox: boxOf(shapes, ordinal) ?? null,
		page: new URL(`/places/${geography.key}/${place.geoid}`, url).href,
	}
}

const placeHeader = ['geography', 'geoid', 'name', 'county', 'county_name', 'in_region', 'area_m2', 'label_longitude', 'label_latitude', 'west', 'south', 'east', 'north']

function placeRow({ geography, geoid, name, county, county_name, in_region, area_m2, label_point, bbox }: PlaceAnswer): string[] {
	return [geography, geoid, name, county, county_name, String(in_region), String(area_m2), ...label_point.map(String), ...(bbox ?? ['', '', '', '']).map(String)]
}

export const placesEndpoint = defineEndpoint({
	address: '/api/v1/places',
	operation: 'listPlaces',
	about: 'api_about_places',
	path: z.object({}),
	query: z.object({
		geography: geographyKey.optional(), county: countyGeoid.optional(), q: z.string().min(1).max(200).optional().describe('api_param_q'),
		bbox, scope, limit: limitUpTo(1000, 100), cursor, format,
	}),
	answer: name('Places', z.object({ ...paged, items: z.array(Place) })),
	table: ({ items }) => [placeHeader, ...items.map(placeRow)],
	seconds: 300,
	async respond({ query, locals, url }) {
		const { loadedAt } = locals.region!
		const page = pageAsked(query, loadedAt)
		const geography = await geographyAsked(locals, query.geography)
		const shapes = await findPlaceShapes(locals.database, geography.key, loadedAt)
		const within = ordinalsAsked(geography, query)
		const ordinals = query.q ? searchPlaces({ places: geography.places, regional: within, names: geography.names }, query.q, Infinity).found.map(({ ordinal }) => ordinal) : within
		const found = query.bbox ? await findPlacesInBox(locals.database, shapes, ordinals, flat(query.bbox)) : ordinals
		const shown = found.slice(page.offset, page.offset + page.limit)
		return { ...pageLinks(page, found.length, url, loadedAt), items: shown.map((ordinal) => toPlace(geography.places[ordinal]!, geography, shapes, url)) }
	},
})

export const placeEndpoint = defineEndpoint({
	address: '/api/v1/places/{geography}/{geoid}',
	operation: 'getPlace',
	about: 'api_about_place',
	path: z.object({ geography: geographyKey, geoid }),
	query: z.object({}),
	answer: name('PlaceWithValues', z.object({ ...Place.shape, values: z.array(PlaceValue).describe('api_field_values') })),
	seconds: 300,
	async respond({ path, locals, url }) {
		const geography = await findGeography(locals.database, path.geography)
		if (!geography) throw new Refusal('api_geography_absent', { geography: path.geography })
		const place = geography.places.find((candidate) => candidate.geoid === path.geoid)
		if (!place) throw new Refusal('api_place_unknown', { geoid: path.geoid, geography: geography.key })
		const [shapes, columns] = await Promise.all([findPlaceShapes(locals.database, geography.key, locals.region!.loadedAt), listPlaceColumns(locals.database, geography.key)])
		const values = columns.map(({ indicator, series }) => ({
			indicator: indicator.key, unit: indicator.unit, vintage: series.vintage, ...valueAt(series, place.ordinal), sha256: series.hash,
		}))
		return { ...toPlace(place, geography, shapes, url), values }
	},
})

/** One number as the interface gives it: null stands for "not known" and never for zero. */
export function valueAt({ estimates, margins }: { estimates: Float64Array; margins: Float64Array | null }, ordinal: number) {
	const [estimate, margin] = [estimates[ordinal]!, margins?.[ordinal]]
	const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)
	return { estimate: known(estimate), margin: known(margin), reliability: Number.isNaN(estimate) ? ('missing' as const) : gradeOf(estimate, margin) }
}
