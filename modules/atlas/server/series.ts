import type { Reader } from '#database'
import type { SeriesValues } from '../comparison.ts'
import { decodeColumn } from './load/number-column.ts'
import { RecentlyUsed } from './recently-used.ts'
import { SharedWork } from './shared-work.ts'
import { takeTurns } from './take-turns.ts'
import type { AtlasTables, SeriesTable } from './tables.ts'

export interface SeriesHead {
	indicator: string
	geography: string
	geographyVintage: number
	main: boolean
	vintage: string
	version: number
	source: string
	decimals: number
	hash: string
}

/** A series with its numbers. */
export interface Series extends SeriesHead, SeriesValues {}

const CACHE_BYTES = 96 * 2 ** 20

/** Decoded columns by content hash: a hash never means other numbers, so nothing here can be stale. */
const cache = new RecentlyUsed<SeriesValues>(CACHE_BYTES, sizeOf)

function sizeOf(values: SeriesValues): number {
	return [values.estimates, values.margins, values.numerators, values.numeratorMargins, values.universes, values.universeMargins].reduce(
		(sum, column) => sum + (column?.byteLength ?? 0),
		0,
	)
}

/** The series of one indicator, or of all, newest vintage on the main geography first; without their numbers. */
export async function listSeries(reader: Reader<AtlasTables>, indicator?: string): Promise<SeriesHead[]> {
	const rows = await reader
		.selectFrom('atlas.series as s')
		.innerJoin('atlas.geography as g', 'g.key', 's.geography')
		.distinctOn(['s.indicator', 's.geography', 's.vintage'])
		.select(['s.indicator', 's.geography', 's.vintage', 's.version', 's.source', 's.decimals', 's.content_hash', 'g.vintage as geography_vintage', 'g.main'])
		.orderBy('s.indicator')
		.orderBy('s.geography')
		.orderBy('s.vintage')
		.orderBy('s.version', 'desc')
		.$if(indicator !== undefined, (query) => query.where('s.indicator', '=', indicator!))
		.execute()
	const heads = rows.map(({ content_hash, geography_vintage, ...row }) => ({ ...row, geographyVintage: geography_vintage, hash: content_hash.toString('hex') }))
	const lastYear = (vintage: string) => vintage.slice(-4)
	return heads.sort((a, b) => Number(b.main) - Number(a.main) || lastYear(b.vintage).localeCompare(lastYear(a.vintage)))
}

/** Series that are read by one query: the columns of eight on some thousand places are parsed within a few milliseconds. */
const BATCH = 8

const beingRead = new SharedWork<Map<string, SeriesValues>>()

/** The numbers of the given series; only what is not in memory is read, once for all who ask meanwhile, and no turn of work takes long. */
export async function readSeries(reader: Reader<AtlasTables>, heads: readonly SeriesHead[]): Promise<Series[]> {
	const found = new Map(heads.map(({ hash }) => [hash, cache.find(hash)]))
	const wanted = [...found].flatMap(([hash, values]) => (values ? [] : [hash]))
	const read = wanted.length > 0 ? await beingRead.do(wanted.join(), () => readColumns(reader, wanted)) : undefined
	return heads.map((head) => ({ ...head, ...(found.get(head.hash) ?? read!.get(head.hash))! }))
}

async function readColumns(reader: Reader<AtlasTables>, hashes: readonly string[]): Promise<Map<string, SeriesValues>> {
	const read = new Map<string, SeriesValues>()
	const pause = takeTurns()
	for (let at = 0; at < hashes.length; at += BATCH) {
		const wanted = hashes.slice(at, at + BATCH).map((hash) => Buffer.from(hash, 'hex'))
		for (const row of await reader.selectFrom('atlas.series').selectAll().where('content_hash', 'in', wanted).execute()) {
			const hash = row.content_hash.toString('hex')
			const values = decode(row)
			cache.keep(hash, values)
			read.set(hash, values)
			await pause()
		}
	}
	return read
}

function decode(row: SeriesTable): SeriesValues {
	const column = (bytes: Buffer | null) => bytes && decodeColumn(bytes)
	return {
		kind: row.kind,
		estimates: decodeColumn(row.estimates),
		margins: column(row.margins),
		numerators: column(row.numerators),
		numeratorMargins: column(row.numerator_margins),
		universes: column(row.universes),
		universeMargins: column(row.universe_margins),
	}
}
