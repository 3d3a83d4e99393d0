import { Refusal, type Writer } from '#database'
import {
	areaSquareMeters, buildTiles, encodeChunks, gunzipStream, labelPoint, layerBounds, layerKeys, prepareTiles, projectForPicture, readGeoJson, readShapefile, readTopoJson,
	selectFeatures, type PolygonLayer,
} from '@throughline/geo'
import type { AtlasTables, Drawing, SourceReport } from '../tables.ts'
import { drawGroupBorders } from './county-borders.ts'
import type { ManifestGeography, ManifestSource, Region } from './manifest.ts'
import { readWhole, type SourceFiles } from './source-files.ts'

export const MIN_ZOOM = 4
export const MAX_ZOOM = 11
const PICTURE_WIDTH = 960
/** Rows of one INSERT: PostgreSQL takes at most 65,535 parameters. */
const BATCH = 2000
const LARGE = { maxFeatures: 300_000, maxVertices: 40_000_000 }

type Loaded = { rows: number; report: SourceReport }

/** Reads a boundary source and writes its places, geometry, tiles and drawing into the loading schema. */
export async function loadGeography(writer: Writer<AtlasTables>, source: ManifestSource, files: SourceFiles, region: Region): Promise<Loaded> {
	const geography = source.geography!
	const read = await readLayer(source, files, geography)
	const geoids = layerKeys(read, geography.id, source.file)
	// Place order is GEOID order, whatever the order of the file.
	const order = indicesOf(geoids.map((geoid) => geoid.startsWith(geography.within ?? ''))).sort((a, b) => (geoids[a]! < geoids[b]! ? -1 : 1))
	const layer = selectFeatures(read, order)
	const sorted = order.map((index) => geoids[index]!)
	const inRegion = sorted.map((geoid) => geoid.slice(0, 5) in region.manifest.counties)
	await writer
		.insertInto('atlas_loading.geography')
		.values({
			key: geography.key, kind: geography.place, vintage: geography.vintage, name: JSON.stringify(source.title), source: source.key,
			place_count: sorted.length, bounds: layerBounds(selectFeatures(layer, indicesOf(inRegion))), main: geography.main, min_zoom: MIN_ZOOM, max_zoom: MAX_ZOOM,
		})
		.execute()
	await writePlaces(writer, geography, layer, sorted, inRegion, region)
	for (const [chunk, { first, count, bytes }] of [...encodeChunks(layer)].entries()) {
		await writer.insertInto('atlas_loading.geometry').values({ geography: geography.key, chunk, first_ordinal: first, place_count: count, rings: Buffer.from(bytes) }).execute()
	}
	await writeTiles(writer, geography.key, layer, sorted)
	await writePicture(writer, geography.key, layer, indicesOf(inRegion), sorted)
	return { rows: sorted.length, report: {} }
}

function indicesOf(flags: boolean[]): number[] {
	return flags.flatMap((flag, index) => (flag ? [index] : []))
}

/** The outlines of a source in the format that its manifest names. Errors: those of the readers. */
export async function readLayer(source: ManifestSource, files: SourceFiles, geography: Pick<ManifestGeography, 'format' | 'object'>): Promise<PolygonLayer> {
	const bytes = await readUnpacked(files, source)
	const options = { fileName: source.file, ...LARGE }
	if (geography.format === 'shapefile') return readShapefile(bytes, options)
	if (geography.format === 'topojson') return readTopoJson(bytes, { ...options, object: geography.object! })
	return readGeoJson(bytes, { ...options, maxBytes: 2_000_000_000 })
}

async function readUnpacked(files: SourceFiles, source: ManifestSource): Promise<Uint8Array> {
	if (!source.file.endsWith('.gz')) return readWhole(files.open(source))
	return readWhole(gunzipStream(files.open(source), { fileName: source.file }))
}

