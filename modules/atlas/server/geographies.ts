import { sql, type Selectable } from 'kysely'
import type { Reader } from '#database'
import type { AtlasTables, GeographyTable } from './tables.ts'

/** A geography as it is listed, with the number of its places in the region. */
export type ListedGeography = Selectable<GeographyTable> & { regional_count: number }

/** The geographies of the region, the main one first, then the newest; without their places. */
export async function listGeographies(reader: Reader<AtlasTables>): Promise<ListedGeography[]> {
	return reader
		.selectFrom('atlas.geography as g')
		.selectAll()
		.select(sql<number>`(select count(*)::int from atlas.place p where p.geography = g.key and p.in_region)`.as('regional_count'))
		.orderBy('main', 'desc')
		.orderBy('vintage', 'desc')
		.orderBy('key')
		.execute()
}
