import type { Reader } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import { commitTo, GENESIS_HASH, hashOf } from './ledger.ts'

export type LedgerFinding =
	| { verdict: 'whole'; rows: number; erased: number; head: string }
	| { verdict: 'broken'; seq: number; fault: 'gap' | 'chain' | 'hash' | 'payload' }

const BATCH = 2000

/** Walks the whole chain in batches and names the first row that does not fit. An erased payload is counted, not a fault. */
export async function verifyLedger(reader: Reader<CoreTables>): Promise<LedgerFinding> {
	let previous: Buffer = GENESIS_HASH
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
		if (batch.length === 0) return { verdict: 'whole', rows, erased, head: previous.toString('hex') }
		for (const row of batch) {
			if (row.seq !== rows + 1) return { verdict: 'broken', seq: rows + 1, fault: 'gap' }
			if (!row.previous_hash.equals(previous)) return { verdict: 'broken', seq: row.seq, fault: 'chain' }
			if (!row.hash.equals(hashOf(row))) return { verdict: 'broken', seq: row.seq, fault: 'hash' }
			if (!row.salt) erased++
			else if (!row.commitment.equals(commitTo(row.salt, row.payload!))) return { verdict: 'broken', seq: row.seq, fault: 'payload' }
			previous = row.hash
			rows++
		}
	}
}
