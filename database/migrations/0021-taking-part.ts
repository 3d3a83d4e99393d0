import { sql, type Kysely } from 'kysely'

/** Ways to take part: statements that organizations and people sign, calls in which everybody helps, and what others took over into their plans. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [...statements, ...calls, ...uptakes]) await sql.raw(statement).execute(db)
}

const appendOnly = (table: string) => `create trigger append_only before update or delete or truncate on ${table} for each statement execute function core.refuse_change()`

const statements = [
	`create table coalition.statement (
		id text primary key,
		body text not null references coalition.body (id),
		title text not null check (title <> ''),
		for_organizations boolean not null,
		for_people boolean not null,
		made_at timestamptz not null,
		made_by text not null,
		check (for_organizations or for_people)
	)`,
	`create index statement_by_body on coalition.statement (body, made_at)`,
	// What is signed, word for word: a changed word is a new version, and nobody has signed that yet.
	`create table coalition.statement_version (
		statement text not null references coalition.statement (id),
		version int not null check (version > 0),
		text text not null check (text <> ''),
		decision_maker text not null check (decision_maker <> ''),
		ask text not null check (ask <> ''),
		deadline date not null,
		written_at timestamptz not null,
		written_by text not null,
		primary key (statement, version)
	)`,
	appendOnly('coalition.statement_version'),
	`create table coalition.statement_event (
		statement text not null references coalition.statement (id),
		number int not null check (number > 0),
		kind text not null check (kind in ('delivered', 'answered', 'closed')),
		version int not null,
		text text not null check (text <> ''),
		on_day date not null,
		-- Of a delivery: what was handed over.
		organizations int check (organizations >= 0),
		verified int check (verified >= 0),
		unverified int check (unverified >= 0),
		at timestamptz not null,
		by text not null,
		primary key (statement, number),
		foreign key (statement, version) references coalition.statement_version (statement, version),
		check ((kind = 'delivered') = (organizations is not null and verified is not null and unverified is not null))
	)`,
	appendOnly('coalition.statement_event'),
	// An organization counts, and is shown, once a lead of the host has verified who authorized it.
	`create table coalition.sign_on (
		id text primary key,
		statement text not null,
		version int not null,
		organization_name text not null check (organization_name <> ''),
		organization_kind text not null,
		organization text references people.organization (id),
		authorized_by text not null check (authorized_by <> ''),
		authority text not null check (authority <> ''),
		contact text not null,
		made_at timestamptz not null,
		verified_at timestamptz,
		verified_by text,
		declined_at timestamptz,
		reason text not null default '',
		foreign key (statement, version) references coalition.statement_version (statement, version),
		check ((verified_at is null) = (organization is null) and (verified_at is null) = (verified_by is null)),
		check (verified_at is null or declined_at is null)
	)`,
	`create unique index sign_on_once on coalition.sign_on (statement, version, organization) where verified_at is not null`,
	`create index sign_on_by_statement on coalition.sign_on (statement, version, made_at)`,
	`create table coalition.signature (
		id text primary key,
		statement text not null,
		version int not null,
		person text not null references people.person (id),
		-- The same for one address or number and one version, whoever wrote it how.
		contact_hash bytea not null check (octet_length(contact_hash) = 32),
		zip text not null check (zip ~ '^([0-9]{5})?$'),
		shown boolean not null,
		-- By a letter the address is known to be the signer's; on screen nobody has checked it.
		confirm_by text not null check (confirm_by in ('letter', 'screen')),
		code_hash bytea not null unique check (octet_length(code_hash) = 32),
		-- What the signer ticked about mail, word for word; empty where not ticked.
		mail_wording text not null,
		made_at timestamptz not null,
		confirmed_at timestamptz,
		-- One contact counts once, however often it signs.
		counts boolean not null default true,
		withdrawn_at timestamptz,
		-- A name confirmed on screen is shown after somebody of the host has read it.
		name_state text not null default 'unread' check (name_state in ('unread', 'shown', 'hidden')),
		foreign key (statement, version) references coalition.statement_version (statement, version)
	)`,
	`create unique index signature_counts_once on coalition.signature (statement, version, contact_hash) where confirmed_at is not null and counts and withdrawn_at is null`,
	`create index signature_by_statement on coalition.signature (statement, version, confirmed_at)`,
]

const calls = [
	`create table coalition.response_call (
		id text primary key,
		-- The body that leads.
		body text not null references coalition.body (id),
		title text not null check (title <> ''),
		happened text not null check (happened <> ''),
		place text not null check (place <> ''),
		needed text not null check (needed <> ''),
		everybody boolean not null,
		called_at timestamptz not null,
		called_by text not null,
		stood_down_at timestamptz,
		stood_down_by text,
		stand_down_text text not null default '',
		check ((stood_down_at is null) = (stood_down_by is null))
	)`,
	`create index response_call_by_time on coalition.response_call (called_at)`,
	`create table coalition.response_invited (
		call text not null references coalition.response_call (id),
		body text not null references coalition.body (id),
		primary key (call, body)
	)`,
	// The newest answer of a body holds.
	`create table coalition.response_answer (
		call text not null references coalition.response_call (id),
		number int not null check (number > 0),
		body text not null references coalition.body (id),
		comes boolean not null,
		text text not null,
		at timestamptz not null,
		by text not null,
		primary key (call, number)
	)`,
	appendOnly('coalition.response_answer'),
	`create table coalition.response_update (
		call text not null references coalition.response_call (id),
		number int not null check (number > 0),
		text text not null check (text <> ''),
		at timestamptz not null,
		by text not null,
		primary key (call, number)
	)`,
	appendOnly('coalition.response_update'),
	`create table coalition.response_item (
		id text primary key,
		call text not null references coalition.response_call (id),
		side text not null check (side in ('need', 'offer')),
		kind text not null check (kind in ('shelter', 'food', 'transport', 'health', 'children', 'money', 'hands', 'information', 'other')),
		text text not null check (text <> ''),
		-- A county or a tract, never anything finer; empty for none.
		place text not null check (place ~ '^([0-9]{5}|[0-9]{11})?$'),
		person text not null references people.person (id),
		form_key text,
		state text not null check (state in ('open', 'matched', 'done', 'set_aside')),
		-- Shown to everybody once somebody who leads has read it.
		shown boolean not null default false,
		made_at timestamptz not null,
		changed_at timestamptz not null,
		unique (call, form_key)
	)`,
	`create index response_item_by_call on coalition.response_item (call, side, made_at)`,
	`create table coalition.response_match (
		need text primary key references coalition.response_item (id),
		offer text not null references coalition.response_item (id),
		at timestamptz not null,
		by text not null,
		check (need <> offer)
	)`,
	`create index response_match_by_offer on coalition.response_match (offer)`,
	`create table coalition.response_task (
		id text primary key,
		call text not null references coalition.response_call (id),
		task text not null check (task <> ''),
		body text references coalition.body (id),
		who text not null,
		due text not null,
		made_at timestamptz not null,
		made_by text not null,
		done_at timestamptz,
		check (body is not null or who <> '')
	)`,
	`create index response_task_by_call on coalition.response_task (call, made_at)`,
	`create table coalition.response_review (
		call text primary key references coalition.response_call (id),
		worked text not null check (worked <> ''),
		failed text not null check (failed <> ''),
		changes text not null check (changes <> ''),
		at timestamptz not null,
		by text not null
	)`,
	appendOnly('coalition.response_review'),
]

const uptakes = [
	`create table coalition.uptake (
		id text primary key,
		body text not null references coalition.body (id),
		-- What was taken over: coalition:position/…, coalition:decision/… or coalition:statement/….
		record text not null check (record ~ '^coalition:(position|decision|statement)/'),
		adopter text not null check (adopter <> ''),
		document text not null check (document <> ''),
		part text not null,
		quote text not null check (quote <> ''),
		adopted_on date not null,
		source text not null check (source <> ''),
		source_file bytea not null references files.file (sha256),
		recorded_by text not null references people.person (id),
		recorded_at timestamptz not null,
		unique (id, recorded_by)
	)`,
	`create index uptake_by_body on coalition.uptake (body, recorded_at)`,
	`create index uptake_by_record on coalition.uptake (record)`,
	appendOnly('coalition.uptake'),
	// The pair refers to the record, so nobody can stand in for whoever made it.
	`create table coalition.uptake_confirmation (
		uptake text primary key,
		recorded_by text not null,
		confirmed_by text not null references people.person (id),
		note text not null check (note <> ''),
		at timestamptz not null,
		foreign key (uptake, recorded_by) references coalition.uptake (id, recorded_by),
		check (recorded_by <> confirmed_by)
	)`,
	appendOnly('coalition.uptake_confirmation'),
]
