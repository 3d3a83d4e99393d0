import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { appendToLedger, canonicalJson, linkRecords, Refusal, type CoreTables, type Json, type Reader, type Writer } from '#database'
import { compare, valueOfArea, type Verdict } from '../comparison.ts'
import type { Bilingual, Unit } from '../domains.ts'
import { findIndicator } from './indicators.ts'
import { findGeography } from './places.ts'
import { readSeries } from './series.ts'
import type { AtlasTables } from './tables.ts'

type Tables = AtlasTables & CoreTables

/** What a citation froze; null stands for "not known" and never for zero. */
export interface FrozenCitation {
	indicator: { key: string; name: Bilingual; unit: Unit; decimals: number }
	place: { geography: string; geoid: string; name: string; county: string }
	vintage: string
	estimate: number | null
	margin: number | null
	comparison: { with: 'region'; name: Bilingual; how: 'rate' | 'sum' | 'middle'; estimate: number | null; margin: number | null; verdict: Verdict }
	series: { version: number; hash: string }
	source: { key: string; publisher: string; sha256: string }
	methodVersion: string
}

export interface Citation {
	id: string
	madeAt: Date
	frozen: FrozenCitation
}

export const METHOD_VERSION = 'area-comparison-1'
const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)

/**
 * Freezes the newest number of an indicator for a place, with its margin, comparison, method and source, and returns the citation's id.
 * The same number cited twice is one citation. Errors: `citation_nothing_there` when the indicator has no series for the place.
 */
export async function citeNumber(writer: Writer<Tables>, actor: string, cited: { indicator: string; geography: string; geoid: string }, now: Date): Promise<string> {
	const frozen = await freeze(writer, cited)
	const text = canonicalJson(frozen as unknown as Json)
	const hash = hashOf(text)
	const id = idOf(hash)
	const written = await writer
		.insertInto('atlas.citation')
		.values({ id, made_at: now, made_by: actor, frozen: text, content_hash: hash })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.returning('id')
		.executeTakeFirst()
	if (!written) return id
	const record = `atlas:citation/${id}`
	await linkRecords(writer, { from: record, relation: 'cites', to: `atlas:series/${cited.indicator}/${frozen.place.geography}/${frozen.vintage}`, at: now, by: actor })
	await linkRecords(writer, { from: record, relation: 'about', to: `atlas:place/${cited.geography}/${cited.geoid}`, at: now, by: actor })
	await appendToLedger(writer, { at: now, actor, kind: 'citation.made', subject: record, payload: { hash: hash.toString('hex') } })
	return id
}

async function freeze(reader: Writer<Tables>, cited: { indicator: string; geography: string; geoid: string }): Promise<FrozenCitation> {
	const [found, geography, region] = await Promise.all([
		findIndicator(reader, cited.indicator),
		findGeography(reader, cited.geography),
		reader.selectFrom('atlas.region').select('name').executeTakeFirst(),
	])
	const head = found?.series.find((series) => series.geography === cited.geography)
	const place = geography?.places.find(({ geoid }) => geoid === cited.geoid)
	if (!found || !geography || !place || !head || !region) throw new Refusal('citation_nothing_there', { indicator: cited.indicator, place: cited.geoid })
	const [series] = await readSeries(reader, [head])
	const source = await reader.selectFrom('atlas.source').select(['key', 'publisher', 'sha256']).where('key', '=', head.source).executeTakeFirstOrThrow()
	const own = { estimate: series!.estimates[place.ordinal]!, moe: series!.margins?.[place.ordinal] ?? NaN }
	const area = valueOfArea(series!, geography.regional)
	return {
		indicator: { key: found.indicator.key, name: found.indicator.name, unit: found.indicator.unit, decimals: head.decimals },
		place: { geography: geography.key, geoid: place.geoid, name: place.name, county: place.countyName },
		vintage: head.vintage,
		estimate: orNull(own.estimate),
		margin: orNull(own.moe),
		comparison: { with: 'region', name: region.name, how: area.how, estimate: orNull(area.estimate), margin: orNull(area.moe), verdict: compare(own, area) },
		series: { version: head.version, hash: head.hash },
		source,
		methodVersion: METHOD_VERSION,
	}
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
	return rows.map(({ id, made_at, frozen }) => ({ id, madeAt: made_at, frozen: frozen as FrozenCitation }))
}

/** A citation with what the newest vintage says now; undefined when there is none of that id. */
export async function findCitation(reader: Reader<Tables>, id: string): Promise<(Citation & { now: { vintage: string; estimate: number | null; margin: number | null } | undefined; intact: boolean }) | undefined> {
	const row = await reader.selectFrom('atlas.citation').selectAll().where('id', '=', id).executeTakeFirst()
	if (!row) return undefined
	const frozen = row.frozen as FrozenCitation
	const found = await findIndicator(reader, frozen.indicator.key)
	const head = found?.series.find((series) => series.geography === frozen.place.geography)
	const geography = head && (await findGeography(reader, head.geography))
	const place = geography?.places.find(({ geoid }) => geoid === frozen.place.geoid)
	const [series] = head && place ? await readSeries(reader, [head]) : []
	const now = series && place && { vintage: series.vintage, estimate: orNull(series.estimates[place.ordinal]), margin: orNull(series.margins?.[place.ordinal]) }
	return { id: row.id, madeAt: row.made_at, frozen, now, intact: isIntact(row) }
}

/** Whether a citation still says what was frozen: its content gives its hash, and its hash its identifier. */
function isIntact(row: { id: string; frozen: unknown; content_hash: Buffer }): boolean {
	const hash = hashOf(canonicalJson(row.frozen as Json))
	return hash.equals(row.content_hash) && idOf(hash) === row.id
}

/** Compares every citation with its hash and with what the ledger committed to; gives the first that was altered, or how many are right. */
export async function verifyCitations(reader: Reader<Tables>): Promise<{ altered: string } | { right: number }> {
	const rows = await reader
		.selectFrom('atlas.citation as c')
		.leftJoin('core.ledger as l', (join) => join.on('l.subject', '=', sql<string>`'atlas:citation/' || c.id`).on('l.kind', '=', 'citation.made'))
		.leftJoin('core.ledger_payload as p', 'p.seq', 'l.seq')
		.select(['c.id', 'c.frozen', 'c.content_hash', 'l.seq', 'p.payload'])
		.orderBy('c.made_at')
		.execute()
	for (const row of rows) {
		const told = (row.payload as { hash?: string } | null)?.hash
		if (!isIntact(row) || row.seq === null || (told !== undefined && told !== row.content_hash.toString('hex'))) return { altered: row.id }
	}
	return { right: rows.length }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest()

/** 60 bits of the hash: the identifier says what it cites, and nobody can guess their way through them by counting. */
const idOf = (hash: Buffer) => `c-${BigInt(`0x${hash.subarray(0, 8).toString('hex')}`).toString(36).padStart(13, '0').slice(0, 12)}`
