import { sql, type Kysely } from 'kysely'

/** The common agenda: what hubs raise, the goals that bodies take up, positions on them and the arguments for and against. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.goal (
		id text primary key,
		body text not null references coalition.body (id),
		title text not null check (title <> ''),
		story text not null,
		-- A population number of the atlas, frozen where the goal begins, and the value that the goal wants it to reach.
		citation text,
		target double precision check (target <> 'NaN'::double precision),
		due_on date,
		weight double precision not null default 1 check (weight > 0 and weight < 1e6),
		set_at timestamptz not null,
		set_by text not null,
		closed_at timestamptz,
		outcome text not null default '',
		check ((target is null) or (citation is not null))
	)`,
	`create index goal_by_body on coalition.goal (body)`,
	`create table coalition.proposal (
		id text primary key,
		to_body text not null references coalition.body (id),
		from_body text not null references coalition.body (id),
		citation text not null,
		title text not null check (title <> ''),
		text text not null,
		raised_by text not null,
		raised_at timestamptz not null,
		answered_at timestamptz,
		answer text check (answer in ('taken_up', 'declined')),
		reason text not null default '',
		goal text references coalition.goal (id),
		check ((answered_at is null) = (answer is null)),
		check ((answer = 'taken_up') = (goal is not null))
	)`,
	`create index proposal_by_body on coalition.proposal (to_body)`,
	`create table coalition.position (
		id text primary key,
		goal text not null references coalition.goal (id),
		statement text not null check (statement <> ''),
		proposed_by text not null,
		proposed_at timestamptz not null
	)`,
	// A position is proposed, then adopted, then perhaps retired; each with its reason.
	`create table coalition.position_step (
		position text not null references coalition.position (id),
		status text not null check (status in ('adopted', 'retired')),
		reason text not null check (reason <> ''),
		at timestamptz not null,
		by text not null,
		primary key (position, status)
	)`,
	`create table coalition.argument (
		id text primary key,
		position text not null references coalition.position (id),
		side text not null check (side in ('for', 'against')),
		text text not null check (text <> ''),
		person text not null references people.person (id),
		at timestamptz not null,
		withdrawn_at timestamptz
	)`,
	`create index argument_by_position on coalition.argument (position, at)`,
]
