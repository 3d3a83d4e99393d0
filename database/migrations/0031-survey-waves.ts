import { sql, type Kysely } from 'kysely'

/** Surveys of the members of a body, in waves: who was asked, codes that nobody can trace, and answers apart from both. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table room.wave (
		id text primary key,
		body text not null references coalition.body (id),
		-- The questions, by name, as they were on the day of opening.
		items text[] not null check (cardinality(items) > 0),
		opens_on date not null,
		closes_on date not null check (closes_on > opens_on),
		-- People who were asked.
		asked int not null check (asked > 0),
		opened_at timestamptz not null,
		opened_by text not null,
		called_off_at timestamptz,
		called_off_by text,
		reason text not null default '',
		check ((called_off_at is null) = (called_off_by is null) and (called_off_at is null) = (reason = ''))
	)`,
	`create index wave_by_body on room.wave (body, opens_on)`,
	// Who was asked, and how they were given a code: not which one, and not when.
	`create table coalition.wave_asked (
		wave text not null references room.wave (id),
		person text not null references people.person (id),
		given text check (given in ('mail', 'screen', 'paper')),
		primary key (wave, person)
	)`,
	`create table room.wave_code (
		code_hash bytea primary key check (octet_length(code_hash) = 32),
		wave text not null references room.wave (id),
		used boolean not null default false
	)`,
	`create index wave_code_by_wave on room.wave_code (wave)`,
	// One answer to one question. Nothing joins the answers of one person: neither a code, nor time, nor order. Who skips has no row.
	`create table room.wave_answer (
		id text primary key,
		wave text not null references room.wave (id),
		item text not null,
		answer int not null check (answer between 1 and 5)
	)`,
	`create index wave_answer_by_wave on room.wave_answer (wave)`,
	`create trigger wave_answer_immutable before update or delete or truncate on room.wave_answer
		for each statement execute function core.refuse_change()`,
]
