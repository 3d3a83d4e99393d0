import { z } from 'zod'
import { name } from '../api/schemas.ts'

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
export const GEOJSON = 'application/geo+json'
export const MVT = 'application/vnd.mapbox-vector-tile'

/** Relation types of OGC API – Tiles. */
export const TILESETS = 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector'
export const TILING_SCHEME = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme'
export const TILING_SCHEMES = 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes'

export const Link = name('Link', z.object({
	href: z.string(),
	rel: z.string(),
	type: z.string().optional(),
	title: z.string().optional(),
	hreflang: z.string().optional(),
	templated: z.boolean().optional(),
}))
export type LinkAnswer = z.output<typeof Link>

const links = z.array(Link)

export const LandingPage = name('LandingPage', z.object({ title: z.string(), description: z.string(), attribution: z.string(), links }))

export const Conformance = name('ConformanceClasses', z.object({ conformsTo: z.array(z.string()) }))

export const Collection = name('Collection', z.object({
	id: z.string(),
	title: z.string(),
	description: z.string(),
	attribution: z.string(),
	extent: z.object({ spatial: z.object({ bbox: z.array(z.array(z.number()).min(4)), crs: z.literal(CRS84) }) }),
	itemType: z.literal('feature'),
	crs: z.array(z.string()),
	links,
}))

export const Collections = name('Collections', z.object({ links, collections: z.array(Collection) }))

const Geometry = name('Geometry', z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.any()) }).nullable())

const feature = { type: z.literal('Feature'), id: z.string(), properties: z.looseObject({ geoid: z.string(), name: z.string(), county: z.string(), county_name: z.string() }), geometry: Geometry }

export const Feature = name('Feature', z.object(feature))
export const FeatureWithLinks = name('FeatureWithLinks', z.object({ ...feature, links }))

export const FeatureCollection = name('FeatureCollection', z.object({
	type: z.literal('FeatureCollection'),
	timeStamp: z.string().describe('api_field_time_stamp'),
	numberMatched: z.number().int().describe('api_field_total'),
	numberReturned: z.number().int(),
	links,
	features: z.array(Feature),
}))

export const FeatureSchema = name('FeatureSchema', z.looseObject({ $schema: z.string(), type: z.literal('object'), title: z.string(), properties: z.looseObject({}) }))

const limits = z.object({ tileMatrix: z.string(), minTileRow: z.number().int(), maxTileRow: z.number().int(), minTileCol: z.number().int(), maxTileCol: z.number().int() })

const tileSet = {
	title: z.string(),
	dataType: z.literal('vector'),
	crs: z.string(),
	tileMatrixSetURI: z.string(),
	links,
}

export const TileSet = name('TileSet', z.object({
	...tileSet,
	attribution: z.string(),
	tileMatrixSetLimits: z.array(limits),
	boundingBox: z.object({ lowerLeft: z.array(z.number()), upperRight: z.array(z.number()), crs: z.string() }),
	layers: z.array(z.object({ id: z.string(), title: z.string(), dataType: z.literal('vector'), geometryDimension: z.literal(2), propertiesSchema: z.looseObject({ type: z.literal('object') }) })),
}))

export const TileSets = name('TileSets', z.object({ links, tilesets: z.array(z.object(tileSet)) }))

export const TileMatrixSet = name('TileMatrixSet', z.object({
	id: z.string(),
	title: z.string(),
	uri: z.string(),
	crs: z.string(),
	orderedAxes: z.array(z.string()),
	wellKnownScaleSet: z.string(),
	tileMatrices: z.array(z.object({
		id: z.string(), scaleDenominator: z.number(), cellSize: z.number(), cornerOfOrigin: z.literal('topLeft'), pointOfOrigin: z.array(z.number()),
		tileWidth: z.number().int(), tileHeight: z.number().int(), matrixWidth: z.number().int(), matrixHeight: z.number().int(),
	})),
}))

export const TileMatrixSets = name('TileMatrixSets', z.object({ tileMatrixSets: z.array(z.object({ id: z.string(), title: z.string(), uri: z.string(), links })) }))
