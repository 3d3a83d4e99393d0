import { sql, type Kysely } from 'kysely'

/** Decisions that minutes name, and private calendar links of people. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	// Belongs to a version of the minutes and is frozen as it is; the newest version holds.
	`create table coalition.minutes_decision (
		convening text not null,
		version int not null,
		decision text not null references coalition.decision (id),
		primary key (convening, version, decision),
		foreign key (convening, version) references coalition.minutes (convening, version)
	)`,
	`create index minutes_decision_by_decision on coalition.minutes_decision (decision)`,
	`create trigger minutes_decision_frozen before update or delete or truncate on coalition.minutes_decision
		for each statement execute function core.refuse_change()`,
	`create table coalition.calendar_feed (
		id text primary key,
		person text not null references people.person (id),
		-- SHA-256 of the token: who reads this table can follow nobody's calendar.
		token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
		answered boolean not null,
		bodies boolean not null,
		language text not null check (language in ('en', 'es')),
		made_at timestamptz not null,
		withdrawn_at timestamptz,
		check (answered or bodies)
	)`,
	`create unique index calendar_feed_of_person on coalition.calendar_feed (person) where withdrawn_at is null`,
]
