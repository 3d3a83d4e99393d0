import { sql } from 'kysely'
import type { CoreTables, Reader } from '#database'
import { quantileOfSorted, sortedPresent } from '@throughline/stats'
import type { FrozenCitation, FrozenIndex, FrozenMap, FrozenNumber, FrozenRank } from '../../citation.ts'
import { standingOf } from '../../comparison.ts'
import { findGeography } from '../places.ts'
import { readSeries } from '../series.ts'
import type { AtlasTables } from '../tables.ts'
import { freezeIndex } from './freeze-index.ts'
import { orNull } from './freeze.ts'
import { isIntact } from './identity.ts'
import { findHead, findSubject } from './subject.ts'

type Tables = AtlasTables & CoreTables

export interface Citation {
	id: string
	madeAt: Date
	frozen: FrozenCitation
}

/** What the newest vintage says of the same thing; `rank` only where a rank was cited, `values` only of a profile, by indicator. */
export interface LatestOf {
	vintage: string
	estimate: number | null
	margin: number | null
	rank?: { rank: number; of: number }
	/** Of an index: whether it was computed from the very same numbers. */
	same?: boolean
	values?: Record<string, { vintage: string; estimate: number | null; margin: number | null }>
}

/** The citations about a place, newest first, at most `limit`. */
export async function listCitationsAbout(reader: Reader<Tables>, geography: string, geoid: string, limit = 50): Promise<Citation[]> {
	const rows = await reader
		.selectFrom('core.link')
		.innerJoin('atlas.citation', (join) => join.on(sql`'atlas:citation/' || atlas.citation.id`, '=', sql.ref('core.link.from_record')))
		.select(['atlas.citation.id', 'atlas.citation.made_at', 'atlas.citation.frozen'])
		.where('core.link.to_record', '=', `atlas:place/${geography}/${geoid}`)
		.where('core.link.relation', '=', 'about')
		.orderBy('atlas.citation.made_at', 'desc')
		.limit(limit)
		.execute()
	return rows.map(toCitation)
}

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
	return { total: Number(count.total), citations: rows.map(toCitation) }
}

/** A citation with what the newest vintage says now; undefined when there is none of that id. */
export async function findCitation(reader: Reader<Tables>, id: string): Promise<(Citation & { now: LatestOf | undefined; intact: boolean }) | undefined> {
	const row = await reader.selectFrom('atlas.citation').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const citation = toCitation(row)
	return { ...citation, now: await latestOf(reader, citation.frozen), intact: isIntact(row) }
}

/** Citations made before there were kinds are of a number. */
function toCitation({ id, made_at, frozen }: { id: string; made_at: Date; frozen: unknown }): Citation {
	return { id, madeAt: made_at, frozen: { kind: 'number', ...(frozen as object) } as FrozenCitation }
}

async function latestOf(reader: Reader<Tables>, frozen: FrozenCitation): Promise<LatestOf | undefined> {
	if (frozen.kind === 'map') return latestOfMap(reader, frozen)
	if (frozen.kind === 'index') return latestOfIndex(reader, frozen)
	if (frozen.kind !== 'profile') return latestOfNumber(reader, frozen)
	const values: LatestOf['values'] = {}
	for (const { indicator } of frozen.rows) {
		const latest = await latestOfNumber(reader, { kind: 'number', place: frozen.place, indicator })
		if (latest) values[indicator.key] = latest
	}
	const vintages = Object.values(values).map(({ vintage }) => vintage)
	return vintages.length > 0 ? { vintage: vintages.sort().at(-1)!, estimate: null, margin: null, values } : undefined
}

async function latestOfNumber(reader: Reader<Tables>, { kind, indicator, place }: Pick<FrozenNumber | FrozenRank, 'kind' | 'indicator' | 'place'>): Promise<LatestOf | undefined> {
	const subject = await findSubject(reader, place.geography, place.geoid, { region: { en: place.name, es: place.name }, state: { en: place.name, es: place.name } })
	const head = subject && (await findHead(reader, indicator.key, subject.geography.key))
	if (!subject || !head) return undefined
	const [series] = await readSeries(reader, [head])
	const { estimate, moe } = subject.valueIn(series!)
	const standing = kind === 'rank' && subject.ordinal !== undefined ? standingOf(series!.estimates, subject.ordinal, subject.geography.regional) : undefined
	return { vintage: head.vintage, estimate: orNull(estimate), margin: orNull(moe), ...(standing && { rank: { rank: standing.rank, of: standing.of } }) }
}

/** The middle place of the newest vintage. */
async function latestOfMap(reader: Reader<Tables>, frozen: FrozenMap): Promise<LatestOf | undefined> {
	const [head, geography] = await Promise.all([findHead(reader, frozen.indicator.key, frozen.geography), findGeography(reader, frozen.geography)])
	if (!head || !geography) return undefined
	const [series] = await readSeries(reader, [head])
	const values = sortedPresent(Float64Array.from(geography.regional, (ordinal) => series!.estimates[ordinal]!))
	return { vintage: head.vintage, estimate: orNull(quantileOfSorted(values, 0.5)), margin: null }
}

/** The same version of the index over the newest numbers; for the index as a whole only whether it can still be computed. */
async function latestOfIndex(reader: Reader<Tables>, frozen: FrozenIndex): Promise<LatestOf | undefined> {
	const now = await freezeIndex(reader, { kind: 'index', recipe: frozen.recipe.id, version: frozen.recipe.version, ...(frozen.place && { geoid: frozen.place.geoid }) }, frozen.region).catch(() => undefined)
	if (!now) return undefined
	const vintage = now.inputs.map((input) => input.vintage).sort().at(-1) ?? ''
	const same = now.inputs.every(({ hash }, i) => hash === frozen.inputs[i]?.hash)
	return { vintage, estimate: now.score, margin: null, ...(now.standing && { rank: now.standing }), same }
}
