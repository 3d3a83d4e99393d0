import { sql, type Kysely } from 'kysely'

/** What telephones at the door noted without a network: each note is taken once, however often it is sent. Names stay in the tables that it was written to. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.door_mark (
		-- Made on the telephone.
		key text primary key check (key ~ '^[0-9a-f-]{36}$'),
		convening text not null references coalition.convening (id),
		-- Null only while the transaction that takes it runs.
		outcome text check (outcome in ('written', 'there_already', 'newer_count', 'cancelled', 'not_found')),
		taken_at timestamptz not null,
		by text not null
	)`,
	`create index door_mark_by_convening on coalition.door_mark (convening)`,
]
