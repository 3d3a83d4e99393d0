import { z } from 'zod'
import { findGeography, findPlaceShapes, listGeographies, listPlaceColumns, listSources, type Geography, type ListedGeography, type PlaceColumn } from '#atlas/server'
import { Refusal } from '#database'
import { unitName } from '#lib/format.ts'
import { defineEndpoint } from '../api/endpoint.ts'
import { languageOfAddress, sentenceOf } from '../api/language.ts'
import { Collection, Collections, CRS84, FeatureSchema, GEOJSON, TILESETS, type LinkAnswer } from './schemas.ts'

/** Clients that know only this way to ask for JSON are not refused. */
export const f = z.enum(['json']).optional().describe('api_param_f')
export const collectionId = z.string().describe('api_param_collection')

/** A link to an address below the root. */
export function link(url: URL, path: string, rel: string, type = 'application/json', title?: string): LinkAnswer {
	return { href: `${url.origin}/ogc${path}`, rel, type, ...(title ? { title } : {}) }
}

/** The geography that a collection shows. Errors: `api_collection_unknown`. */
export async function collectionAsked(locals: App.Locals, id: string): Promise<Geography> {
	const geography = await findGeography(locals.database, id)
	if (geography) return geography
	const known = (await listGeographies(locals.database)).map(({ key }) => key).join(', ')
	throw new Refusal('api_collection_unknown', { collection: id.slice(0, 60), known })
}

async function toCollection(listed: ListedGeography, locals: App.Locals, url: URL): Promise<z.output<typeof Collection>> {
	const language = languageOfAddress(url)
	const [sources, shapes] = await Promise.all([listSources(locals.database), findPlaceShapes(locals.database, listed.key, locals.region!.loadedAt)])
	const source = sources.find(({ key }) => key === listed.source)!
	const title = listed.name[language]
	const path = `/collections/${listed.key}`
	return {
		id: listed.key, title,
		description: sentenceOf('ogc_collection_about', language, { region: locals.region!.name[language], places: listed.regional_count }),
		attribution: `${source.publisher} (${source.licence})`,
		extent: { spatial: { bbox: [shapes.boxes.length > 0 ? listed.bounds : [-180, -90, 180, 90]], crs: CRS84 } },
		itemType: 'feature',
		crs: [CRS84],
		links: [
			link(url, path, 'self'),
			link(url, `${path}/items`, 'items', GEOJSON, title),
			link(url, `${path}/schema`, 'describedby', 'application/schema+json'),
			link(url, `${path}/tiles`, TILESETS),
			{ href: new URL('/sources', url).href, rel: 'license', type: 'text/html' },
		],
	}
}

export const collectionsEndpoint = defineEndpoint({
	address: '/ogc/collections',
	operation: 'getCollections',
	about: 'ogc_about_collections',
	path: z.object({}),
	query: z.object({ f }),
	answer: Collections,
	seconds: 300,
	async respond({ locals, url }) {
		const listed = await listGeographies(locals.database)
		return { links: [link(url, '/collections', 'self')], collections: await Promise.all(listed.map((geography) => toCollection(geography, locals, url))) }
	},
})

export const collectionEndpoint = defineEndpoint({
	address: '/ogc/collections/{collectionId}',
	operation: 'describeCollection',
	about: 'ogc_about_collection',
	path: z.object({ collectionId }),
	query: z.object({ f }),
	answer: Collection,
	seconds: 300,
	async respond({ path, locals, url }) {
		const { key } = await collectionAsked(locals, path.collectionId)
		const listed = await listGeographies(locals.database)
		return toCollection(listed.find((candidate) => candidate.key === key)!, locals, url)
	},
})

/** The properties of a feature: what names it, then for each indicator its newest estimate and, where one is published, its margin. */
export function propertyNames(columns: readonly PlaceColumn[]): { name: string; column: PlaceColumn; margin: boolean }[] {
	return columns.flatMap((column) => [
		{ name: column.indicator.key, column, margin: false },
		...(column.series.margins ? [{ name: `${column.indicator.key}_moe`, column, margin: true }] : []),
	])
}

export const schemaEndpoint = defineEndpoint({
	address: '/ogc/collections/{collectionId}/schema',
	operation: 'describeFeatures',
	about: 'ogc_about_schema',
	path: z.object({ collectionId }),
	query: z.object({ f }),
	answer: FeatureSchema,
	type: 'application/schema+json',
	seconds: 300,
	async respond({ path, locals, url }) {
		const geography = await collectionAsked(locals, path.collectionId)
		const language = languageOfAddress(url)
		const columns = propertyNames(await listPlaceColumns(locals.database, geography.key))
		const text = (key: string) => ({ type: 'string', title: sentenceOf(key, language) })
		const measured = columns.map(({ name, margin, column: { indicator, series } }) => {
			const what = margin ? sentenceOf('ogc_margin_of', language, { name: indicator.name[language] }) : indicator.name[language]
			return [name, { type: 'number', title: `${what} (${unitName(indicator.unit)}), ${series.vintage}` }]
		})
		return {
			$schema: 'https://json-schema.org/draft/2020-12/schema', $id: url.href, type: 'object' as const, title: geography.key,
			properties: {
				geometry: { 'x-ogc-role': 'primary-geometry', format: 'geometry-any' },
				geoid: { 'x-ogc-role': 'id', ...text('ogc_column_geoid') },
				name: text('ogc_column_name'), county: text('ogc_column_county'), county_name: text('ogc_column_county_name'),
				area_km2: { type: 'number', title: sentenceOf('ogc_column_area', language) },
				...Object.fromEntries(measured),
			},
		}
	},
})
