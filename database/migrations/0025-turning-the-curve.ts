import { sql, type Kysely } from 'kysely'

/** What a goal needs beside its number: what works, who does what, and measures of programmes, kept apart from the population's number. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`alter table coalition.goal add column what_works text not null default ''`,
	`create table coalition.goal_partner (
		id text primary key,
		goal text not null references coalition.goal (id),
		name text not null check (name <> ''),
		does text not null check (does <> ''),
		began_at timestamptz not null,
		ended_at timestamptz
	)`,
	`create index goal_partner_by_goal on coalition.goal_partner (goal)`,
	// How much was done, how well, and whether the people of a programme are better off: never the whole population.
	`create table coalition.goal_measure (
		id text primary key,
		goal text not null references coalition.goal (id),
		kind text not null check (kind in ('how_much', 'how_well', 'better_off')),
		programme text not null check (programme <> ''),
		title text not null check (title <> ''),
		unit text not null check (unit in ('count', 'percent')),
		set_at timestamptz not null,
		set_by text not null,
		ended_at timestamptz
	)`,
	`create index goal_measure_by_goal on coalition.goal_measure (goal)`,
	`create table coalition.measure_reading (
		id bigint generated always as identity primary key,
		measure text not null references coalition.goal_measure (id),
		day date not null,
		value double precision not null check (value >= 0 and value < 1e12),
		source text not null check (source <> ''),
		at timestamptz not null,
		by text not null
	)`,
	`create index measure_reading_by_measure on coalition.measure_reading (measure, day)`,
	`create trigger measure_reading_append_only before update or delete or truncate on coalition.measure_reading
		for each statement execute function core.refuse_change()`,
]
