import type { ColumnType, Generated } from 'kysely'
import type { Json } from './ledger/canonical-json.ts'

/** A jsonb column: read as a value, written as text. */
export type Jsonb<T> = ColumnType<T, string, string>

export interface LedgerTable {
	seq: number
	at: Date
	actor: string
	kind: string
	subject: string
	commitment: Buffer
	previous_hash: Buffer
	hash: Buffer
}

export interface LinkTable {
	id: Generated<number>
	from_record: string
	relation: string
	to_record: string
	at: Date
	by: string
}

export interface JobTable {
	id: string
	task: string
	payload: Jsonb<Json>
	state: ColumnType<'waiting' | 'running' | 'done' | 'failed', 'waiting' | undefined, 'waiting' | 'running' | 'done' | 'failed'>
	step: Generated<string>
	done: Generated<number>
	total: Generated<number>
	reason: Jsonb<{ code: string; parameters: Record<string, string | number> }> | null
	asked_by: string
	asked_at: Date
	started_at: Date | null
	heartbeat_at: Date | null
	ended_at: Date | null
}

/** Tables of schema `core`: the database room's own. */
export interface CoreTables {
	'core.setting': { key: string; value: Jsonb<Json>; updated_at: Generated<Date> }
	'core.ledger': LedgerTable
	'core.ledger_payload': { seq: number; salt: Buffer; payload: Jsonb<Json> }
	'core.link': LinkTable
	'core.job': JobTable
}
