import { z } from 'zod'
import { findGeography, findPlaceShapes, findTile, listGeographies, listSources, type Geography } from '#atlas/server'
import { Refusal } from '#database'
import { defineEndpoint, type Endpoint } from '../api/endpoint.ts'
import { languageOfAddress } from '../api/language.ts'
import { answerTile } from '../answer-tile.ts'
import { collectionAsked, collectionId, f, link } from './collections.ts'
import { CRS84, MVT, TileMatrixSet, TileMatrixSets, TileSet, TileSets, TILING_SCHEME } from './schemas.ts'
import { TILE_FIELDS, TILE_LAYER } from './tile-json.ts'
import { SET, SET_URI, tileLimits, WEB_MERCATOR, webMercatorQuad } from './tile-matrix-set.ts'

const tileMatrixSetId = z.string().describe('ogc_param_tile_matrix_set')

function requireSet(set: string): void {
	if (set !== SET) throw new Refusal('api_tile_set_unknown', { set: set.slice(0, 60) })
}

/** What the tiles of a collection and those of the whole region have in common. The region's are those of its main geography. */
interface Tiled {
	/** Where the tiles hang below the root: nothing, or the path of a collection. */
	base: string
	geography: Geography
	title: string
	attribution: string
}

async function tiledBy(locals: App.Locals, url: URL, collection: string | undefined): Promise<Tiled> {
	const geography = collection === undefined ? (await findGeography(locals.database, locals.region!.mainGeography))! : await collectionAsked(locals, collection)
	const [listed, sources] = await Promise.all([listGeographies(locals.database), listSources(locals.database)])
	const { name, source } = listed.find(({ key }) => key === geography.key)!
	const { publisher, licence } = sources.find(({ key }) => key === source)!
	return { base: collection === undefined ? '' : `/collections/${geography.key}`, geography, title: name[languageOfAddress(url)], attribution: `${publisher} (${licence})` }
}

function summary({ base, title }: Tiled, url: URL) {
	return {
		title, dataType: 'vector' as const, crs: WEB_MERCATOR, tileMatrixSetURI: SET_URI,
		links: [link(url, `${base}/tiles/${SET}`, 'self'), link(url, `/tileMatrixSets/${SET}`, TILING_SCHEME)],
	}
}

async function describeTileSet(tiled: Tiled, locals: App.Locals, url: URL): Promise<z.output<typeof TileSet>> {
	const { geography, base, title } = tiled
	const { bounds } = await findPlaceShapes(locals.database, geography.key, locals.region!.loadedAt)
	const common = summary(tiled, url)
	return {
		...common,
		attribution: tiled.attribution,
		links: [...common.links, { ...link(url, `${base}/tiles/${SET}/{tileMatrix}/{tileRow}/{tileCol}`, 'item', MVT, title), templated: true }],
		tileMatrixSetLimits: tileLimits(bounds, geography.minZoom, geography.maxZoom),
		boundingBox: { lowerLeft: [bounds[0], bounds[1]], upperRight: [bounds[2], bounds[3]], crs: CRS84 },
		layers: [{
			id: TILE_LAYER, title, dataType: 'vector', geometryDimension: 2,
			propertiesSchema: { type: 'object', properties: Object.fromEntries(Object.entries(TILE_FIELDS).map(([field, kind]) => [field, { type: kind.toLowerCase() }])) },
		}],
	}
}

const index = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : NaN)

/** A tile within the limits of its set. Errors: `api_tile_outside`. */
async function tileAsked(tiled: Tiled, locals: App.Locals, request: Request, { tileMatrix, tileRow, tileCol }: { tileMatrix: string; tileRow: string; tileCol: string }): Promise<Response> {
	const { geography } = tiled
	const { bounds } = await findPlaceShapes(locals.database, geography.key, locals.region!.loadedAt)
	const [row, column] = [index(tileRow), index(tileCol)]
	const limits = tileLimits(bounds, geography.minZoom, geography.maxZoom).find((candidate) => candidate.tileMatrix === tileMatrix)
	const inside = limits && row >= limits.minTileRow && row <= limits.maxTileRow && column >= limits.minTileCol && column <= limits.maxTileCol
	if (!inside) throw new Refusal('api_tile_outside', { matrix: tileMatrix.slice(0, 20), row: tileRow.slice(0, 20), column: tileCol.slice(0, 20) })
	const zoom = Number(tileMatrix)
	return answerTile(request, locals.region!.loadedAt, `${geography.key}-${zoom}-${column}-${row}`, () => findTile(locals.database, geography.key, zoom, column, row))
}

