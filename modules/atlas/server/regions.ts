import type { Reader } from '#database'
import type { AtlasTables, RegionSummary } from './tables.ts'
import type { Bilingual } from '../domains.ts'

export interface LoadedRegion extends RegionSummary {
	key: string
	name: Bilingual
	fictional: boolean
	loadedAt: Date
}

/** The region of this installation, or undefined while it is not loaded. */
export async function findRegion(reader: Reader<AtlasTables>): Promise<LoadedRegion | undefined> {
	const row = await reader.selectFrom('atlas.region').selectAll().executeTakeFirst()
	return row && { ...row.manifest, key: row.key, name: row.name, fictional: row.fictional, loadedAt: row.loaded_at }
}
