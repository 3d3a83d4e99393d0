import { sql, type Kysely } from 'kysely'

/** Standards as the packs they were published as; a version is never changed, only followed by another edition. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create schema communities`,
	`create table communities.standard_version (
		standard text not null check (standard ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
		version text not null,
		edition integer not null check (edition >= 1),
		text text not null,
		sha256 bytea not null unique check (sha256 = sha256(convert_to(text, 'UTF8'))),
		published_at timestamptz not null,
		published_by text not null,
		primary key (standard, version, edition)
	)`,
	`create trigger append_only before update or delete or truncate on communities.standard_version for each statement execute function core.refuse_change()`,
]