const tilePath = {
	tileMatrixSetId,
	tileMatrix: z.string().describe('ogc_param_tile_matrix'),
	tileRow: z.string().describe('ogc_param_tile_row'),
	tileCol: z.string().describe('ogc_param_tile_col'),
}

/** The three addresses of tiles below a root: the list of tile sets, one of them, and a tile. Operations are named as the standard asks. */
function tileEndpoints(root: string, operations: string, path: { collectionId?: typeof collectionId }): [Endpoint, Endpoint, Endpoint] {
	const asked = (given: object) => (given as { collectionId?: string }).collectionId
	const setPath = z.object({ ...path, tileMatrixSetId })
	return [
		defineEndpoint({
			address: `${root}/tiles`, operation: `${operations}.getTileSetsList`, about: 'ogc_about_tile_sets', path: z.object(path), query: z.object({ f }), answer: TileSets, seconds: 3600,
			async respond({ path: given, locals, url }) {
				const tiled = await tiledBy(locals, url, asked(given))
				return { links: [link(url, `${tiled.base}/tiles`, 'self')], tilesets: [summary(tiled, url)] }
			},
		}),
		defineEndpoint({
			address: `${root}/tiles/{tileMatrixSetId}`, operation: `${operations}.getTileSet`, about: 'ogc_about_tile_set', path: setPath, query: z.object({ f }), answer: TileSet, seconds: 3600,
			async respond({ path: given, locals, url }) {
				requireSet(given.tileMatrixSetId)
				return describeTileSet(await tiledBy(locals, url, asked(given)), locals, url)
			},
		}),
		defineEndpoint({
			address: `${root}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`, operation: `${operations}.getTile`, about: 'ogc_about_tile',
			path: z.object({ ...path, ...tilePath }), query: z.object({ f: z.enum(['mvt']).optional().describe('ogc_param_tile_format') }), answer: z.any(), type: MVT, seconds: 3600, unlimited: true,
			async respond({ path: given, locals, url, request }) {
				requireSet(given.tileMatrixSetId)
				return tileAsked(await tiledBy(locals, url, asked(given)), locals, request, given)
			},
		}),
	]
}

export const [collectionTileSetsEndpoint, collectionTileSetEndpoint, collectionTileEndpoint] = tileEndpoints('/ogc/collections/{collectionId}', 'places.collection.vector', { collectionId })
export const [tileSetsEndpoint, tileSetEndpoint, tileEndpoint] = tileEndpoints('/ogc', 'places.dataset.vector', {})

export const tileMatrixSetsEndpoint = defineEndpoint({
	address: '/ogc/tileMatrixSets', operation: 'places.getTileMatrixSetsList', about: 'ogc_about_matrix_sets', path: z.object({}), query: z.object({ f }), answer: TileMatrixSets, seconds: 3600,
	async respond({ url }) {
		const { id, title, uri } = webMercatorQuad()
		return { tileMatrixSets: [{ id, title, uri, links: [link(url, `/tileMatrixSets/${id}`, 'self')] }] }
	},
})

export const tileMatrixSetEndpoint = defineEndpoint({
	address: '/ogc/tileMatrixSets/{tileMatrixSetId}', operation: 'places.getTileMatrixSet', about: 'ogc_about_matrix_set', path: z.object({ tileMatrixSetId }), query: z.object({ f }), answer: TileMatrixSet, seconds: 3600,
	async respond({ path }) {
		requireSet(path.tileMatrixSetId)
		return webMercatorQuad()
	},
})
