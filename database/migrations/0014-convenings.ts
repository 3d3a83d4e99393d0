import { sql, type Kysely } from 'kysely'

/** Convenings: who is invited to what, who says they come, who came, what was heard. Seats are given out under the lock of the convening's row. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const LEVELS = `('inform', 'consult', 'involve', 'collaborate', 'empower', 'defer_to')`
const SUPPORTS = `('access', 'childcare', 'interpretation', 'transport', 'stipend')`

const statements = [
	`create table coalition.convening (
		id text primary key,
		-- The body that answers for it; others that convene with it stand in convening_host.
		body text not null references coalition.body (id),
		kind text not null check (kind in ('forum', 'listening_session', 'working_session', 'academy')),
		mode text not null check (mode in ('in_person', 'online', 'hybrid')),
		title text not null check (title <> ''),
		about text not null,
		agenda text not null,
		starts_at timestamptz not null,
		ends_at timestamptz not null check (ends_at > starts_at),
		-- IANA name: the clock that people there live by.
		zone text not null,
		place text not null,
		address text not null,
		address_shown boolean not null,
		online_url text not null,
		-- Five digits; null where it stands for no county.
		county text check (county ~ '^[0-9]{5}$'),
		-- Seats; null for any number.
		capacity int check (capacity > 0),
		supports text[] not null check (supports <@ array${SUPPORTS.replace('(', '[').replace(')', ']')}),
		languages text not null,
		minors boolean not null,
		level_promised text not null check (level_promised in ${LEVELS}),
		-- Raised by every change that calendars must take over.
		sequence int not null default 0,
		made_at timestamptz not null,
		made_by text not null,
		changed_at timestamptz not null
	)`,
	`create index convening_by_body on coalition.convening (body, starts_at)`,
	`create index convening_by_start on coalition.convening (starts_at)`,
	`create table coalition.convening_host (
		convening text not null references coalition.convening (id),
		body text not null references coalition.body (id),
		primary key (convening, body)
	)`,
	// The newest row is what holds; the first says that it was planned.
	`create table coalition.convening_state (
		id bigint generated always as identity primary key,
		convening text not null references coalition.convening (id),
		state text not null check (state in ('planned', 'cancelled', 'held')),
		reason text not null default '',
		at timestamptz not null,
		by text not null
	)`,
	`create index convening_state_by_convening on coalition.convening_state (convening, id)`,
	`create trigger convening_state_append_only before update or delete or truncate on coalition.convening_state
		for each statement execute function core.refuse_change()`,
	`create table coalition.rsvp (
		id text primary key,
		-- Given out under the lock of the convening, so it is the order in which people came.
		place_in_line bigint generated always as identity,
		convening text not null references coalition.convening (id),
		person text not null references people.person (id),
		-- Short, without look-alike signs: what the guest keeps, and cancels by.
		code text not null unique,
		-- What one opening of the form carries, so that sending it twice is once.
		form_key text,
		party_size int not null check (party_size between 1 and 20),
		answer text not null check (answer in ('coming', 'waiting', 'cancelled')),
		note text not null,
		language text not null check (language in ('en', 'es')),
		guardian text not null,
		guardian_consent_at timestamptz,
		made_at timestamptz not null,
		confirmed_at timestamptz,
		moved_up_at timestamptz,
		cancelled_at timestamptz,
		check ((answer = 'cancelled') = (cancelled_at is not null)),
		unique (convening, form_key)
	)`,
	`create index rsvp_by_convening on coalition.rsvp (convening, answer, place_in_line)`,
	`create table coalition.support_request (
		rsvp text not null references coalition.rsvp (id),
		kind text not null check (kind in ${SUPPORTS}),
		detail text not null,
		primary key (rsvp, kind)
	)`,
	`create table coalition.attendance (
		id text primary key,
		convening text not null references coalition.convening (id),
		rsvp text references coalition.rsvp (id),
		person text not null references people.person (id),
		party_size int not null check (party_size between 1 and 20),
		method text not null check (method in ('qr', 'desk', 'walk_in', 'paper')),
		at timestamptz not null,
		by text not null,
		undone_at timestamptz
	)`,
	`create unique index attendance_once on coalition.attendance (convening, person) where undone_at is null`,
	// Counted by looking, beside those who gave a name; the two need not agree and the newest count holds.
	`create table coalition.head_count (
		id bigint generated always as identity primary key,
		convening text not null references coalition.convening (id),
		heads int not null check (heads >= 0),
		at timestamptz not null,
		by text not null
	)`,
	`create trigger head_count_append_only before update or delete or truncate on coalition.head_count
		for each statement execute function core.refuse_change()`,
	// Asked for at the door, beside what RSVPs ask for, and what was there for how many.
	`create table coalition.support (
		convening text not null references coalition.convening (id),
		kind text not null check (kind in ${SUPPORTS}),
		asked_there int not null check (asked_there >= 0),
		delivered int not null check (delivered >= 0),
		primary key (convening, kind)
	)`,
	`create table coalition.minutes (
		convening text not null references coalition.convening (id),
		version int not null check (version > 0),
		minutes text not null,
		heard text not null,
		changed text not null,
		why_not text not null,
		level_delivered text not null check (level_delivered in ${LEVELS}),
		written_at timestamptz not null,
		written_by text not null,
		primary key (convening, version)
	)`,
	`create trigger minutes_frozen before update or delete or truncate on coalition.minutes
		for each statement execute function core.refuse_change()`,
]
