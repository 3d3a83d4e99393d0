import { sql, type Kysely } from 'kysely'

/** Data that people bring: the bytes, what was done with them step by step, what is wrong with them, and the columns they gave. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table atlas.upload (
		sha256 text primary key,
		bytes bigint not null,
		kept_at timestamptz not null
	)`,
	`create table atlas.upload_piece (
		sha256 text not null references atlas.upload (sha256) on delete cascade,
		ordinal int not null,
		data bytea not null,
		primary key (sha256, ordinal)
	)`,
	`alter table atlas.upload_piece alter column data set storage external`,
	`create table atlas.import (
		id text primary key,
		sha256 text not null references atlas.upload (sha256),
		file_name text not null,
		begun_by text not null,
		begun_at timestamptz not null
	)`,
	`create index import_by_upload on atlas.import (sha256)`,
	// What happened, in order; where an import stands is read from its last steps.
	`create table atlas.import_step (
		import text not null references atlas.import (id) on delete cascade,
		ordinal bigint generated always as identity,
		kind text not null check (kind in ('asked', 'read', 'planned', 'checked', 'published', 'withdrawn', 'set_aside')),
		at timestamptz not null,
		by text not null,
		content jsonb not null,
		primary key (import, ordinal)
	)`,
	`create table atlas.import_finding (
		import text not null references atlas.import (id) on delete cascade,
		ordinal int not null,
		row_number int not null,
		column_name text not null,
		kind text not null,
		found text not null,
		primary key (import, ordinal)
	)`,
	// Without references to the atlas: what was brought outlives a load of the region.
	`create table atlas.import_series (
		import text not null references atlas.import (id) on delete cascade,
		ordinal int not null,
		indicator text not null,
		brought jsonb,
		geography text not null,
		vintage text not null,
		kind text not null check (kind in ('count', 'share', 'amount')),
		unit text not null,
		decimals int not null,
		estimates bytea not null,
		margins bytea,
		numerators bytea,
		numerator_margins bytea,
		universes bytea,
		universe_margins bytea,
		content_hash bytea not null check (length(content_hash) = 32),
		primary key (import, ordinal)
	)`,
]
