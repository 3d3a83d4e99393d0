import { sql, type Kysely } from 'kysely'

/** Circles, hubs and the links between them. State is rows: what ended has an end, and nothing is deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create schema coalition`,
	`create table coalition.body (
		id text primary key,
		kind text not null check (kind in ('issue_circle', 'equity_hub', 'working_group', 'backbone', 'campaign_table')),
		slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
		name text not null check (name <> ''),
		visibility text not null check (visibility in ('public', 'listed', 'private')),
		-- The area of the atlas that a hub stands for; the topic of the atlas that a circle is about.
		area text,
		topic text,
		founded_at timestamptz not null,
		founded_by text not null,
		closed_at timestamptz
	)`,
	`create table coalition.charter (
		body text not null references coalition.body (id),
		version int not null check (version > 0),
		aim text not null check (aim <> ''),
		domain text not null,
		agreements text not null,
		-- Shares and terms as the rules of decisions read them.
		rules jsonb not null,
		adopted_at timestamptz not null,
		adopted_by text not null,
		primary key (body, version)
	)`,
	`create trigger charter_frozen before update or delete or truncate on coalition.charter
		for each statement execute function core.refuse_change()`,
	`create table coalition.membership (
		id text primary key,
		body text not null references coalition.body (id),
		person text references people.person (id),
		organization text references people.organization (id),
		standing text not null check (standing in ('observer', 'member', 'voting')),
		joined_at timestamptz not null,
		left_at timestamptz,
		check (num_nonnulls(person, organization) = 1),
		check (left_at is null or left_at >= joined_at)
	)`,
	`create unique index membership_of_person on coalition.membership (body, person) where left_at is null`,
	`create unique index membership_of_organization on coalition.membership (body, organization) where left_at is null`,
	`create index membership_by_person on coalition.membership (person)`,
	`create table coalition.charter_acceptance (
		body text not null,
		version int not null,
		person text not null references people.person (id),
		at timestamptz not null,
		primary key (body, version, person),
		foreign key (body, version) references coalition.charter (body, version)
	)`,
	`create table coalition.representation (
		id text primary key,
		body text not null references coalition.body (id),
		organization text not null references people.organization (id),
		person text not null references people.person (id),
		role text not null check (role in ('primary', 'alternate')),
		mandate text not null default '',
		began_at timestamptz not null,
		ended_at timestamptz
	)`,
	`create unique index representation_primary on coalition.representation (body, organization) where role = 'primary' and ended_at is null`,
	`create table coalition.role_assignment (
		id text primary key,
		body text not null references coalition.body (id),
		person text not null references people.person (id),
		role text not null check (role in ('lead', 'delegate', 'facilitator', 'secretary', 'steward')),
		began_at timestamptz not null,
		-- The day that the term ends by the charter; the role ends then unless it is given again.
		until timestamptz,
		ended_at timestamptz
	)`,
	`create unique index role_held on coalition.role_assignment (body, person, role) where ended_at is null`,
	// One pair of bodies is one row whichever of them asked first.
	`create table coalition.body_link (
		id text primary key,
		a text not null references coalition.body (id),
		b text not null references coalition.body (id),
		purpose text not null,
		asked_by text not null,
		asked_at timestamptz not null,
		agreed_a_at timestamptz,
		agreed_b_at timestamptz,
		ended_at timestamptz,
		end_reason text not null default '',
		check (a < b)
	)`,
	`create unique index body_link_pair on coalition.body_link (a, b) where ended_at is null`,
	`create table coalition.link_person (
		id text primary key,
		link text not null references coalition.body_link (id),
		person text not null references people.person (id),
		-- The body that sent them.
		side text not null references coalition.body (id),
		-- The membership of the other body that the naming made, to end with it; null for somebody who was a voting member there.
		membership text references coalition.membership (id),
		began_at timestamptz not null,
		until timestamptz not null,
		ended_at timestamptz
	)`,
	`create unique index link_person_named on coalition.link_person (link, person) where ended_at is null`,
	`create table coalition.exchange (
		id text primary key,
		link text not null references coalition.body_link (id),
		-- The body that it comes from; the other one of the link receives it.
		from_body text not null references coalition.body (id),
		kind text not null check (kind in ('ask', 'offer', 'knowledge', 'testimony', 'training', 'data', 'people', 'funds')),
		text text not null check (text <> ''),
		citation text,
		opened_at timestamptz not null,
		recorded_by text not null,
		answered_at timestamptz,
		answer text not null default '',
		check ((answered_at is null) = (answer = ''))
	)`,
	`create index exchange_by_link on coalition.exchange (link, opened_at)`,
]
