import { z } from 'zod'
import { listGeographies } from '#atlas/server'
import { defineEndpoint } from './endpoint.ts'
import { pageAsked, pageLinks } from './paging.ts'
import { cursor, format, limitUpTo } from './parameters.ts'
import { Geography, name, paged } from './schemas.ts'

export const geographiesEndpoint = defineEndpoint({
	address: '/api/v1/geographies',
	operation: 'listGeographies',
	about: 'api_about_geographies',
	path: z.object({}),
	query: z.object({ limit: limitUpTo(1000, 100), cursor, format }),
	answer: name('Geographies', z.object({ ...paged, items: z.array(Geography) })),
	table: ({ items }) => [
		['key', 'kind', 'vintage', 'main', 'name_en', 'name_es', 'places', 'places_in_region', 'west', 'south', 'east', 'north'],
		...items.map(({ key, kind, vintage, main, name, places, places_in_region, bbox }) => [key, kind, String(vintage), String(main), name.en, name.es, String(places), String(places_in_region), ...bbox.map(String)]),
	],
	seconds: 300,
	async respond({ query, locals, url }) {
		const page = pageAsked(query, locals.region!.loadedAt)
		const found = await listGeographies(locals.database)
		const items = found.slice(page.offset, page.offset + page.limit).map(({ key, kind, vintage, main, name, place_count, regional_count, bounds }) => ({
			key, kind, vintage, main, name, places: place_count, places_in_region: regional_count, bbox: bounds,
		}))
		return { ...pageLinks(page, found.length, url, locals.region!.loadedAt), items }
	},
})