async function writePlaces(writer: Writer<AtlasTables>, geography: ManifestGeography, layer: PolygonLayer, geoids: string[], inRegion: boolean[], region: Region): Promise<void> {
	const names = layer.properties.get(geography.name)
	if (!names) throw new Refusal('layer_without_names', { column: geography.name })
	const areas = areaSquareMeters(layer)
	const countyNames = layer.properties.get('NAMELSADCO')
	const rows = geoids.map((geoid, ordinal) => {
		const county = geoid.slice(0, 5)
		const name = String(names[ordinal] ?? geoid)
		return {
			geography: geography.key, ordinal, geoid,
			name: geography.name_prefix ? `${geography.name_prefix} ${name}` : name,
			county_geoid: county,
			county_name: region.manifest.counties[county] ?? String(countyNames?.[ordinal] ?? county),
			in_region: inRegion[ordinal]!,
			area_m2: areas[ordinal]!,
			centroid: labelPoint(layer, ordinal),
		}
	})
	for (let at = 0; at < rows.length; at += BATCH) await writer.insertInto('atlas_loading.place').values(rows.slice(at, at + BATCH)).execute()
}

async function writeTiles(writer: Writer<AtlasTables>, geography: string, layer: PolygonLayer, geoids: string[]): Promise<void> {
	const names = layer.properties.get('NAMELSAD') ?? layer.properties.get('NAME')
	const propertiesOf = (i: number) => ({ GEOID: geoids[i]!, name: String(names?.[i] ?? geoids[i]) })
	let batch: AtlasTables['atlas.tile'][] = []
	const flush = async () => {
		if (batch.length > 0) await writer.insertInto('atlas_loading.tile').values(batch).execute()
		batch = []
	}
	for (const { z, x, y, data } of buildTiles(prepareTiles(layer), { minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, layerName: 'places', propertiesOf })) {
		batch.push({ geography, z, x, y, data: Buffer.from(data) })
		if (batch.length === 200) await flush()
	}
	await flush()
}

async function writePicture(writer: Writer<AtlasTables>, geography: string, layer: PolygonLayer, ordinals: number[], geoids: string[]): Promise<void> {
	const picture = projectForPicture(layer, { widthPixels: PICTURE_WIDTH, subset: ordinals })
	const countyOf = ordinals.map((i) => geoids[i]!.slice(0, 5))
	const counties = drawGroupBorders(picture.paths, countyOf)
	const ofCounty = Map.groupBy(picture.paths.keys(), (i) => countyOf[i]!)
	const outlines = Object.fromEntries([...ofCounty].map(([county, own]) => [county, drawGroupBorders(own.map((i) => picture.paths[i]!), own.map(() => county))]))
	const drawing: Drawing = { width: picture.width, height: picture.height, ordinals, paths: picture.paths, counties, outlines }
	await writer.insertInto('atlas_loading.picture').values({ geography, drawing: JSON.stringify(drawing) }).execute()
}

const TOLERANCE_DEGREES = 1e-5

/** Compares a second copy of a layer with the loaded one: the same places, the same areas and centres. Errors: `layers_differ`. */
export async function checkGeography(writer: Writer<AtlasTables>, source: ManifestSource, files: SourceFiles): Promise<Loaded> {
	const geography = source.geography!
	const layer = await readLayer(source, files, geography)
	const geoids = layerKeys(layer, geography.id, source.file)
	const places = await writer.selectFrom('atlas_loading.place').select(['geoid', 'area_m2', 'centroid']).where('geography', '=', geography.key).execute()
	const indexOf = new Map(geoids.map((geoid, index) => [geoid, index]))
	const areas = areaSquareMeters(layer)
	let largest = 0
	for (const place of places) {
		const index = indexOf.get(place.geoid)
		if (index === undefined) throw new Refusal('layers_differ', { file: source.file, geoid: place.geoid })
		const [x, y] = labelPoint(layer, index)
		const area = areas[index]!
		largest = Math.max(largest, Math.abs(x - place.centroid[0]!), Math.abs(y - place.centroid[1]!))
		if (Math.abs(area / place.area_m2 - 1) > 1e-3) throw new Refusal('layers_differ', { file: source.file, geoid: place.geoid })
	}
	if (places.length !== geoids.length) throw new Refusal('layers_differ', { file: source.file, geoid: geoids.find((geoid) => !places.some((place) => place.geoid === geoid)) ?? '' })
	return { rows: geoids.length, report: { matched: places.length, largestDifferenceDegrees: Math.round(largest / TOLERANCE_DEGREES) * TOLERANCE_DEGREES } }
}
