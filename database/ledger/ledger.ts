import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Writer } from '../connect.ts'
import type { CoreTables } from '../tables.ts'
import { canonicalJson, type Json } from './canonical-json.ts'

/** A fact that happened, as a room tells it. `payload` is kept beside the chain and may later be erased. */
export interface LedgerEvent {
	at: Date
	/** A pseudonymous account id, `system`, or `visitor`; never a name or an address. */
	actor: string
	/** What happened, e.g. `citation.made`. */
	kind: string
	/** The record it happened to, e.g. `atlas:citation/c-4f2k`. */
	subject: string
	payload: Json
}

export interface ChainedFields {
	seq: number
	at: Date
	actor: string
	kind: string
	subject: string
	commitment: Buffer
	previous_hash: Buffer
}

export const GENESIS_HASH = Buffer.alloc(32)
const LEDGER_LOCK = 7_201_955

/**
 * Appends an event to the ledger inside the caller's transaction and returns its sequence number.
 * An advisory lock serialises writers until their commit, so the chain has neither forks nor gaps.
 */
export async function appendToLedger(writer: Writer<CoreTables>, event: LedgerEvent): Promise<number> {
	await sql`select pg_advisory_xact_lock(${LEDGER_LOCK})`.execute(writer)
	const last = await writer.selectFrom('core.ledger').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
	const salt = randomBytes(32)
	const fields: ChainedFields = {
		seq: (last?.seq ?? 0) + 1,
		at: event.at,
		actor: event.actor,
		kind: event.kind,
		subject: event.subject,
		commitment: commitTo(salt, event.payload),
		previous_hash: last?.hash ?? GENESIS_HASH,
	}
	await writer.insertInto('core.ledger').values({ ...fields, hash: hashOf(fields) }).execute()
	await writer.insertInto('core.ledger_payload').values({ seq: fields.seq, salt, payload: JSON.stringify(event.payload) }).execute()
	return fields.seq
}

/** SHA-256 of salt and canonical JSON (RFC 8785 for the values we write): binding, and hiding without the salt. */
export function commitTo(salt: Buffer, payload: Json): Buffer {
	return createHash('sha256').update(salt).update(canonicalJson(payload)).digest()
}

/** The hash that chains a row to the one before it. */
export function hashOf(fields: ChainedFields): Buffer {
	const text = canonicalJson([fields.seq, fields.at.toISOString(), fields.actor, fields.kind, fields.subject])
	return createHash('sha256').update(fields.previous_hash).update(text).update(fields.commitment).digest()
}
