import { sql, type Kysely } from 'kysely'

/** By which decision each side of a link agreed to it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	// The newest row of a side is what holds.
	`create table coalition.link_decision (
		id bigint generated always as identity primary key,
		link text not null references coalition.body_link (id),
		side text not null references coalition.body (id),
		decision text not null references coalition.decision (id),
		named_at timestamptz not null,
		named_by text not null
	)`,
	`create index link_decision_by_link on coalition.link_decision (link, side, id)`,
	`create trigger link_decision_append_only before update or delete or truncate on coalition.link_decision
		for each statement execute function core.refuse_change()`,
]
