import { sql, type Kysely } from 'kysely'

/** How an office is reached, as its own public page says; the newest row holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.office_contact (
		id text primary key,
		office text not null references coalition.office (id),
		email text not null,
		telephone text not null,
		address text not null,
		source text not null check (source ~* '^https?://'),
		made_at timestamptz not null,
		made_by text not null,
		check (email <> '' or telephone <> '' or address <> '')
	)`,
	`create index office_contact_by_office on coalition.office_contact (office, made_at)`,
	`create trigger append_only before update or delete or truncate on coalition.office_contact for each statement execute function core.refuse_change()`,
]
