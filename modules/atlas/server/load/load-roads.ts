import { Refusal, type Writer } from '#database'
import { buildRoadTiles, readRoads, ROAD_ZOOMS } from '@throughline/geo'
import type { AtlasTables, SourceReport } from '../tables.ts'
import type { ManifestSource } from './manifest.ts'
import type { SourceFiles } from './source-files.ts'

/** Roads around the region help to find one's way in it: so much of its width and height is drawn beyond each side. */
const MARGIN_SHARE = 0.15
const ATTRIBUTION = '© OpenStreetMap contributors (ODbL)'
const BATCH = 200

/**
 * Reads major roads and names of settlements about the region from an OpenStreetMap extract and writes them as tiles of the backdrop.
 * Errors: those of the reader; `roads_elsewhere` when no road of it lies about the region.
 */
export async function loadRoads(writer: Writer<AtlasTables>, source: ManifestSource, files: SourceFiles): Promise<{ rows: number; report: SourceReport }> {
	const main = await writer.selectFrom('atlas_loading.geography').select('bounds').where('main', '=', true).executeTakeFirst()
	if (!main) throw new Refusal('geography_first', {})
	const bounds = widened(main.bounds)
	const roads = await readRoads(() => files.open(source), { fileName: source.file, within: bounds })
	if (roads.classes.length === 0) throw new Refusal('roads_elsewhere', { file: source.file })
	await writer.insertInto('atlas_loading.backdrop').values({ source: source.key, attribution: ATTRIBUTION, bounds: [...bounds], min_zoom: ROAD_ZOOMS.min, max_zoom: ROAD_ZOOMS.max }).execute()
	let batch: AtlasTables['atlas.backdrop_tile'][] = []
	const flush = async () => {
		if (batch.length > 0) await writer.insertInto('atlas_loading.backdrop_tile').values(batch).execute()
		batch = []
	}
	for (const { z, x, y, data } of buildRoadTiles(roads)) {
		batch.push({ z, x, y, data: Buffer.from(data) })
		if (batch.length === BATCH) await flush()
	}
	await flush()
	return { rows: roads.classes.length, report: {} }
}

function widened([west, south, east, north]: number[]): [number, number, number, number] {
	const [dx, dy] = [MARGIN_SHARE * (east! - west!), MARGIN_SHARE * (north! - south!)]
	return [west! - dx, south! - dy, east! + dx, north! + dy]
}
