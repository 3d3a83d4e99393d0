import { sql, type Kysely } from 'kysely'

/** Exchange of knowledge: resources, questions with answers, and comments between meetings with what moderators did. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.resource (
		id text primary key,
		body text not null references coalition.body (id),
		kind text not null check (kind in ('guide', 'report', 'data', 'template', 'recording', 'link')),
		title text not null check (title <> ''),
		summary text not null,
		language text not null check (language in ('en', 'es', 'both', 'other')),
		topic text,
		address text not null,
		sha256 bytea references files.file (sha256),
		authors text not null,
		licence text not null,
		supersedes text unique references coalition.resource (id) check (supersedes <> id),
		added_at timestamptz not null,
		added_by text not null,
		withdrawn_at timestamptz,
		withdrawn_by text,
		reason text not null default '',
		check (address <> '' or sha256 is not null),
		check ((withdrawn_at is null) = (reason = ''))
	)`,
	`create index resource_by_body on coalition.resource (body, added_at)`,
	`create table coalition.question (
		id text primary key,
		to_body text not null references coalition.body (id),
		from_body text not null references coalition.body (id),
		-- The ask of a link that it began as.
		exchange text unique references coalition.exchange (id),
		title text not null check (title <> ''),
		text text not null,
		person text not null references people.person (id),
		asked_at timestamptz not null
	)`,
	`create index question_by_body on coalition.question (to_body, asked_at)`,
	`create table coalition.answer (
		id text primary key,
		question text not null references coalition.question (id),
		text text not null check (text <> ''),
		person text not null references people.person (id),
		answered_at timestamptz not null,
		withdrawn_at timestamptz,
		-- Said by who asked.
		helped boolean not null default false,
		check (not (helped and withdrawn_at is not null))
	)`,
	`create index answer_by_question on coalition.answer (question)`,
	`create unique index one_helped on coalition.answer (question) where helped`,
	`create table coalition.comment (
		id text primary key,
		body text not null references coalition.body (id),
		-- What it is about: one of the three.
		goal text references coalition.goal (id),
		position text references coalition.position (id),
		proposal text references coalition.proposal (id),
		text text not null check (text <> ''),
		person text not null references people.person (id),
		at timestamptz not null,
		edited_at timestamptz,
		withdrawn_at timestamptz,
		check (num_nonnulls(goal, position, proposal) = 1)
	)`,
	`create index comment_by_goal on coalition.comment (goal, at) where goal is not null`,
	`create index comment_by_position on coalition.comment (position, at) where position is not null`,
	`create index comment_by_proposal on coalition.comment (proposal, at) where proposal is not null`,
	`create index comment_by_body on coalition.comment (body)`,
	// What happened to a comment, in order: never changed, never taken away.
	`create table coalition.comment_step (
		id bigint generated always as identity primary key,
		comment text not null references coalition.comment (id),
		kind text not null check (kind in ('reported', 'kept', 'hidden', 'appealed', 'upheld', 'restored')),
		reason text not null check (reason <> ''),
		by text not null,
		at timestamptz not null
	)`,
	`create index comment_step_by_comment on coalition.comment_step (comment, id)`,
	`create unique index one_report_each on coalition.comment_step (comment, by) where kind = 'reported'`,
	`create unique index one_appeal on coalition.comment_step (comment) where kind = 'appealed'`,
	`create unique index one_ruling on coalition.comment_step (comment) where kind in ('upheld', 'restored')`,
	`create unique index hidden_once on coalition.comment_step (comment) where kind = 'hidden'`,
	`create trigger comment_step_append_only before update or delete or truncate on coalition.comment_step
		for each statement execute function core.refuse_change()`,
]
