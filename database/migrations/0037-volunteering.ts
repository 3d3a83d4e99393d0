import { sql, type Kysely } from 'kysely'

/** Volunteer roles and their shifts: what somebody does, when, who takes it, who waits, and who came. Seats are given out under the lock of the role's row. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table coalition.volunteer_role (
		id text primary key,
		body text not null references coalition.body (id),
		-- The campaign, convening or call of this body that it helps; null where it helps the body itself.
		helps text check (helps ~ '^coalition:(campaign|convening|response)/'),
		title text not null check (title <> ''),
		about text not null check (about <> ''),
		skills text not null,
		languages text not null,
		-- Years; null for any age.
		least_age int check (least_age between 1 and 99),
		-- Whether people under 18 may come with the consent of a guardian.
		minors boolean not null,
		place text not null check (place <> ''),
		-- IANA name: the clock that the shifts go by.
		zone text not null,
		-- An office and how it is reached, never a person's own number.
		coordinator text not null check (coordinator <> ''),
		contact text not null check (contact <> ''),
		offered_at timestamptz not null,
		offered_by text not null,
		closed_at timestamptz,
		closed_by text,
		check ((closed_at is null) = (closed_by is null)),
		check (minors or least_age is null or least_age >= 18)
	)`,
	`create index volunteer_role_by_body on coalition.volunteer_role (body, offered_at)`,
	`create index volunteer_role_by_helped on coalition.volunteer_role (helps) where helps is not null`,
	`create table coalition.shift (
		id text primary key,
		role text not null references coalition.volunteer_role (id),
		starts_at timestamptz not null,
		ends_at timestamptz not null check (ends_at > starts_at),
		seats int not null check (seats between 1 and 10000),
		made_at timestamptz not null,
		made_by text not null,
		called_off_at timestamptz,
		reason text not null default '',
		check ((called_off_at is null) = (reason = ''))
	)`,
	`create index shift_by_role on coalition.shift (role, starts_at)`,
	`create index shift_by_start on coalition.shift (starts_at)`,
	`create table coalition.volunteer (
		id text primary key,
		role text not null references coalition.volunteer_role (id),
		person text not null references people.person (id),
		-- Short, without look-alike signs: what the volunteer keeps, and gives shifts back by.
		code text not null unique,
		-- What one opening of the form carries, so that sending it twice is once.
		form_key text,
		note text not null,
		language text not null check (language in ('en', 'es')),
		guardian text not null,
		guardian_consent_at timestamptz,
		made_at timestamptz not null,
		confirmed_at timestamptz,
		unique (role, form_key),
		check ((guardian = '') = (guardian_consent_at is null))
	)`,
	`create index volunteer_by_person on coalition.volunteer (person)`,
	`create table coalition.shift_sign_up (
		id text primary key,
		-- Given out under the lock of the role, so it is the order in which people came.
		place_in_line bigint generated always as identity,
		shift text not null references coalition.shift (id),
		volunteer text not null references coalition.volunteer (id),
		state text not null check (state in ('seat', 'waiting', 'given_back')),
		made_at timestamptz not null,
		moved_up_at timestamptz,
		given_back_at timestamptz,
		check ((state = 'given_back') = (given_back_at is not null))
	)`,
	// A shift that was given back may be taken anew, behind everybody who waits.
	`create unique index shift_sign_up_once on coalition.shift_sign_up (shift, volunteer) where state <> 'given_back'`,
	`create index shift_sign_up_by_shift on coalition.shift_sign_up (shift, state, place_in_line)`,
	`create index shift_sign_up_by_volunteer on coalition.shift_sign_up (volunteer)`,
	// The newest row is what holds; came is null where a mark was taken back.
	`create table coalition.shift_attendance (
		id bigint generated always as identity primary key,
		sign_up text not null references coalition.shift_sign_up (id),
		came boolean,
		at timestamptz not null,
		by text not null
	)`,
	`create index shift_attendance_by_sign_up on coalition.shift_attendance (sign_up, id)`,
	`create trigger shift_attendance_append_only before update or delete or truncate on coalition.shift_attendance
		for each statement execute function core.refuse_change()`,
]
