import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

/** A position that may be farther off than this does not choose a place by itself. */
export const FARTHEST_METERS = 1000

export interface PlaceAt {
	geoid: string
	name: string
}

interface Degrees {
	longitude: number
	latitude: number
}

/** Which tile of a zoom holds a position, and where in it: x and y from 0 to 1, y to the south. Web Mercator. */
export function tileAt(zoom: number, { longitude, latitude }: Degrees): { column: number; row: number; x: number; y: number } {
	const size = 2 ** zoom
	const sine = Math.sin((latitude * Math.PI) / 180)
	const east = (longitude / 360 + 0.5) * size
	const south = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size
	return { column: Math.floor(east), row: Math.floor(south), x: east - Math.floor(east), y: south - Math.floor(south) }
}

/** The place of a tile's layer `places` that holds a point of it (x and y from 0 to 1), by the even-odd rule; undefined where there is none. */
export function placeInTile(bytes: Uint8Array, x: number, y: number): PlaceAt | undefined {
	const layer = new VectorTile(new PbfReader(bytes)).layers.places
	for (let i = 0; i < (layer?.length ?? 0); i++) {
		const feature = layer!.feature(i)
		if (!holds(feature.loadGeometry(), x * feature.extent, y * feature.extent)) continue
		const { GEOID, name } = feature.properties
		if (GEOID !== undefined) return { geoid: String(GEOID), name: String(name ?? GEOID) }
	}
	return undefined
}

function holds(rings: readonly (readonly { x: number; y: number }[])[], x: number, y: number): boolean {
	let inside = false
	for (const ring of rings) {
		for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
			const [a, b] = [ring[i]!, ring[j]!]
			if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside
		}
	}
	return inside
}

/** The place at a position, looked up in the one tile around it: the server never learns more. Errors: when the tile cannot be fetched. */
export async function findPlaceAt(geography: string, zoom: number, position: Degrees): Promise<PlaceAt | undefined> {
	const { column, row, x, y } = tileAt(zoom, position)
	if (!(row >= 0 && row < 2 ** zoom)) return undefined
	const answer = await fetch(`/tiles/${geography}/${zoom}/${column}/${row}.mvt`)
	if (answer.status === 204) return undefined
	if (!answer.ok) throw new Error(`${answer.status} for the tile`)
	return placeInTile(new Uint8Array(await answer.arrayBuffer()), x, y)
}
