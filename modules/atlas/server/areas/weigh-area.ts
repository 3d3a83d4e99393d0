import type { CoreTables, Reader } from '#database'
import { areaSquareMeters, decodeRings } from '@throughline/geo'
import type { AreaPart, Weights } from '../../areas.ts'
import { findGeography, type Geography } from '../places.ts'
import type { AtlasTables } from '../tables.ts'
import { findParts } from './area-parts.ts'
import { toArea, type Area } from './find-area.ts'
import { findPeopleParts, type PeopleParts } from './people-parts.ts'

type Tables = AtlasTables & CoreTables

/** An area with the places that it holds, by land, and by people where the region has finer places. */
export interface WeighedArea {
	area: Area
	geography: Geography
	/** By land. */
	parts: AreaPart[]
	byPeople: PeopleParts | undefined
}

const held = new Map<string, { loaded: Geography; found: Pick<WeighedArea, 'parts' | 'byPeople'> }>()
const MOST_HELD = 200

/**
 * The places that an area holds; found once for a loaded region and kept for the last two hundred areas. An area's id comes from the hash
 * of its content, so what is kept can be no other's. Undefined for an unknown area.
 */
export async function weighArea(reader: Reader<Tables>, id: string): Promise<WeighedArea | undefined> {
	const row = await reader.selectFrom('atlas.area').selectAll().where('id', '=', id).executeTakeFirst()
	const geography = row && (await findGeography(reader, row.geography))
	if (!row || !geography) return undefined
	const known = held.get(id)
	if (known?.loaded === geography) return { area: toArea(row), geography, ...known.found }
	const outline = decodeRings(row.rings)
	const found = row.kind === 'picked' ? { parts: pickedParts(geography, row.geoids, areaSquareMeters(outline)), byPeople: undefined } : await findBoth(reader, geography, outline)
	held.set(id, { loaded: geography, found })
	if (held.size > MOST_HELD) held.delete(held.keys().next().value!)
	return { area: toArea(row), geography, ...found }
}

/** The parts that an area's numbers are made of, and what they are shares of: people where that can be told, unless land is asked for. */
export function chosenParts({ parts, byPeople }: Pick<WeighedArea, 'parts' | 'byPeople'>, asked?: 'land' | 'people'): { parts: AreaPart[]; by: Weights } {
	if (parts.every(({ placeShare }) => placeShare === 1)) return { parts, by: 'whole' }
	return byPeople && asked !== 'land' ? { parts: byPeople.parts, by: 'people' } : { parts, by: 'land' }
}

async function findBoth(reader: Reader<Tables>, geography: Geography, outline: ReturnType<typeof decodeRings>): Promise<Pick<WeighedArea, 'parts' | 'byPeople'>> {
	const parts = await findParts(reader, geography.key, outline)
	return { parts, byPeople: await findPeopleParts(reader, geography, parts, outline) }
}

/** Places that were picked lie wholly in the area; the outline's features stand in their order. */
function pickedParts({ places }: Geography, geoids: readonly string[], squareMeters: Float64Array): AreaPart[] {
	const byGeoid = new Map(places.map(({ geoid, ordinal }) => [geoid, ordinal]))
	const all = squareMeters.reduce((sum, area) => sum + area, 0)
	return geoids.flatMap((geoid) => byGeoid.get(geoid) ?? []).map((ordinal, i) => ({ ordinal, placeShare: 1, areaShare: squareMeters[i]! / all }))
}
