import type { Reader } from '#database'
import type { SeriesValues } from '../comparison.ts'
import { decodeColumn } from './load/number-column.ts'
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

/** Decoded columns by content hash: a hash never means other numbers, so nothing here can be stale. Least recently used leaves first. */
class ColumnCache {
	private readonly entries = new Map<string, SeriesValues>()
	private bytes = 0

	find(hash: string): SeriesValues | undefined {
		const entry = this.entries.get(hash)
		if (entry) {
			this.entries.delete(hash)
			this.entries.set(hash, entry)
		}
		return entry
	}

	keep(hash: string, values: SeriesValues): void {
		this.entries.set(hash, values)
		this.bytes += sizeOf(values)
		for (const [oldest, entry] of this.entries) {
			if (this.bytes <= CACHE_BYTES) break
			this.entries.delete(oldest)
			this.bytes -= sizeOf(entry)
		}
	}
}

const cache = new ColumnCache()

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

/** The numbers of the given series; only what is not in memory is read. */
export async function readSeries(reader: Reader<AtlasTables>, heads: readonly SeriesHead[]): Promise<Series[]> {
	const found = new Map(heads.map((head) => [head.hash, cache.find(head.hash)]))
	const wanted = heads.filter(({ hash }) => !found.get(hash))
	if (wanted.length > 0) {
		const rows = await reader
			.selectFrom('atlas.series')
			.selectAll()
			.where('content_hash', 'in', wanted.map(({ hash }) => Buffer.from(hash, 'hex')))
			.execute()
		for (const row of rows) {
			const hash = row.content_hash.toString('hex')
			const values = decode(row)
			cache.keep(hash, values)
			found.set(hash, values)
		}
	}
	return heads.map((head) => ({ ...head, ...found.get(head.hash)! }))
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
