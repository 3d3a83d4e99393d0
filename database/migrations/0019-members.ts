import { sql, type Kysely } from 'kysely'

/** Lists of members brought from elsewhere, and people found twice in the directory. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	// Two entries that are one person. What stands today goes over and is written down, so that it can go back; history keeps its person.
	`create table people.person_merge (
		id text primary key,
		kept text not null references people.person (id),
		merged text not null references people.person (id),
		at timestamptz not null,
		by text not null,
		undone_at timestamptz,
		undone_by text,
		check (kept <> merged),
		check ((undone_at is null) = (undone_by is null))
	)`,
	`create unique index person_merged on people.person_merge (merged) where undone_at is null`,
	`create table people.merged_contact (
		merge text not null references people.person_merge (id),
		contact_point text not null references people.contact_point (id) on delete cascade,
		primary key (merge, contact_point)
	)`,
	// Two entries that somebody knows to be two people.
	`create table people.not_same (
		a text not null references people.person (id) on delete cascade,
		b text not null references people.person (id) on delete cascade,
		at timestamptz not null,
		by text not null,
		primary key (a, b),
		check (a < b)
	)`,
	`create table coalition.merge_moved (
		merge text not null references people.person_merge (id),
		kind text not null check (kind in ('membership', 'role', 'representation')),
		record text not null,
		-- Whether it went over to the kept person, or ended because they had the same; the standing that the kept person had before.
		ended boolean not null,
		standing_before text check (standing_before in ('observer', 'member', 'voting')),
		primary key (merge, kind, record)
	)`,
	// The rows of a list stay until it is taken in or set aside, and are then erased.
	`create table coalition.member_import (
		id text primary key,
		body text not null references coalition.body (id),
		file_name text not null,
		source text not null check (source <> ''),
		standing text not null check (standing in ('observer', 'member', 'voting')),
		columns jsonb not null,
		rows jsonb not null,
		mapping jsonb not null,
		begun_at timestamptz not null,
		begun_by text not null,
		taken_in_at timestamptz,
		set_aside_at timestamptz,
		undone_at timestamptz,
		check (num_nonnulls(taken_in_at, set_aside_at) < 2),
		check (undone_at is null or taken_in_at is not null)
	)`,
	`create table coalition.imported_member (
		import text not null references coalition.member_import (id),
		membership text not null references coalition.membership (id) on delete cascade,
		person text not null references people.person (id) on delete cascade,
		person_made boolean not null,
		primary key (import, membership)
	)`,
]
