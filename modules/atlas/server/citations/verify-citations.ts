import { sql } from 'kysely'
import type { CoreTables, Reader } from '#database'
import type { AtlasTables } from '../tables.ts'
import { isIntact } from './identity.ts'

/** Compares every citation with its hash and with what the ledger committed to; gives the first that was altered, or how many are right. */
export async function verifyCitations(reader: Reader<AtlasTables & CoreTables>): Promise<{ altered: string } | { right: number }> {
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
