import { sql, type Kysely } from 'kysely'

/** A decision may be about a goal of the agenda. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table coalition.decision add column goal text references coalition.goal (id)`.execute(db)
	await sql`create index decision_by_goal on coalition.decision (goal) where goal is not null`.execute(db)
}
