import type { Reader } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import type { LedgerHead } from './ledger-head.ts'
import { commitTo, GENESIS_HASH, hashOf } from './ledger.ts'

export type LedgerFinding =
	| { verdict: 'whole'; rows: number; erased: number; head: string }
	| { verdict: 'broken'; seq: number; fault: LedgerFault }

/**
 * `gap`: a row is missing. `chain`: it does not continue the row before it. `hash`: its fields were changed. `payload`: what it
 * commits to was changed. `rewritten`: it differs from a signed head. `cut`: rows are gone that a signed head, or a payload left
 * behind, knows of.
 */
export type LedgerFault = 'gap' | 'chain' | 'hash' | 'payload' | 'rewritten' | 'cut'

const BATCH = 2000

/**
 * Walks the whole chain in batches and names the first row that does not fit, by itself or by the signed `heads`.
 * An erased payload is counted, not a fault.
 */
export async function verifyLedger(reader: Reader<CoreTables>, heads: readonly LedgerHead[] = []): Promise<LedgerFinding> {
	let previous: Buffer = GENESIS_HASH
	const known = new Map(heads.map((head) => [head.seq, head.hash]))
	const lastKnown = Math.max(0, ...known.keys())
	let rows = 0
	let erased = 0
	for (;;) {
		const batch = await reader
			.selectFrom('core.ledger as l')
			.leftJoin('core.ledger_payload as p', 'p.seq', 'l.seq')
			.select(['l.seq', 'l.at', 'l.actor', 'l.kind', 'l.subject', 'l.commitment', 'l.previous_hash', 'l.hash', 'p.salt', 'p.payload'])
			.where('l.seq', '>', rows)
			.orderBy('l.seq')
			.limit(BATCH)
			.execute()
		if (batch.length === 0 && rows < lastKnown) return { verdict: 'broken', seq: rows + 1, fault: 'cut' }
		if (batch.length === 0 && (await hasPayloadBeyond(reader, rows))) return { verdict: 'broken', seq: rows + 1, fault: 'cut' }
		if (batch.length === 0) return { verdict: 'whole', rows, erased, head: previous.toString('hex') }
		for (const row of batch) {
			if (row.seq !== rows + 1) return { verdict: 'broken', seq: rows + 1, fault: 'gap' }
			if (!row.previous_hash.equals(previous)) return { verdict: 'broken', seq: row.seq, fault: 'chain' }
			if (!row.hash.equals(hashOf(row))) return { verdict: 'broken', seq: row.seq, fault: 'hash' }
			if (known.has(row.seq) && known.get(row.seq) !== row.hash.toString('hex')) return { verdict: 'broken', seq: row.seq, fault: 'rewritten' }
			if (!row.salt) erased++
			else if (!row.commitment.equals(commitTo(row.salt, row.payload!))) return { verdict: 'broken', seq: row.seq, fault: 'payload' }
			previous = row.hash
			rows++
		}
	}
}

async function hasPayloadBeyond(reader: Reader<CoreTables>, rows: number): Promise<boolean> {
	return (await reader.selectFrom('core.ledger_payload').select('seq').where('seq', '>', rows).limit(1).executeTakeFirst()) !== undefined
}
