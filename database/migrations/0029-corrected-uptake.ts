import { sql, type Kysely } from 'kysely'

/** A second person may also refuse an uptake, and what was recorded wrongly is recorded anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`alter table coalition.uptake_confirmation add column agrees boolean not null default true`,
	`alter table coalition.uptake_confirmation alter column agrees drop default`,
	// The row that this one puts right; both stay.
	`alter table coalition.uptake add column corrects text references coalition.uptake (id) check (corrects <> id)`,
	`create index uptake_by_corrected on coalition.uptake (corrects) where corrects is not null`,
]
