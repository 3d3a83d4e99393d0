import type { CoreTables, Reader } from '#database'
import type { PolygonLayer } from '@throughline/geo'
import { partsByPeople, type AreaPart, type FinerPart } from '../../areas.ts'
import { findGeography, type Geography } from '../places.ts'
import { listSeries, readSeries } from '../series.ts'
import type { AtlasTables } from '../tables.ts'
import { findParts } from './area-parts.ts'

type Tables = AtlasTables & CoreTables

/** Parts of an area by people, and whose people they are. */
export interface PeopleParts {
	parts: AreaPart[]
	/** The finer geography that tells where people live, and the years of its counts. */
	geography: string
	kind: string
	vintage: string
	/** Places that keep their share of land, because nobody lives in them or the people of a finer place are not known. */
	byLand: number
}

/** Kinds of places that nest in tracts by their GEOIDs, the finest first. */
const FINER_KINDS = ['block', 'block-group']

/**
 * The parts of an area by the people of finer places, each divided by land where the outline cuts it. Undefined where the region has no
 * finer places of the same year with a population, or nobody is known to live in the area.
 */
export async function findPeopleParts(reader: Reader<Tables>, geography: Geography, parts: readonly AreaPart[], outline: PolygonLayer): Promise<PeopleParts | undefined> {
	const head = await findPopulation(reader, geography)
	const finer = head && (await findGeography(reader, head.geography))
	if (!head || !finer) return undefined
	const [series] = await readSeries(reader, [head])
	const shareOf = new Map((await findParts(reader, finer.key, outline)).map(({ ordinal, placeShare }) => [ordinal, placeShare]))
	const touched = new Map(parts.map(({ ordinal }) => [geography.places[ordinal]!.geoid, ordinal]))
	const digits = geography.places[0]!.geoid.length
	const within = finer.places.flatMap(({ geoid, ordinal }): FinerPart[] => {
		const parent = touched.get(geoid.slice(0, digits))
		return parent === undefined ? [] : [{ parent, people: series!.estimates[ordinal]!, share: shareOf.get(ordinal) ?? 0 }]
	})
	const told = partsByPeople(parts, within)
	return told && { ...told, geography: finer.key, kind: finer.kind, vintage: series!.vintage }
}

async function findPopulation(reader: Reader<Tables>, geography: Geography) {
	const kinds = await reader.selectFrom('atlas.geography').select(['key', 'kind']).where('kind', 'in', FINER_KINDS).where('vintage', '=', geography.vintage).execute()
	if (kinds.length === 0) return undefined
	const heads = await listSeries(reader, 'population')
	return FINER_KINDS.flatMap((kind) => heads.find((head) => kinds.some((one) => one.key === head.geography && one.kind === kind)) ?? [])[0]
}
