import { z } from 'zod'
import { listSources } from '#atlas/server'
import { defineEndpoint, type Endpoint } from '../api/endpoint.ts'
import { languageOfAddress, sentenceOf } from '../api/language.ts'
import { describeInterface } from '../api/openapi.ts'
import { collectionEndpoint, collectionsEndpoint, f, link, schemaEndpoint } from './collections.ts'
import { itemEndpoint, itemsEndpoint } from './items.ts'
import { Conformance, LandingPage, TILESETS, TILING_SCHEMES } from './schemas.ts'
import {
	collectionTileEndpoint, collectionTileSetEndpoint, collectionTileSetsEndpoint, tileEndpoint, tileMatrixSetEndpoint, tileMatrixSetsEndpoint, tileSetEndpoint, tileSetsEndpoint,
} from './tiles.ts'
import { name } from '../api/schemas.ts'

const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0'
const CLASSES = [
	...['core', 'geojson', 'oas30'].map((name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`),
	...['core', 'landing-page', 'json', 'oas30'].map((name) => `http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/${name}`),
	...['core', 'tileset', 'tilesets-list', 'dataset-tilesets', 'geodata-tilesets', 'mvt', 'oas30'].map((name) => `http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${name}`),
	...['tilematrixset', 'json-tilematrixset', 'tileset-metadata', 'json-tileset-metadata'].map((name) => `http://www.opengis.net/spec/tms/2.0/conf/${name}`),
]

export const landingEndpoint = defineEndpoint({
	address: '/ogc',
	operation: 'getLandingPage',
	about: 'ogc_about_landing',
	path: z.object({}),
	query: z.object({ f }),
	answer: LandingPage,
	seconds: 300,
	async respond({ locals, url }) {
		const language = languageOfAddress(url)
		const sources = await listSources(locals.database)
		const [region, title] = [locals.region!.name[language], sentenceOf('ogc_title', language)]
		return {
			title: `${title}: ${region}`,
			description: sentenceOf('ogc_description', language),
			attribution: [...new Set(sources.map(({ publisher, licence }) => `${publisher} (${licence})`))].join(', '),
			links: [
				link(url, '', 'self', 'application/json', title),
				link(url, '/api', 'service-desc', OPENAPI),
				{ href: new URL('/developers', url).href, rel: 'service-doc', type: 'text/html' },
				link(url, '/conformance', 'conformance'),
				link(url, '/conformance', 'http://www.opengis.net/def/rel/ogc/1.0/conformance'),
				link(url, '/collections', 'data'),
				link(url, '/collections', 'http://www.opengis.net/def/rel/ogc/1.0/data'),
				link(url, '/tiles', TILESETS),
				link(url, '/tileMatrixSets', TILING_SCHEMES),
			],
		}
	},
})

export const conformanceEndpoint = defineEndpoint({
	address: '/ogc/conformance', operation: 'getConformance', about: 'ogc_about_conformance', path: z.object({}), query: z.object({ f }), answer: Conformance, seconds: 3600,
	respond: async () => ({ conformsTo: CLASSES }),
})

export const apiEndpoint = defineEndpoint({
	address: '/ogc/api',
	operation: 'getApiDefinition',
	about: 'ogc_about_api',
	path: z.object({}),
	query: z.object({ f }),
	answer: name('OpenApi30', z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })),
	type: OPENAPI,
	seconds: 3600,
	async respond({ url }) {
		const language = languageOfAddress(url)
		return describeInterface(ogcEndpoints, {
			version: '3.0.3', title: sentenceOf('ogc_title', language), about: sentenceOf('ogc_description', language), server: `${url.origin}/ogc`, root: '/ogc', language,
		}) as never
	},
})

/** Every endpoint below `/ogc`, in the order of its description. */
export const ogcEndpoints: readonly Endpoint[] = [
	landingEndpoint, conformanceEndpoint, apiEndpoint, collectionsEndpoint, collectionEndpoint, schemaEndpoint, itemsEndpoint, itemEndpoint,
	tileMatrixSetsEndpoint, tileMatrixSetEndpoint, tileSetsEndpoint, tileSetEndpoint, tileEndpoint, collectionTileSetsEndpoint, collectionTileSetEndpoint, collectionTileEndpoint,
]
