import { sql, type Kysely } from 'kysely'

/** Who was in the room: a survey without names, kept apart from everything that knows people, and what was published of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create schema room`,
	`create table room.survey (
		convening text primary key references coalition.convening (id),
		-- The questions, by name.
		sets text[] not null check (cardinality(sets) > 0),
		opened_at timestamptz not null,
		opened_by text not null,
		closed_at timestamptz
	)`,
	// That somebody answered: a random identifier and nothing else.
	`create table room.slip (
		id text primary key,
		convening text not null references room.survey (convening)
	)`,
	`create index slip_by_convening on room.slip (convening)`,
	// One answer to one question. Nothing joins the answers of one person: neither a slip, nor time, nor order. Who says nothing has no row.
	`create table room.answer (
		id text primary key,
		convening text not null references room.survey (convening),
		category_set text not null,
		option text not null
	)`,
	`create index answer_by_convening on room.answer (convening)`,
	`create table room.own_words (
		id text primary key,
		convening text not null references room.survey (convening),
		category_set text not null,
		words text not null check (words <> '')
	)`,
	...['slip', 'answer', 'own_words'].map((table) => `create trigger ${table}_immutable before update or delete or truncate on room.${table}
		for each statement execute function core.refuse_change()`),
	// What a body wants beside parity; the newest row of an option holds, and no percent takes it back.
	`create table room.target (
		id bigint generated always as identity primary key,
		body text not null references coalition.body (id),
		category_set text not null,
		option text not null,
		percent numeric check (percent > 0 and percent <= 100),
		since timestamptz not null,
		by text not null
	)`,
	`create index target_by_body on room.target (body, id)`,
	`create trigger target_append_only before update or delete or truncate on room.target
		for each statement execute function core.refuse_change()`,
	// What was published, word for word: the memory of every later release of the body.
	`create table room.release (
		convening text primary key references room.survey (convening),
		body text not null references coalition.body (id),
		number int not null check (number > 0),
		-- Of the day on which the convening began, by its clocks.
		year int not null,
		content jsonb not null,
		made_at timestamptz not null,
		made_by text not null,
		unique (body, number)
	)`,
	`create trigger release_frozen before update or delete or truncate on room.release
		for each statement execute function core.refuse_change()`,
]
