import { sql, type Kysely } from 'kysely'

/** People and organizations that a coalition knows. A person is not an account: most never sign in. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create table people.person (
		id text primary key,
		name text not null check (name <> ''),
		pronouns text not null default '',
		language text not null default 'en' check (language in ('en', 'es')),
		account text unique references people."user" (id) on delete set null,
		made_at timestamptz not null
	)`,
	`create table people.organization (
		id text primary key,
		name text not null check (name <> ''),
		kind text not null check (kind in ('nonprofit', 'resident_group', 'government', 'business', 'school', 'faith', 'labor', 'funder', 'other')),
		website text not null default '',
		made_at timestamptz not null
	)`,
	`create unique index organization_by_name on people.organization (lower(name))`,
	// Families share telephones and mail, so only addresses that were verified are anybody's alone.
	`create table people.contact_point (
		id text primary key,
		person text references people.person (id) on delete cascade,
		organization text references people.organization (id) on delete cascade,
		channel text not null check (channel in ('email', 'sms', 'phone', 'post')),
		value text not null,
		normalized text not null,
		verified_at timestamptz,
		made_at timestamptz not null,
		check (num_nonnulls(person, organization) = 1)
	)`,
	`create unique index contact_point_verified on people.contact_point (channel, normalized) where verified_at is not null`,
	`create index contact_point_by_value on people.contact_point (channel, normalized)`,
	`create index contact_point_by_person on people.contact_point (person)`,
	// What somebody allowed, each time with the words that they were shown. What stands now is worked out from all of it.
	`create table people.consent_event (
		id bigint generated always as identity primary key,
		contact_point text not null,
		purpose text not null,
		act text not null check (act in ('grant', 'confirm', 'withdraw', 'complaint', 'bounce', 'import')),
		wording text not null default '',
		source text not null,
		at timestamptz not null,
		by text not null
	)`,
	`create index consent_event_by_point on people.consent_event (contact_point, purpose, id)`,
	`create trigger consent_event_append_only before update or delete or truncate on people.consent_event
		for each statement execute function core.refuse_change()`,
]
