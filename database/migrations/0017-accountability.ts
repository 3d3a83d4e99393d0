import { sql, type Kysely } from 'kysely'

/** Attachments, and the record of what office holders promised: offices and terms, asks, commitments, evidence, verdicts, corrections. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const appendOnly = (table: string) => `create trigger append_only before update or delete or truncate on ${table} for each statement execute function core.refuse_change()`

const statements = [
	`create schema files`,
	// One row per content; the name belongs to whoever handed it in.
	`create table files.file (
		sha256 bytea primary key check (octet_length(sha256) = 32),
		kind text not null check (kind in ('pdf', 'png', 'jpeg', 'webp', 'text', 'html', 'csv')),
		content bytea not null check (octet_length(content) between 1 and 10000000 and sha256(content) = sha256)
	)`,
	appendOnly('files.file'),
	`create table files.upload (
		sha256 bytea not null references files.file (sha256),
		account text not null,
		name text not null check (name <> ''),
		at timestamptz not null,
		primary key (sha256, account)
	)`,
	// Records that everybody may read and that show the file.
	`create table files.public_use (
		sha256 bytea not null references files.file (sha256),
		record text not null,
		at timestamptz not null,
		primary key (sha256, record)
	)`,
	`create table coalition.public_body (
		id text primary key,
		slug text not null unique,
		name text not null check (name <> ''),
		about text not null,
		quiet_days int not null default 60 check (quiet_days between 0 and 365),
		-- The body of the coalition that keeps its list of offices.
		kept_by text not null references coalition.body (id),
		made_at timestamptz not null,
		made_by text not null
	)`,
	`create table coalition.election (
		public_body text not null references coalition.public_body (id),
		day date not null,
		made_at timestamptz not null,
		made_by text not null,
		primary key (public_body, day)
	)`,
	`create table coalition.office (
		id text primary key,
		public_body text not null references coalition.public_body (id),
		post text not null check (post <> ''),
		division text not null check (division ~ '^ocd-division/country:[a-z]{2}(/[a-z_]+:[a-z0-9._~-]+)*$'),
		made_at timestamptz not null,
		made_by text not null,
		unique (public_body, post)
	)`,
	`create table coalition.office_term (
		id text primary key,
		office text not null references coalition.office (id),
		holder text not null check (holder <> ''),
		begins_on date not null,
		ends_on date not null check (ends_on > begins_on),
		made_at timestamptz not null,
		made_by text not null,
		unique (office, begins_on)
	)`,
	`create table coalition.plank (
		id text primary key,
		body text not null references coalition.body (id),
		text text not null check (text <> ''),
		goal text references coalition.goal (id),
		made_at timestamptz not null,
		made_by text not null
	)`,
	`create index plank_by_body on coalition.plank (body, made_at)`,
	`create table coalition.ask (
		id text primary key,
		plank text not null references coalition.plank (id),
		office text not null references coalition.office (id),
		text text not null check (text <> ''),
		sent_on date not null,
		source text not null,
		made_at timestamptz not null,
		made_by text not null
	)`,
	`create index ask_by_plank on coalition.ask (plank)`,
	`create table coalition.commitment (
		id text primary key,
		body text not null references coalition.body (id),
		ask text references coalition.ask (id),
		office_term text not null references coalition.office_term (id),
		quote text not null check (quote <> ''),
		source text not null check (source <> ''),
		source_file bytea not null references files.file (sha256),
		made_on date not null,
		due_rule text not null check (due_rule in ('stated', 'soon', 'coming_months', 'term_end')),
		due_on date not null check (due_on >= made_on),
		test text not null check (test <> ''),
		all_or_nothing boolean not null,
		recorded_at timestamptz not null,
		recorded_by text not null
	)`,
	`create index commitment_by_term on coalition.commitment (office_term, made_on)`,
	`create index commitment_by_body on coalition.commitment (body)`,
	appendOnly('coalition.commitment'),
	`create table coalition.commitment_event (
		commitment text not null references coalition.commitment (id),
		number int not null check (number > 0),
		kind text not null check (kind in ('evidence', 'official_status', 'schedule', 'money_stage', 'reply', 'correction')),
		value text not null,
		text text not null check (text <> ''),
		source text not null,
		source_file bytea references files.file (sha256),
		-- The day that it tells of; of a search without result, the day of the search.
		on_day date not null,
		at timestamptz not null,
		entered_by text not null,
		primary key (commitment, number),
		-- A finding stands on an archived copy; only a search that found nothing has none.
		check (source_file is not null or kind in ('reply', 'correction') or (kind = 'evidence' and value = 'none_found'))
	)`,
	appendOnly('coalition.commitment_event'),
	// What a first reviewer proposes.
	`create table coalition.verdict_proposal (
		id text primary key,
		commitment text not null references coalition.commitment (id),
		rating text not null check (rating in ('in_the_works', 'stalled', 'compromise', 'kept', 'broken')),
		share_percent double precision check (share_percent between 0 and 100),
		done_on date,
		note text not null check (note <> ''),
		source_file bytea not null references files.file (sha256),
		reviewer text not null references people.person (id),
		no_stake boolean not null check (no_stake),
		at timestamptz not null,
		unique (id, reviewer),
		check (rating <> 'kept' or (share_percent = 100 and done_on is not null)),
		check (rating <> 'compromise' or (share_percent >= 75 and share_percent is not null))
	)`,
	`create index verdict_proposal_by_commitment on coalition.verdict_proposal (commitment, at)`,
	appendOnly('coalition.verdict_proposal'),
	// A verdict is a proposal that a second reviewer confirmed. The pair refers to the proposal, so nobody can stand in for its reviewer.
	`create table coalition.verdict (
		proposal text primary key,
		reviewer_1 text not null,
		reviewer_2 text not null references people.person (id),
		note_2 text not null check (note_2 <> ''),
		no_stake boolean not null check (no_stake),
		at timestamptz not null,
		foreign key (proposal, reviewer_1) references coalition.verdict_proposal (id, reviewer),
		check (reviewer_1 <> reviewer_2)
	)`,
	appendOnly('coalition.verdict'),
	// The right of reply: a code that is mailed or printed, kept as a hash.
	`create table coalition.reply_code (
		code_hash bytea primary key,
		commitment text not null references coalition.commitment (id),
		made_at timestamptz not null,
		made_by text not null,
		until timestamptz not null
	)`,
	// Name and contact may be erased; what was answered stays.
	`create table coalition.correction_request (
		id text primary key,
		commitment text not null references coalition.commitment (id),
		text text not null check (text <> ''),
		name text not null,
		contact text not null,
		made_at timestamptz not null
	)`,
	`create index correction_request_by_commitment on coalition.correction_request (commitment, made_at)`,
	`create table coalition.correction_answer (
		request text primary key references coalition.correction_request (id),
		answer text not null check (answer <> ''),
		changed boolean not null,
		at timestamptz not null,
		by text not null
	)`,
	appendOnly('coalition.correction_answer'),
]
