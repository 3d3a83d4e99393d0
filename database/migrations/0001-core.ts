import { sql, type Kysely } from 'kysely'

/** The ledger, the thread's links, the progress of jobs and the installation's settings. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table core.setting (
		key text primary key,
		value jsonb not null,
		updated_at timestamptz not null default now()
	)`,
	`create table core.ledger (
		seq bigint primary key check (seq > 0),
		at timestamptz not null,
		actor text not null,
		kind text not null,
		subject text not null,
		commitment bytea not null check (length(commitment) = 32),
		previous_hash bytea not null check (length(previous_hash) = 32),
		hash bytea not null unique check (length(hash) = 32)
	)`,
	`create index ledger_subject on core.ledger (subject, seq)`,
	`create index ledger_kind on core.ledger (kind, seq)`,
	// What a ledger row commits to. May be erased for a person's sake; the chain above still holds.
	`create table core.ledger_payload (
		seq bigint primary key references core.ledger (seq),
		salt bytea not null check (length(salt) = 32),
		payload jsonb not null
	)`,
	`create function core.refuse_change() returns trigger language plpgsql as $$
		begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$`,
	`create trigger ledger_append_only before update or delete or truncate on core.ledger
		for each statement execute function core.refuse_change()`,
	`create table core.link (
		id bigint generated always as identity primary key,
		from_record text not null,
		relation text not null,
		to_record text not null,
		at timestamptz not null,
		by text not null,
		unique (from_record, relation, to_record)
	)`,
	`create index link_to on core.link (to_record)`,
	`create table core.job (
		id uuid primary key,
		task text not null,
		payload jsonb not null,
		state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
		step text not null default '',
		done bigint not null default 0,
		total bigint not null default 0,
		reason jsonb,
		asked_by text not null,
		asked_at timestamptz not null,
		started_at timestamptz,
		heartbeat_at timestamptz,
		ended_at timestamptz
	)`,
]
