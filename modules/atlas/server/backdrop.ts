import type { Reader } from '#database'
import type { AtlasTables } from './tables.ts'

/** Roads and names beneath a map's outlines: a vector source with the layers `roads` (property `class`) and `labels` (`name`, `kind`). */
export interface Backdrop {
	/** Where its tiles are, on this server. */
	tiles: string
	minZoom: number
	maxZoom: number
	/** West, south, east, north in degrees. */
	bounds: [number, number, number, number]
	/** Whose data it is; must be shown wherever the backdrop is. */
	attribution: string
}

/** The backdrop of the loaded region, or undefined when it has none. */
export async function findBackdrop(reader: Reader<AtlasTables>): Promise<Backdrop | undefined> {
	const row = await reader.selectFrom('atlas.backdrop').selectAll().executeTakeFirst()
	return row && { tiles: '/tiles/roads/{z}/{x}/{y}.mvt', minZoom: row.min_zoom, maxZoom: row.max_zoom, bounds: row.bounds as Backdrop['bounds'], attribution: row.attribution }
}

/** A vector tile of the backdrop, or undefined where there is nothing to draw. */
export async function findBackdropTile(reader: Reader<AtlasTables>, z: number, x: number, y: number): Promise<Buffer | undefined> {
	const row = await reader.selectFrom('atlas.backdrop_tile').select('data').where((where) => where.and({ z, x, y })).executeTakeFirst()
	return row?.data
}
