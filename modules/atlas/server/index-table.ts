import type { Reader } from '#database'
import { findGeography, type Geography } from './places.ts'
import { listPlaceColumns } from './place-columns.ts'
import type { Indicator } from './indicators.ts'
import type { SeriesHead } from './series.ts'
import type { AtlasTables } from './tables.ts'

/** One column that an index may use. */
export interface IndexInput {
	indicator: Indicator
	series: SeriesHead
}

export interface IndexTableOfRegion {
	geography: Geography
	/** Ordinals of the region's places: the rows. */
	ordinals: number[]
	/** GEOIDs by row. */
	keys: string[]
	/** Newest estimates by indicator key, NaN for missing. */
	columns: Map<string, Float64Array>
	inputs: IndexInput[]
}

/** What an index of the region is computed from: the newest series of every measure on the main geography; indices themselves are left out. */
export async function readIndexTable(reader: Reader<AtlasTables>, geographyKey: string): Promise<IndexTableOfRegion> {
	const geography = (await findGeography(reader, geographyKey))!
	const listed = (await listPlaceColumns(reader, geographyKey)).filter(({ indicator }) => indicator.domain !== 'index')
	const ordinals = geography.regional
	const columns = new Map(listed.map(({ indicator, series }) => [indicator.key, Float64Array.from(ordinals, (ordinal) => series.estimates[ordinal]!)]))
	const inputs = listed.map(({ indicator, series: { estimates: _, margins: __, numerators: ___, ...series } }) => ({ indicator, series }))
	return { geography, ordinals, keys: ordinals.map((ordinal) => geography.places[ordinal]!.geoid), columns, inputs }
}
