import { z } from 'zod'
import { findGeography, findPlaceShapes, listGeographies, listSources } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint } from '../api/endpoint.ts'
import { languageOfAddress } from '../api/language.ts'
import { geographyKey } from '../api/parameters.ts'
import { name } from '../api/schemas.ts'

/** The properties that every feature of a tile carries; `i` is its position in place order, by which columns are joined. */
export const TILE_FIELDS = { i: 'Number', GEOID: 'String', name: 'String' }
export const TILE_LAYER = 'places'

/** TileJSON 3.0.0 of a geography's vector tiles. */
export const tileJsonEndpoint = defineEndpoint({
	address: '/tiles/{geography}.json',
	operation: 'getTileJson',
	about: 'api_about_tile_json',
	path: z.object({ geography: geographyKey }),
	query: z.object({}),
	answer: name('TileJson', z.object({
		tilejson: z.literal('3.0.0'),
		name: z.string(),
		description: z.string(),
		version: z.string(),
		attribution: z.string(),
		scheme: z.literal('xyz'),
		tiles: z.array(z.string()).min(1),
		minzoom: z.number().int().min(0).max(30),
		maxzoom: z.number().int().min(0).max(30),
		bounds: z.array(z.number()).length(4),
		center: z.array(z.number()).length(3),
		vector_layers: z.array(z.object({ id: z.string(), description: z.string(), minzoom: z.number().int(), maxzoom: z.number().int(), fields: z.record(z.string(), z.string()) })).min(1),
	})),
	seconds: 3600,
	unlimited: true,
	async respond({ path, locals, url }) {
		const geography = await findGeography(locals.database, path.geography)
		if (!geography) throw new Refusal('api_geography_absent', { geography: path.geography })
		const [shapes, listed, sources] = await Promise.all([
			findPlaceShapes(locals.database, geography.key, locals.region!.loadedAt), listGeographies(locals.database), listSources(locals.database),
		])
		const { name: title, source } = listed.find(({ key }) => key === geography.key)!
		const publisher = sources.find(({ key }) => key === source)!
		const language = languageOfAddress(url)
		const zooms = { minzoom: geography.minZoom, maxzoom: geography.maxZoom }
		const [west, south, east, north] = geography.bounds as [number, number, number, number]
		return {
			tilejson: '3.0.0' as const,
			name: title[language],
			description: `${title[language]}, ${locals.region!.name[language]}`,
			version: `1.0.${Math.floor(locals.region!.loadedAt.getTime() / 1000)}`,
			attribution: `${publisher.publisher} (${publisher.licence})`,
			scheme: 'xyz' as const,
			tiles: [`${url.origin}/tiles/${geography.key}/{z}/{x}/{y}.mvt`],
			...zooms,
			bounds: [...shapes.bounds],
			center: [(west + east) / 2, (south + north) / 2, Math.min(geography.maxZoom, geography.minZoom + 4)],
			vector_layers: [{ id: TILE_LAYER, description: title[language], ...zooms, fields: TILE_FIELDS }],
		}
	},
})
