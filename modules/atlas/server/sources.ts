import type { Reader } from '#database'
import type { AtlasTables, SourceTable } from './tables.ts'
import type { Selectable } from 'kysely'

export type Source = Selectable<SourceTable>

/** Every source of the loaded region, in the manifest's order. */
export async function listSources(reader: Reader<AtlasTables>): Promise<Source[]> {
	return reader.selectFrom('atlas.source').selectAll().orderBy('ordinal').execute()
}
