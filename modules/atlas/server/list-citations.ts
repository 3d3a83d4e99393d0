import { sql } from 'kysely'
import type { Reader } from '#database'
import type { Citation, FrozenCitation } from './citations.ts'
import type { AtlasTables } from './tables.ts'

export interface CitationFilter {
	indicator?: string
	geography?: string
	geoid?: string
}

/** Citations newest first, a page of them, and how many there are in all. */
export async function listCitations(reader: Reader<AtlasTables>, filter: CitationFilter, page: { offset: number; limit: number }): Promise<{ total: number; citations: Citation[] }> {
	const fits = sql<boolean>`(${filter.indicator ?? null}::text is null or frozen #>> '{indicator,key}' = ${filter.indicator ?? null})
		and (${filter.geography ?? null}::text is null or frozen #>> '{place,geography}' = ${filter.geography ?? null})
		and (${filter.geoid ?? null}::text is null or frozen #>> '{place,geoid}' = ${filter.geoid ?? null})`
	const [count, rows] = await Promise.all([
		reader.selectFrom('atlas.citation').select(({ fn }) => fn.countAll<string>().as('total')).where(fits).executeTakeFirstOrThrow(),
		reader.selectFrom('atlas.citation').select(['id', 'made_at', 'frozen']).where(fits).orderBy('made_at', 'desc').orderBy('id').offset(page.offset).limit(page.limit).execute(),
	])
	return { total: Number(count.total), citations: rows.map(({ id, made_at, frozen }) => ({ id, madeAt: made_at, frozen: frozen as FrozenCitation })) }
}
