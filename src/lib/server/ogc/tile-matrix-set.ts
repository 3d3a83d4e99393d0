import type { Box } from '#atlas/server'

export const SET = 'WebMercatorQuad'
export const SET_URI = `http://www.opengis.net/def/tilematrixset/OGC/1.0/${SET}`
export const WEB_MERCATOR = 'http://www.opengis.net/def/crs/EPSG/0/3857'

/** Half the width of the projected world, in metres. */
const HALF = 20037508.342789244
const MATRICES = 25

/** WebMercatorQuad as OGC registered it (Two Dimensional Tile Matrix Set 2.0, annex D.1): matrix 0 is one tile of 256 pixels. */
export function webMercatorQuad() {
	return {
		id: SET,
		title: 'Google Maps Compatible for the World',
		uri: SET_URI,
		crs: WEB_MERCATOR,
		orderedAxes: ['X', 'Y'],
		wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
		tileMatrices: Array.from({ length: MATRICES }, (_, z) => {
			const cellSize = (2 * HALF) / 256 / 2 ** z
			return {
				// A pixel is 0.28 mm wide, by the standard.
				id: String(z), scaleDenominator: cellSize / 0.00028, cellSize, cornerOfOrigin: 'topLeft' as const, pointOfOrigin: [-HALF, HALF],
				tileWidth: 256, tileHeight: 256, matrixWidth: 2 ** z, matrixHeight: 2 ** z,
			}
		}),
	}
}

export interface TileLimits {
	tileMatrix: string
	minTileRow: number
	maxTileRow: number
	minTileCol: number
	maxTileCol: number
}

/** The rows and columns of each matrix that a box in degrees touches. */
export function tileLimits([west, south, east, north]: Box, minZoom: number, maxZoom: number): TileLimits[] {
	return Array.from({ length: maxZoom - minZoom + 1 }, (_, i) => {
		const z = minZoom + i
		const column = (longitude: number) => clamp(Math.floor(((longitude + 180) / 360) * 2 ** z), z)
		const row = (latitude: number) => clamp(Math.floor(((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z), z)
		return { tileMatrix: String(z), minTileRow: row(north), maxTileRow: row(south), minTileCol: column(west), maxTileCol: column(east) }
	})
}

function clamp(index: number, z: number): number {
	return Math.max(0, Math.min(2 ** z - 1, index))
}
